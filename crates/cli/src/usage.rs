//! What is wrong with a command line that clap refuses. What was typed is repeated only where it nearly is a known
//! word: it may be a code, a number or a key.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::language::{Texts, Words};

/// What is said about a refused command line.
#[derive(Debug)]
pub(crate) struct UsageError {
    pub(crate) words: Words,
    /// `onay otp send [OPTIONS] --to <NUMBER> …`, where clap would show it.
    pub(crate) usage: Option<String>,
    /// The command whose help says more.
    pub(crate) help: String,
}

impl UsageError {
    pub(crate) fn new(error: &clap::Error, typed: &[String], command: &clap::Command) -> Self {
        let usage = match error.get(ContextKind::Usage) {
            Some(ContextValue::StyledStr(usage)) => Some(usage.to_string()),
            _ => None,
        };
        let called = called(command, typed);
        let usage = usage.as_deref().and_then(|usage| usage.split_once(' '));
        Self {
            words: words(error, called.0),
            usage: usage.map(|(_, usage)| usage.to_owned()),
            help: format!("{} --help", called.1),
        }
    }
}

fn words(error: &clap::Error, command: &clap::Command) -> Words {
    match error
        .source()
        .and_then(|source| source.downcast_ref::<Words>())
    {
        Some(wanted) => wanted.around(&format!("{}: ", argument(error)), ""),
        None => Words::of(|texts| sentence(error, command, texts)),
    }
}

fn sentence(error: &clap::Error, command: &clap::Command, texts: &Texts) -> String {
    let argument = argument(error);
    match error.kind() {
        ErrorKind::MissingRequiredArgument => {
            let missing = strings(error, ContextKind::InvalidArg);
            let missing = missing.iter().map(|one| alternatives(one, texts));
            texts.usage_missing(missing.collect::<Vec<_>>().join("; "))
        }
        ErrorKind::UnknownArgument if !argument.starts_with('-') => texts.usage_extra_value(),
        ErrorKind::UnknownArgument => {
            let known = strings(error, ContextKind::SuggestedArg);
            let said = match nearly(&argument, &known) {
                Some(typed) => texts.usage_no_option(typed),
                None => texts.usage_unknown_option(),
            };
            said + &did_you_mean(&known, texts)
        }
        ErrorKind::InvalidSubcommand => {
            let typed = strings(error, ContextKind::InvalidSubcommand).concat();
            let known = commands_near(&typed, command);
            let typed = nearly(&typed, &known).map(|typed| format!(": {typed}"));
            texts.usage_no_command() + &typed.unwrap_or_default() + &did_you_mean(&known, texts)
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            texts.usage_missing_command()
        }
        ErrorKind::InvalidValue => {
            let known = strings(error, ContextKind::ValidValue);
            let typed = strings(error, ContextKind::InvalidValue).concat();
            let values = known.join(", ");
            match nearly(&typed, &known) {
                _ if typed.is_empty() => texts.usage_no_value(argument),
                Some(typed) => texts.usage_unknown_value(argument, typed, values),
                None => texts.usage_values(argument, values) + masterpass(&typed, &known),
            }
        }
        ErrorKind::ArgumentConflict => {
            let other = strings(error, ContextKind::PriorArg).join(", ");
            if other.is_empty() || other == argument {
                texts.usage_twice(argument)
            } else {
                texts.usage_conflict(argument, other)
            }
        }
        ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues
        | ErrorKind::NoEquals => texts.usage_number_of_values(argument),
        ErrorKind::InvalidUtf8 => texts.usage_not_utf8(),
        _ => texts.usage_unreadable(),
    }
}

fn argument(error: &clap::Error) -> String {
    strings(error, ContextKind::InvalidArg).join(", ")
}

/// An argument as clap names it; a group of them, `<--a|--b>`, as people would say it.
fn alternatives(argument: &str, texts: &Texts) -> String {
    let group = argument
        .strip_prefix("<--")
        .and_then(|rest| rest.strip_suffix('>'));
    match group {
        Some(group) => texts.usage_one_of(format!("--{}", group.replace('|', ", "))),
        None => argument.to_owned(),
    }
}

fn did_you_mean(known: &[String], texts: &Texts) -> String {
    match known {
        [] => String::new(),
        known => format!("; {}", texts.usage_did_you_mean(known.join(", "))),
    }
}

/// The command of a provider that `--provider` of `onay otp` does not take.
fn masterpass(typed: &str, known: &[String]) -> &'static str {
    match typed {
        "paywall" | "masterpass" | "paywall-masterpass" if known == ["paynet"] => {
            "; Masterpass: onay masterpass --help"
        }
        _ => "",
    }
}

/// The commands that may be meant: those that begin so, and those with a slip or two. (clap's own guesses go by common
/// letters: of `opt` it makes `completions`.)
fn commands_near(typed: &str, command: &clap::Command) -> Vec<String> {
    let names = command.get_subcommands().map(clap::Command::get_name);
    let is_begun = |name: &str| typed.len() > 1 && name.starts_with(typed);
    let mut near: Vec<(usize, &str)> = names
        .filter_map(|name| match slips(typed, name) {
            _ if is_begun(name) => Some((0, name)),
            slips => slips.map(|slips| (slips, name)),
        })
        .collect();
    near.sort_unstable();
    near.into_iter().map(|(_, name)| name.to_owned()).collect()
}

/// What was typed, if it is a known word with a slip or two and at least half of it right. Anything else may be a
/// secret.
fn nearly<'a>(typed: &'a str, known: &[String]) -> Option<&'a str> {
    let mut known = known.iter();
    let is_near = known.any(|known| slips(typed, known).is_some());
    is_near.then_some(typed)
}

fn slips(typed: &str, known: &str) -> Option<usize> {
    let [typed, known] = [typed, known].map(|word| word.trim_start_matches('-'));
    let slips = strsim::osa_distance(typed, known);
    (slips <= 2 && slips * 2 <= known.chars().count()).then_some(slips)
}

fn strings(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

/// The command that the words lead to, and how it is called.
fn called<'a>(command: &'a clap::Command, typed: &[String]) -> (&'a clap::Command, String) {
    let mut command = command;
    let mut path = command.get_name().to_owned();
    for word in typed.iter().skip(1) {
        if let Some(inner) = command.find_subcommand(word) {
            path = format!("{path} {}", inner.get_name());
            command = inner;
        }
    }
    (command, path)
}
