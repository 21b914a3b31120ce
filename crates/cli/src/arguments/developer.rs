//! The commands that explain and check: explain, doctor, completions, man.

use std::path::PathBuf;

use clap::Args;
use onay::ErrorKind;

use crate::language::help;
use crate::provider::ProviderName;

#[derive(Args, Debug)]
pub(crate) struct ExplainArguments {
    #[arg(
        required_unless_present = "kind",
        conflicts_with = "kind",
        hide_possible_values = true,
        help = help().option_explain_provider()
    )]
    pub(crate) provider: Option<ProviderName>,
    #[arg(help = help().option_explain_code())]
    pub(crate) code: Option<String>,
    #[arg(long, value_parser = kind_names(), help = help().option_explain_kind())]
    pub(crate) kind: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct DoctorArguments {
    #[arg(long, help = help().option_network())]
    pub(crate) network: bool,
    #[arg(long, value_name = "URL", num_args = 0..=1, help = help().option_clock())]
    #[expect(clippy::option_option, reason = "clap: absent, alone, with a value")]
    pub(crate) clock: Option<Option<String>>,
}

#[derive(Args, Debug)]
pub(crate) struct ManArguments {
    #[arg(long, value_name = "FOLDER", help = help().option_into())]
    pub(crate) into: Option<PathBuf>,
}

fn kind_names() -> Vec<&'static str> {
    ErrorKind::ALL.iter().map(|kind| kind.as_str()).collect()
}
