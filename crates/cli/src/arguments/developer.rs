//! The commands that explain and check: explain, doctor, completions, man.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use onay::ErrorKind;

use crate::language::help;

#[derive(Args, Debug)]
pub(crate) struct ExplainArguments {
    #[arg(
        required_unless_present = "kind",
        conflicts_with = "kind",
        hide_possible_values = true,
        help = help().option_explain_provider()
    )]
    pub(crate) provider: Option<CodeTable>,
    #[arg(help = help().option_explain_code())]
    pub(crate) code: Option<String>,
    #[arg(long, value_parser = kind_names(), help = help().option_explain_kind())]
    pub(crate) kind: Option<String>,
}

/// A provider that has a code table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CodeTable {
    Paynet,
    #[value(aliases = ["masterpass", "paywall"])]
    PaywallMasterpass,
    #[value(alias = "paytr")]
    PaytrLink,
}

impl CodeTable {
    pub(crate) const ALL: [Self; 3] = [Self::Paynet, Self::PaywallMasterpass, Self::PaytrLink];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Paynet => "paynet",
            Self::PaywallMasterpass => "paywall-masterpass",
            Self::PaytrLink => "paytr-link",
        }
    }
}

#[derive(Args, Debug)]
pub(crate) struct DoctorArguments {
    #[arg(long, help = help().option_network())]
    pub(crate) network: bool,
    #[arg(long, value_name = "URL", num_args = 0..=1, help = help().option_clock())]
    #[expect(clippy::option_option, reason = "clap: absent, alone, with a value")]
    pub(crate) clock: Option<Option<String>>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
}

#[derive(Args, Debug)]
pub(crate) struct ManArguments {
    #[arg(long, value_name = "FOLDER", help = help().option_into())]
    pub(crate) into: Option<PathBuf>,
}

fn kind_names() -> Vec<&'static str> {
    ErrorKind::ALL.iter().map(|kind| kind.as_str()).collect()
}
