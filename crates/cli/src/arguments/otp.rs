//! The commands that send codes and check them: otp, masterpass.

use clap::{Args, Subcommand, ValueEnum};

use super::Live;
use super::help::PAYNET_ENVIRONMENT;

const SEND_EXAMPLES: &str = "\
Examples:
  onay otp send --provider paynet --to '0555 000 00 42' --session order-1
  onay otp send --provider paynet --to '0555 000 00 42' --session order-1 --json

The session is yours to choose: one for each payment or card, the same when its code is checked.
Exit codes: 0 accepted · 5 too soon · 6 a message may have gone out: do not just send again";

const VERIFY_EXAMPLES: &str = "\
Examples:
  onay otp verify --provider paynet --to '0555 000 00 42' --session order-1 --code -
  onay otp verify --provider paynet --to '0555 000 00 42' --session order-1 --code AB12CD

With '--code -' the code is typed after the command, and stays out of the shell's history.
Exit codes: 0 approved, and nothing else is · 3 wrong, expired or used up";

const SESSION_EXAMPLES: &str = "\
Examples:
  onay masterpass session --reference order-1 --user user-1 --to '0555 000 00 42'

The answer's session is what `onay masterpass link --session` wants.";

const LINK_EXAMPLES: &str = "\
Examples:
  onay masterpass link --session SESSION

SESSION is in the answer of `onay masterpass session`. A code goes to the customer, and the answer
holds the token that stands for it.";

const RESEND_EXAMPLES: &str = "\
Examples:
  onay masterpass resend --session SESSION --token TOKEN

SESSION and TOKEN are in the latest answer. The new token replaces the old one, which is dead.";

const MASTERPASS_VERIFY_EXAMPLES: &str = "\
Examples:
  onay masterpass verify --session SESSION --token TOKEN --code - --account-link
  onay masterpass verify --session SESSION --token TOKEN --code 123456

--account-link is for the code that `onay masterpass link` sent.";

#[derive(Debug, Subcommand)]
pub(crate) enum OtpCommand {
    /// Have the provider send a code to a customer
    #[command(after_help = format!("{SEND_EXAMPLES}\n\n{PAYNET_ENVIRONMENT}"))]
    Send(OtpArguments),
    /// Have the provider check the code that the customer typed
    #[command(after_help = format!("{VERIFY_EXAMPLES}\n\n{PAYNET_ENVIRONMENT}"))]
    Verify {
        #[command(flatten)]
        otp: OtpArguments,
        /// What the customer typed; '-' reads it from stdin
        #[arg(long)]
        code: String,
    },
}

#[derive(Args, Debug)]
pub(crate) struct OtpArguments {
    /// Who sends and checks
    #[arg(long, default_value = "paynet")]
    pub(crate) provider: Provider,
    /// The customer's mobile number, in any usual spelling
    #[arg(long, value_name = "GSM")]
    pub(crate) to: String,
    /// What ties sending and checking together; yours to choose
    #[arg(long)]
    pub(crate) session: String,
    #[command(flatten)]
    pub(crate) live: Live,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MasterpassCommand {
    /// Open a session for a customer; no message goes out
    #[command(after_help = SESSION_EXAMPLES)]
    Session {
        /// Your own reference for it
        #[arg(long)]
        reference: String,
        /// Your own name for the customer
        #[arg(long)]
        user: String,
        /// The customer's mobile number, in any usual spelling
        #[arg(long, value_name = "GSM")]
        to: String,
        #[command(flatten)]
        live: Live,
    },
    /// Link the customer's account; a code goes out
    #[command(after_help = LINK_EXAMPLES)]
    Link {
        /// The session that was opened
        #[arg(long)]
        session: String,
        #[command(flatten)]
        live: Live,
    },
    /// Send the code again; the answer's token replaces this one
    #[command(after_help = RESEND_EXAMPLES)]
    Resend {
        #[command(flatten)]
        otp: MasterpassOtp,
    },
    /// Check the code that the customer typed
    #[command(after_help = MASTERPASS_VERIFY_EXAMPLES)]
    Verify {
        #[command(flatten)]
        otp: MasterpassOtp,
        /// What the customer typed; '-' reads it from stdin
        #[arg(long)]
        code: String,
    },
}

#[derive(Args, Debug)]
pub(crate) struct MasterpassOtp {
    /// The session, from the latest answer
    #[arg(long)]
    pub(crate) session: String,
    /// The token, from the latest answer
    #[arg(long)]
    pub(crate) token: String,
    /// The code belongs to an account link
    #[arg(long)]
    pub(crate) account_link: bool,
    #[command(flatten)]
    pub(crate) live: Live,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Provider {
    Paynet,
}

impl Provider {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Paynet => "paynet",
        }
    }
}
