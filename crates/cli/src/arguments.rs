//! The command line, as clap reads it, with the texts of one language.

use std::ffi::OsString;
use std::ops::RangeInclusive;
use std::str::FromStr;

use clap::{ArgAction, Args, ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;

pub(crate) use self::developer::{DoctorArguments, ExplainArguments, ManArguments};
pub(crate) use self::otp::{MasterpassCommand, MasterpassOtp, OtpArguments, OtpCommand};
pub(crate) use self::paytr::{
    CallbackCommand, LinkCommand, NewLinkArguments, TokenArguments, TokenCommand,
};
pub(crate) use self::sandbox::{
    ClockCommand, FaultCommand, MessageFilter, NewFault, SandboxCommand, SandboxUrl, ServeArguments,
};
use crate::language::{Language, Texts, Words, help};

mod developer;
mod explained;
mod otp;
mod paytr;
mod sandbox;

#[derive(Debug, Parser)]
#[command(
    name = "onay",
    version,
    about = help().command_onay(),
    after_help = help().command_onay_notes(),
    disable_help_flag = true
)]
pub(crate) struct Arguments {
    // Declared and not left to clap, so that its heading comes before that of the options with every command.
    #[arg(
        id = "help",
        long,
        short,
        global = true,
        display_order = 998,
        action = ArgAction::Help,
        help = help().option_help()
    )]
    _help: Option<bool>,

    #[command(subcommand)]
    pub(crate) command: Command,

    #[command(flatten)]
    pub(crate) everywhere: Everywhere,
}

/// What every command takes.
#[derive(Args, Debug)]
#[command(next_help_heading = help().help_everywhere())]
pub(crate) struct Everywhere {
    #[arg(long, global = true, help = help().option_json())]
    pub(crate) json: bool,
    #[arg(
        long,
        global = true,
        ignore_case = true,
        value_name = "LANGUAGE",
        hide_possible_values = true,
        help = help().option_lang()
    )]
    pub(crate) lang: Option<Language>,
    #[arg(long, global = true, help = help().option_show_provider_text())]
    pub(crate) show_provider_text: bool,
    #[arg(long, short, global = true, help = help().option_quiet())]
    pub(crate) quiet: bool,
    #[arg(long, short, global = true, action = ArgAction::Count, help = help().option_verbose())]
    pub(crate) verbose: u8,
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help = help().option_color())]
    pub(crate) color: ColorChoice,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(about = help().command_demo(), after_help = help().command_demo_notes())]
    Demo,
    #[command(subcommand, about = help().command_otp(), after_help = help().command_otp_notes())]
    Otp(OtpCommand),
    #[command(subcommand, about = help().command_masterpass(), after_help = help().command_masterpass_notes())]
    Masterpass(MasterpassCommand),
    #[command(subcommand, about = help().command_link(), after_help = help().command_link_notes())]
    Link(LinkCommand),
    #[command(subcommand, about = help().command_callback(), after_help = help().command_callback_notes())]
    Callback(CallbackCommand),
    #[command(subcommand, about = help().command_token(), after_help = help().command_token_notes())]
    Token(TokenCommand),
    #[command(subcommand, about = help().command_sandbox(), after_help = help().command_sandbox_notes())]
    Sandbox(SandboxCommand),
    #[command(about = help().command_explain(), after_help = help().command_explain_notes())]
    Explain(ExplainArguments),
    #[command(about = help().command_doctor(), after_help = help().command_doctor_notes())]
    Doctor(DoctorArguments),
    #[command(about = help().command_completions(), after_help = help().command_completions_notes())]
    Completions {
        #[arg(help = help().option_shell())]
        shell: Shell,
    },
    #[command(about = help().command_man(), after_help = help().command_man_notes())]
    Man(ManArguments),
}

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Live {
    #[arg(long, help = help().option_live())]
    pub(crate) live: bool,
}

/// How a provider is called.
#[derive(Args, Clone, Debug)]
pub(crate) struct CallOptions {
    #[command(flatten)]
    pub(crate) live: Live,
    #[arg(long, value_name = "URL", help = help().option_proxy())]
    pub(crate) proxy: Option<String>,
}

