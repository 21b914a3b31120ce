//! The commands that help whoever builds with this: explain, doctor, completions, man.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use onay::ErrorKind;

pub(super) const EXPLAIN_EXAMPLES: &str = "\
Examples:
  onay explain paynet 5
  onay explain masterpass OTP_IS_NOT_VALID --lang tr
  onay explain paytr 'Geçersiz id'
  onay explain paynet                  # every code, one line each
  onay explain --kind too_soon         # what a kind of error means, and which codes are of it

PayTR has no codes but sentences: give the sentence, or a part of it, in quotes.
Exit codes: 0 found · 2 the table does not have it";

pub(super) const DOCTOR_EXAMPLES: &str = "\
Examples:
  onay doctor
  onay doctor --json
  onay doctor --network                        # can the chosen hosts be reached?
  onay doctor --clock                          # against the clock of the running sandbox
  onay doctor --clock https://example.com      # against that server's

No key is ever shown: of a Paynet key its first four characters, of the others their length.
The report is on stdout whatever it finds, with --json too; nothing is on stderr.
Exit codes: 0 all that is configured is right, or nothing is · 2 a mistake in it · 7 unreachable";

pub(super) const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  onay completions bash > ~/.local/share/bash-completion/completions/onay
  onay completions zsh > \"${fpath[1]}/_onay\"
  onay completions fish > ~/.config/fish/completions/onay.fish
  onay completions powershell >> $PROFILE";

pub(super) const MAN_EXAMPLES: &str = "\
Examples:
  onay man | man -l -                              # read the page of onay itself
  onay man --into ~/.local/share/man/man1          # install the pages of all commands";

#[derive(Args, Debug)]
pub(crate) struct ExplainArguments {
    /// Whose code: paynet, paywall-masterpass (or masterpass, paywall), paytr-link (or paytr)
    #[arg(
        required_unless_present = "kind",
        conflicts_with = "kind",
        hide_possible_values = true
    )]
    pub(crate) provider: Option<CodeTable>,
    /// The provider's code as it stands in the answer; without it the whole table
    pub(crate) code: Option<String>,
    /// Explain a kind of error instead, such as too_soon
    #[arg(long, value_parser = kind_names())]
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
    /// Look up and connect to the hosts of the configured providers; no HTTP request is sent
    #[arg(long)]
    pub(crate) network: bool,
    /// Compare this machine's clock with a server's Date header, or, without a URL, with the
    /// clock of the running sandbox; one request is sent there
    #[arg(long, value_name = "URL", num_args = 0..=1)]
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
    /// Write the pages of all commands into this folder, which is made where it is missing
    #[arg(long, value_name = "FOLDER")]
    pub(crate) into: Option<PathBuf>,
}

fn kind_names() -> Vec<&'static str> {
    ErrorKind::ALL.iter().map(|kind| kind.as_str()).collect()
}
