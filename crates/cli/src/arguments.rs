//! The command line, as clap reads it.

use std::net::SocketAddr;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use self::paytr::{
    CallbackCommand, ExplainArguments, LinkCommand, NewLinkArguments, TokenCall, TokenCommand,
};

mod paytr;

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
    #[command(subcommand)]
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

#[derive(Debug, Subcommand)]
pub(crate) enum SandboxCommand {
    /// Run a sandbox until Ctrl-C
    Serve {
        /// Where to listen; port 0 takes a free one
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8027")]
        listen: SocketAddr,
        /// Print one line of JSON with all addresses to stdout, once ready
        #[arg(long)]
        print_json: bool,
    },
    /// List the messages of a running sandbox, newest first
    Messages {
        #[command(flatten)]
        sandbox: SandboxUrl,
        #[command(flatten)]
        filter: MessageFilter,
        /// At most so many
        #[arg(long)]
        limit: Option<u32>,
    },
    /// Wait for a message; one that is there already is taken at once
    Wait {
        #[command(flatten)]
        sandbox: SandboxUrl,
        #[command(flatten)]
        filter: MessageFilter,
        /// Only a message newer than the one with this id
        #[arg(long, value_name = "ID")]
        after: Option<u64>,
        /// How long to wait, 120000 at most
        #[arg(long, value_name = "MS", default_value_t = 30_000,
              value_parser = clap::value_parser!(u64).range(..=120_000))]
        timeout_ms: u64,
        /// Print the code alone
        #[arg(long, conflicts_with = "json")]
        otp: bool,
    },
    /// Show the sandbox's clock, or move it on
    Clock {
        #[command(flatten)]
        sandbox: SandboxUrl,
        /// Only this tenant's clock
        #[arg(long)]
        tenant: Option<String>,
        #[command(subcommand)]
        command: Option<ClockCommand>,
    },
    /// Forget every message, conversation and call
    Reset {
        #[command(flatten)]
        sandbox: SandboxUrl,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ClockCommand {
    /// Move the clock on, so that codes run out without waiting
    Advance {
        /// By so many seconds
        seconds: u64,
    },
}

#[derive(Args, Debug)]
pub(crate) struct SandboxUrl {
    /// Where the sandbox is [default: $ONAY_SANDBOX_URL, the server of $PAYNET_BASE_URL or
    /// $PAYWALL_BASE_URL, or http://127.0.0.1:8027]
    #[arg(long, value_name = "URL", global = true)]
    pub(crate) url: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct MessageFilter {
    /// Only messages to this number
    #[arg(long, value_name = "GSM")]
    pub(crate) to: Option<String>,
    /// Only messages of this provider: paynet or paywall
    #[arg(long)]
    pub(crate) provider: Option<String>,
    /// Only messages of this tenant
    #[arg(long)]
    pub(crate) tenant: Option<String>,
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
