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
        let usage = usage.as_deref().and_then(|usage| usage.split_once(' '));
        Self {
            words: words(error),
            usage: usage.map(|(_, usage)| usage.to_owned()),
            help: format!("{} --help", called(command, typed)),
        }
    }
}

fn words(error: &clap::Error) -> Words {
    match error
        .source()
        .and_then(|source| source.downcast_ref::<Words>())
    {
        Some(wanted) => wanted.around(&format!("{}: ", argument(error)), ""),
        None => Words::of(|texts| sentence(error, texts)),
    }
}

fn sentence(error: &clap::Error, texts: &Texts) -> String {
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
            let mut known = strings(error, ContextKind::SuggestedSubcommand);
            // clap's best comes last.
            known.reverse();
            let typed = strings(error, ContextKind::InvalidSubcommand).concat();
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

/// What was typed, if it is a known word with a slip or two and at least half of it right. Anything else may be a
/// secret.
fn nearly<'a>(typed: &'a str, known: &[String]) -> Option<&'a str> {
    let name = typed.trim_start_matches('-');
    let is_near = known.iter().any(|known| {
        let known = known.trim_start_matches('-');
        let slips = strsim::osa_distance(name, known);
        slips <= 2 && slips * 2 <= known.chars().count()
    });
    is_near.then_some(typed)
}

fn strings(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

/// The command that the words lead to, as it is called.
fn called(command: &clap::Command, typed: &[String]) -> String {
    let mut command = command;
    let mut path = command.get_name().to_owned();
    for word in typed.iter().skip(1) {
        if let Some(inner) = command.find_subcommand(word) {
            path = format!("{path} {}", inner.get_name());
            command = inner;
        }
    }
    path
}
