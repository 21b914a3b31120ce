//! What is wrong with a command line that clap refuses, without repeating what was typed: it may
//! be a code, a number or a key.

mod wanted;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory};

use crate::arguments::Arguments;
use crate::language::Words;
use crate::turkish;

/// What is said about a refused command line.
#[derive(Debug)]
pub(crate) struct UsageError {
    pub(crate) words: Words,
    /// `onay otp send [OPTIONS] --to <GSM> …`, where clap would show it; it names arguments and no
    /// values, and of the options those alone that have to be there.
    pub(crate) usage: Option<Words>,
    /// The command whose help says more.
    pub(crate) help: String,
}

impl UsageError {
    pub(crate) fn new(error: &clap::Error, typed: &[String]) -> Self {
        let (mut command, path) = meant(typed);
        let is_shown = error.get(ContextKind::Usage).is_some();
        let usage = is_shown.then(|| usage(&mut command));
        Self {
            words: sentence(error, &command),
            usage,
            help: format!("{path} --help"),
        }
    }
}

/// Made anew: clap's own repeats every option that was given, those of each command too.
fn usage(command: &mut Command) -> Words {
    let english = command.render_usage();
    Words::new(turkish::usage(&english), english.to_string())
}

fn sentence(error: &clap::Error, command: &Command) -> Words {
    let argument = texts(error, ContextKind::InvalidArg).join(", ");
    let valid = texts(error, ContextKind::ValidValue).join(", ");
    match error.kind() {
        ErrorKind::MissingRequiredArgument => {
            let missing = |one_of: &str| -> String {
                let missing = texts(error, ContextKind::InvalidArg);
                let missing: Vec<String> = missing
                    .iter()
                    .map(|argument| alternatives(argument, one_of))
                    .collect();
                missing.join("; ")
            };
            Words::new(
                format!("eksik: {}", missing("şunlardan biri: ")),
                format!("missing: {}", missing("one of ")),
            )
        }
        ErrorKind::UnknownArgument => unknown_argument(error, command, &argument),
        ErrorKind::InvalidSubcommand => invalid_subcommand(error, command),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Words::new("komut eksik", "a command is missing")
        }
        ErrorKind::InvalidValue if texts(error, ContextKind::InvalidValue) == [""] => Words::new(
            format!("{argument}: değeri eksik"),
            format!("{argument}: its value is missing"),
        ),
        ErrorKind::InvalidValue => {
            let known = texts(error, ContextKind::ValidValue);
            let typed = nearly(error, ContextKind::InvalidValue, &known);
            let elsewhere = elsewhere(error);
            Words::new(
                format!(
                    "{argument}: {}şunlardan biri olmalı: {valid}{elsewhere}",
                    turkish_not(typed.as_ref())
                ),
                format!(
                    "{argument}: {}has to be one of: {valid}{elsewhere}",
                    english_not(typed.as_ref())
                ),
            )
        }
        ErrorKind::ValueValidation => {
            let wanted = wanted::wanted(&argument)
                .unwrap_or_else(|| Words::new("bu değer olmaz", "not a value that it takes"));
            wanted.around(&format!("{argument}: "), "")
        }
        ErrorKind::ArgumentConflict => {
            let prior = texts(error, ContextKind::PriorArg).join(", ");
            let prior = if prior == argument || prior.is_empty() {
                Words::new("iki kez verildi", "is given twice")
            } else {
                Words::new(
                    format!("şununla birlikte kullanılamaz: {prior}"),
                    format!("cannot be used with {prior}"),
                )
            };
            prior.around(&format!("{argument}: "), "")
        }
        ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues
        | ErrorKind::NoEquals => Words::new(
            format!("{argument}: değer sayısı yanlış"),
            format!("{argument}: takes another number of values"),
        ),
        ErrorKind::InvalidUtf8 => Words::new("UTF-8 olmayan bir değer", "a value is not UTF-8"),
        _ => Words::new(
            "komut satırı anlaşılamadı",
            "the command line makes no sense",
        ),
    }
}

