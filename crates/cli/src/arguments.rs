//! The command line, as clap reads it.

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

pub(crate) use self::developer::{
    CodeTable, DoctorArguments, ExplainArguments, ManArguments, Shell,
};
pub(crate) use self::otp::{MasterpassCommand, MasterpassOtp, OtpArguments, OtpCommand, Provider};
pub(crate) use self::paytr::{
    CallbackCommand, LinkCommand, NewLinkArguments, TokenArguments, TokenCall, TokenCommand,
};
pub(crate) use self::sandbox::{
    ClockCommand, FaultCommand, MessageFilter, NewFault, SandboxCommand, SandboxProvider,
    SandboxUrl, ServeArguments,
};
use crate::language::Language;

mod developer;
mod help;
mod otp;
mod paytr;
mod sandbox;

const EVERYWHERE: &str = "With every command";

/// Card OTPs and payment links of Turkish providers, sent at most once, and a local sandbox.
#[derive(Debug, Parser)]
#[command(name = "onay", version, after_help = help::EXAMPLES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Print one JSON document: the result on stdout, or the error on stderr
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub(crate) json: bool,

    /// In which language onay speaks: tr or en [default: the locale's]; JSON, the man pages and what
    /// the sandbox's doctor says are English in both
    #[arg(
        long,
        global = true,
        value_name = "LANGUAGE",
        help_heading = EVERYWHERE,
        hide_possible_values = true
    )]
    pub(crate) lang: Option<Language>,

    /// Print the result alone: no hints and no progress; errors still
    #[arg(long, short, global = true, help_heading = EVERYWHERE)]
    pub(crate) quiet: bool,

    /// Trace to stderr what happens; -vv for more
    #[arg(long, short, global = true, action = ArgAction::Count, help_heading = EVERYWHERE)]
    pub(crate) verbose: u8,

    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = EVERYWHERE)]
    pub(crate) color: Color,
}

impl Arguments {
    /// The language that was asked for, or the locale's.
    pub(crate) fn language(&self) -> Language {
        self.lang
            .unwrap_or_else(|| Language::of_locale(|name| std::env::var(name).ok()))
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Tell the whole story on a sandbox of its own: sent, received, refused, approved
    #[command(after_help = "Examples:\n  onay demo\n  onay demo --lang tr\n  onay demo --json")]
    Demo,
    /// Send a one-time password, or check one
    #[command(subcommand, after_help = format!("{}\n\n{}", help::OTP_HELP, help::PAYNET_ENVIRONMENT))]
    Otp(OtpCommand),
    /// Masterpass through Paywall: open a session, link an account, resend a code, verify it
    #[command(subcommand, after_help = help::MASTERPASS_HELP)]
    Masterpass(MasterpassCommand),
    /// PayTR payment links: create, send by SMS or e-mail, delete
    #[command(subcommand, after_help = format!("{}\n\n{}", help::LINK_HELP, help::PAYTR_ENVIRONMENT))]
    Link(LinkCommand),
    /// PayTR callbacks: verify one, or send one to your own server
    #[command(subcommand, after_help = format!("{}\n\n{}", help::CALLBACK_HELP, help::PAYTR_ENVIRONMENT))]
    Callback(CallbackCommand),
    /// PayTR tokens: what is signed, and which mistake makes a wrong one
    #[command(subcommand, after_help = format!("{}\n\n{}", help::TOKEN_HELP, help::PAYTR_ENVIRONMENT))]
    Token(TokenCommand),
    /// Run a sandbox, or talk to a running one
    #[command(subcommand, after_help = sandbox::EXAMPLES)]
    Sandbox(SandboxCommand),
    /// Explain a provider's code, or a kind of error: what it means, and what to do
    #[command(after_help = developer::EXPLAIN_EXAMPLES)]
    Explain(ExplainArguments),
    /// Check what is configured, without showing any key
    #[command(after_help = developer::DOCTOR_EXAMPLES)]
    Doctor(DoctorArguments),
    /// Print the completions for a shell
    #[command(after_help = developer::COMPLETIONS_EXAMPLES)]
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Print the man page, or write those of all commands into a folder
    #[command(after_help = developer::MAN_EXAMPLES)]
    Man(ManArguments),
}

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Live {
    /// Allow the live environment: real messages, real money
    #[arg(long)]
    pub(crate) live: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// The choice that stands on the command line, which colours clap's own help and errors too.
    pub(crate) fn typed(words: &[String]) -> Self {
        let mut words = words.iter().skip_while(|word| !word.starts_with("--color"));
        let value = match words.next().map(String::as_str) {
            Some("--color") => words.next().map(String::as_str),
            Some(word) => word.strip_prefix("--color="),
            None => None,
        };
        match value {
            Some("always") => Self::Always,
            Some("never") => Self::Never,
            _ => Self::Auto,
        }
    }

    pub(crate) fn write_global(self) {
        let choice = match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory};

    use super::*;

    fn each(command: &Command, look: &mut dyn FnMut(&Command)) {
        look(command);
        for inner in command.get_subcommands() {
            each(inner, look);
        }
    }

    /// The command of an example as a shell takes it: without a comment, and without what the shell
    /// does with it. Two blanks end nothing: what stands behind them has to be a comment.
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

    #[test]
    fn every_command_has_examples_that_clap_takes() {
        Arguments::command().debug_assert();
        let (mut commands, mut examples) = (0, 0);
        each(&Arguments::command(), &mut |command| {
            commands += 1;
            let help = command.get_after_help().map(ToString::to_string);
            let help = help.unwrap_or_default().replace("\\\n     ", "");
            assert!(help.contains("Examples:\n"), "{}", command.get_name());
            let own = command.get_name();
            assert!(help.split_whitespace().any(|word| word == own), "{own}");
            for line in help.lines().filter(|line| line.starts_with("  onay ")) {
                let parsed = Arguments::try_parse_from(words(line));
                assert!(parsed.is_ok(), "{line}: {:?}", parsed.err());
                examples += 1;
            }
            for line in help.lines().filter(|line| line.starts_with("  export ")) {
                let assignments = &words(line)[1..];
                let all = assignments.iter().all(|word| word.contains('='));
                assert!(all, "{line}");
                examples += 1;
            }
        });
        assert!(commands > 30 && examples > 60, "{commands} {examples}");
    }
}