impl Arguments {
    /// Reads a command line. Help and what is wrong are said in this language.
    pub(crate) fn read(
        typed: impl IntoIterator<Item: Into<OsString> + Clone>,
        language: Language,
    ) -> Result<Self, clap::Error> {
        let matches = Self::explained(language).try_get_matches_from(typed)?;
        Self::from_arg_matches(&matches)
    }

    /// The command line with all its texts, clap's own too.
    pub(crate) fn explained(language: Language) -> clap::Command {
        language.explain_commands();
        let mut command = Self::command();
        // So that what clap adds by itself is there.
        command.build();
        explained::explain(command, language.texts())
    }
}

impl Everywhere {
    /// The language that was asked for, or the locale's.
    pub(crate) fn language(&self) -> Language {
        self.lang
            .unwrap_or_else(|| Language::of_locale(|name| std::env::var(name).ok()))
    }
}

/// Reads a value. One that is refused is not repeated, since it may be a key, a code or a number.
fn value<T: FromStr>(text: &str, wanted: impl Fn(&Texts) -> String) -> Result<T, Words> {
    text.parse().map_err(|_| Words::of(wanted))
}

/// A parser of whole numbers, which says this range of what is no number. A number outside it is for the library or
/// the sandbox to refuse.
fn number<T>(range: RangeInclusive<T>) -> impl Fn(&str) -> Result<T, Words> + Clone
where
    T: FromStr + Copy + Into<u64>,
{
    move |text| value(text, |texts| wanted(&range, texts))
}

fn wanted<T: Copy + Into<u64>>(range: &RangeInclusive<T>, texts: &Texts) -> String {
    match ((*range.start()).into(), (*range.end()).into()) {
        (_, u64::MAX) => texts.value_number(),
        (least, most) => texts.value_number_between(least, most),
    }
}

/// The colours that a command line asks for, before clap reads it: clap's own help and errors have colours too.
pub(crate) fn typed_color(words: &[String]) -> ColorChoice {
    let mut words = words.iter().skip_while(|word| !word.starts_with("--color"));
    let value = match words.next().map(String::as_str) {
        Some("--color") => words.next().map(String::as_str),
        Some(word) => word.strip_prefix("--color="),
        None => None,
    };
    value.and_then(|name| name.parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each(command: &clap::Command, look: &mut dyn FnMut(&clap::Command)) {
        look(command);
        for inner in command.get_subcommands() {
            each(inner, look);
        }
    }

    /// The command of an example as a shell takes it: without a comment, and without what the shell
    /// does with it.
    fn words(example: &str) -> Vec<String> {
        let ends = [" # ", " | ", " > ", " >> ", " < "];
        let command = ends.iter().fold(example.trim(), |rest, end| {
            rest.split(end).next().unwrap_or_default()
        });
        let parts = command.split('\'').enumerate();
        let words = parts.flat_map(|(place, part)| match place % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        });
        words.collect()
    }

    /// The commands are the same in both languages, what is said about them is not.
    #[test]
    fn every_command_has_examples_that_clap_takes() {
        let examples = |language: Language, heading: &str| {
            language.explain_commands();
            let command = Arguments::command();
            command.clone().debug_assert();
            let (mut commands, mut examples) = (0, Vec::new());
            each(&command, &mut |command| {
                commands += 1;
                let (name, note) = (command.get_name(), command.get_after_help());
                let note = note.map(ToString::to_string).unwrap_or_default();
                assert!(note.starts_with(heading), "{name}: {note}");
                assert!(note.split_whitespace().any(|word| word == name), "{name}");
                let wide = note.lines().find(|line| line.chars().count() > 100);
                assert_eq!(wide, None, "would be wrapped");
                for line in note.replace("\\\n     ", "").lines() {
                    let words = words(line);
                    if line.starts_with("  onay ") {
                        let read = Arguments::read(&words, Language::English);
                        assert!(read.is_ok(), "{line}: {:?}", read.err());
                        examples.push(words);
                    } else if line.starts_with("  export ") {
                        let all = words.iter().skip(1).all(|word| word.contains('='));
                        assert!(all, "{line}");
                        examples.push(words);
                    }
                }
            });
            assert!(commands > 30 && examples.len() > 60, "{commands}");
            examples
        };
        let english = examples(Language::English, "Examples:\n");
        assert_eq!(examples(Language::Turkish, "Örnekler:\n"), english);
    }
}