fn unknown_argument(error: &clap::Error, command: &Command, typed: &str) -> Words {
    let near = texts(error, ContextKind::SuggestedArg);
    let (turkish, english) = did_you_mean(&near);
    let mut known = command.get_arguments().filter_map(Arg::get_long);
    let name = typed.strip_prefix("--");
    if name.is_some_and(|name| known.any(|known| is_near(name, known))) {
        return Words::new(
            format!("böyle bir seçenek yok: {typed}{turkish}"),
            format!("there is no option {typed}{english}"),
        );
    }
    if typed.starts_with('-') {
        return Words::new(
            format!("bilinmeyen bir seçenek{turkish}"),
            format!("an option that is not known{english}"),
        );
    }
    Words::new(
        "fazladan bir değer (burada yinelenmiyor, gizli olabilir); boşluk içeren değerleri tırnak içine alın",
        "one value too many (not repeated here, it may be a secret); quote values that hold blanks",
    )
}

fn invalid_subcommand(error: &clap::Error, command: &Command) -> Words {
    let known: Vec<String> = command
        .get_subcommands()
        .map(|inner| inner.get_name().to_owned())
        .collect();
    let typed = nearly(error, ContextKind::InvalidSubcommand, &known);
    let mut near = texts(error, ContextKind::SuggestedSubcommand);
    let given = texts(error, ContextKind::InvalidSubcommand).join(" ");
    near.sort_by_key(|near| strsim::osa_distance(&given, near));
    let (turkish, english) = did_you_mean(&near);
    let typed = typed.map(|typed| format!(": {typed}")).unwrap_or_default();
    Words::new(
        format!("böyle bir komut yok{typed}{turkish}"),
        format!("there is no such command{typed}{english}"),
    )
}

/// The command of a provider that an option does not take, and another command does.
fn elsewhere(error: &clap::Error) -> &'static str {
    let typed = texts(error, ContextKind::InvalidValue).join(" ");
    let is_otp = texts(error, ContextKind::ValidValue) == ["paynet"];
    match typed.as_str() {
        "paywall" | "masterpass" | "paywall-masterpass" if is_otp => {
            "; Masterpass: onay masterpass --help"
        }
        _ => "",
    }
}

fn did_you_mean(near: &[String]) -> (String, String) {
    if near.is_empty() {
        return (String::new(), String::new());
    }
    let near = near.join(", ");
    (
        format!("; şunu mu demek istediniz: {near}?"),
        format!("; did you mean {near}?"),
    )
}

fn turkish_not(typed: Option<&String>) -> String {
    typed
        .map(|typed| format!("'{typed}' olmaz, "))
        .unwrap_or_default()
}

fn english_not(typed: Option<&String>) -> String {
    typed
        .map(|typed| format!("'{typed}' is not known, it "))
        .unwrap_or_default()
}

/// What was typed where one of the known words was wanted, if it is nearly that.
fn nearly(error: &clap::Error, kind: ContextKind, known: &[String]) -> Option<String> {
    let typed = texts(error, kind).into_iter().next()?;
    let is_near = known.iter().any(|known| is_near(&typed, known));
    is_near.then_some(typed)
}

/// Whether it is the known word with a slip or two, and at least half of it right: anything else
/// may be a code, a number or a password.
fn is_near(typed: &str, known: &str) -> bool {
    let slips = strsim::osa_distance(typed, known);
    slips <= 2 && slips * 2 <= known.chars().count()
}

fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

/// The command that the words lead to, and how it is called.
fn meant(typed: &[String]) -> (Command, String) {
    let mut command = Arguments::command();
    command.build();
    let mut path = command.get_name().to_owned();
    for word in typed.iter().skip(1) {
        if let Some(inner) = command.find_subcommand(word).cloned() {
            path = format!("{path} {}", inner.get_name());
            command = inner;
        }
    }
    (command, path)
}

/// An argument as clap names it; a group of them, `<--a|--b>`, as people would say it.
fn alternatives(argument: &str, one_of: &str) -> String {
    let group = argument
        .strip_prefix("<--")
        .and_then(|rest| rest.strip_suffix('>'));
    match group {
        Some(group) => format!("{one_of}--{}", group.replace('|', ", ")),
        None => argument.to_owned(),
    }
}
