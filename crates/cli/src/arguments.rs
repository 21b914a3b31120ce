//! The command line, as clap reads it.

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use self::paytr::{
    CallbackCommand, ExplainArguments, LinkCommand, NewLinkArguments, TokenCall, TokenCommand,
};
pub(crate) use self::sandbox::{
    ClockCommand, FaultCommand, MessageFilter, NewFault, SandboxCommand, SandboxUrl, ServeArguments,
};

mod paytr;
mod sandbox;

/// Card OTPs and payment links of Turkish providers, sent at most once, and a local sandbox.
#[derive(Debug, Parser)]
#[command(name = "onay", version, after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Print one JSON document: the result on stdout, or the error on stderr
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// When to use colours; NO_COLOR switches them off too
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
}

const EXAMPLES: &str = "\
Examples:
  onay demo             the whole story, nothing needed
  onay sandbox serve    an inbox at http://127.0.0.1:8027/
  onay otp send --provider paynet --to '0555 000 00 42' --session s-1

The environment says where and as whom; see `onay otp --help`, `onay masterpass --help`
and `onay link --help`.
  ONAY_SANDBOX_URL      a sandbox that is not at http://127.0.0.1:8027
  RUST_LOG              traces to stderr, for example onay_http=debug

Exit codes:
  0 done · 1 unexpected · 2 usage or invalid input · 3 refused · 4 credentials · 5 too soon
  6 a message may have gone out · 7 not sent · 8 waited in vain";

const PAYNET_ENVIRONMENT: &str = "\
Environment:
  PAYNET_ENV            test, live (with --live on top) or sandbox
  PAYNET_SECRET_KEY     sck_…, or PAYNET_SECRET_KEY_FILE with the name of a file ('-' is stdin)
  PAYNET_BASE_URL       another server than the environment's";

const PAYWALL_ENVIRONMENT: &str = "\
Environment:
  PAYWALL_ENV             test, live or live-turkey (with --live on top), or sandbox
  PAYWALL_PRIVATE_KEY     sent as apikeyprivate, or PAYWALL_PRIVATE_KEY_FILE ('-' is stdin)
  PAYWALL_PRIVATE_CLIENT  sent as apiclientprivate, or PAYWALL_PRIVATE_CLIENT_FILE
  PAYWALL_BASE_URL        another server than the environment's

Always go on with the session and the token of the latest answer: a resend kills the token before.";

const PAYTR_ENVIRONMENT: &str = "\
Environment:
  PAYTR_ENV            test, live (with --live on top) or sandbox
  PAYTR_MERCHANT_ID    the shop's number
  PAYTR_MERCHANT_KEY   or PAYTR_MERCHANT_KEY_FILE with the name of a file ('-' is stdin)
  PAYTR_MERCHANT_SALT  or PAYTR_MERCHANT_SALT_FILE
  PAYTR_BASE_URL       another server than the environment's";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Tell the whole story on a sandbox of its own: sent, received, refused, approved
    Demo,
    /// Send a one-time password, or check one
    #[command(subcommand, after_help = PAYNET_ENVIRONMENT)]
    Otp(OtpCommand),
    /// Masterpass through Paywall: open a session, link an account, resend a code, verify it
    #[command(subcommand, after_help = PAYWALL_ENVIRONMENT)]
    Masterpass(MasterpassCommand),
    /// PayTR payment links: create, send by SMS or e-mail, delete
    #[command(subcommand, after_help = PAYTR_ENVIRONMENT)]
    Link(LinkCommand),
    /// PayTR callbacks: verify one, or send one to your own server
    #[command(subcommand, after_help = PAYTR_ENVIRONMENT)]
    Callback(CallbackCommand),
    /// PayTR tokens: what is signed, and which mistake makes a wrong one
    #[command(subcommand, after_help = PAYTR_ENVIRONMENT)]
    Token(TokenCommand),
    /// Run a sandbox, or talk to a running one
    #[command(subcommand, after_help = sandbox::EXAMPLES)]
    Sandbox(SandboxCommand),
}

#[derive(Debug, Subcommand)]
pub(crate) enum OtpCommand {
    /// Have the provider send a code
    #[command(after_help = PAYNET_ENVIRONMENT)]
    Send(OtpArguments),
    /// Have the provider check the code that the customer typed
    #[command(after_help = PAYNET_ENVIRONMENT)]
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
    #[arg(long)]
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
    Link {
        /// The session that was opened
        #[arg(long)]
        session: String,
        #[command(flatten)]
        live: Live,
    },
    /// Send the code again; the answer's token replaces this one
    Resend {
        #[command(flatten)]
        otp: MasterpassOtp,
    },
    /// Check the code that the customer typed
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

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Live {
    /// Really call the live service
    #[arg(long)]
    pub(crate) live: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Provider {
    /// Paynet card OTP
    Paynet,
}

impl Provider {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Paynet => "paynet",
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    pub(crate) fn write_global(self) {
        let choice = match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}
