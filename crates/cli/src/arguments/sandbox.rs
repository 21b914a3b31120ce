//! `onay sandbox …`, as clap reads it.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

pub(super) const EXAMPLES: &str = "\
Examples:
  onay sandbox serve
  onay sandbox wait --to '0555 000 00 42' --otp
  onay sandbox journal
  onay sandbox clock advance 181
  onay sandbox fault set accept_then_cut --provider paynet --operation send_otp --times 1";

const SERVE_EXAMPLES: &str = "\
Examples:
  onay sandbox serve
  onay sandbox serve --listen 127.0.0.1:0 --print-json
  onay sandbox serve --listen 0.0.0.0:8027 --allow-host onay-sandbox
  onay sandbox serve --seed 42 --paytr-merchant merchant.json

A merchant's file is {\"merchant_id\": \"…\", \"merchant_key\": \"…\", \"merchant_salt\": \"…\"}.";

const MESSAGES_EXAMPLES: &str = "\
Examples:
  onay sandbox messages
  onay sandbox messages --to '0555 000 00 42' --limit 1 --json";

const WAIT_EXAMPLES: &str = "\
Examples:
  onay sandbox wait --to '0555 000 00 42' --otp
  onay sandbox wait --provider paytr --after 7 --timeout-ms 5000 --json";

const JOURNAL_EXAMPLES: &str = "\
Examples:
  onay sandbox journal
  onay sandbox journal --provider paynet --limit 5 --json

A message shows what the customer got; the journal shows what was asked and answered, masked, and
for a refused call what was wrong with it.";

const CLOCK_EXAMPLES: &str = "\
Examples:
  onay sandbox clock
  onay sandbox clock advance 181
  onay sandbox clock advance 181 --tenant paynet-d150c0e1c5d863db";

const RESET_EXAMPLES: &str = "\
Examples:
  onay sandbox reset
  onay sandbox reset --url http://127.0.0.1:9000";

const FAULT_EXAMPLES: &str = "\
Examples:
  onay sandbox fault set accept_then_cut --provider paynet --operation send_otp --times 1
  onay sandbox fault list
  onay sandbox fault clear

Of several rules the first that matches strikes, and no other.";

const FAULT_SET_EXAMPLES: &str = "\
Examples:
  onay sandbox fault set accept_then_cut --provider paynet --operation send_otp --times 1
  onay sandbox fault set delay --ms 3000 --times 1
  onay sandbox fault set status --code 503 --chance 0.1 --add
  onay sandbox fault set refuse --code TOKEN_HAS_EXPIRED --provider paywall

Operations:
  paynet   send_otp, check_otp
  paywall  session, merchant/link, otp/resend, otp/verify
  paytr    create, send-sms, send-email, delete

Of several rules the first that matches strikes, and no other.
What each does stands in the documentation of the crate onay-sandbox.";

const FAULT_LIST_EXAMPLES: &str = "\
Examples:
  onay sandbox fault list
  onay sandbox fault list --json";

const FAULT_CLEAR_EXAMPLES: &str = "\
Examples:
  onay sandbox fault clear           # every rule
  onay sandbox fault clear --id 2    # the rule that `onay sandbox fault list` shows as #2";

const KINDS: [&str; 12] = [
    "delay",
    "status",
    "refuse",
    "accept_then_cut",
    "cut_before_read",
    "truncate",
    "html",
    "empty",
    "drip",
    "unknown_code",
    "rotate_token",
    "renew_session",
];

/// A provider as the sandbox names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SandboxProvider {
    Paynet,
    #[value(aliases = ["masterpass", "paywall-masterpass"])]
    Paywall,
    #[value(alias = "paytr-link")]
    Paytr,
}

impl SandboxProvider {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Paynet => "paynet",
            Self::Paywall => "paywall",
            Self::Paytr => "paytr",
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum SandboxCommand {
    /// Run a sandbox until Ctrl-C
    #[command(after_help = SERVE_EXAMPLES)]
    Serve(ServeArguments),
    /// List the messages of a running sandbox, newest first
    #[command(after_help = MESSAGES_EXAMPLES)]
    Messages {
        #[command(flatten)]
        sandbox: SandboxUrl,
        #[command(flatten)]
        filter: MessageFilter,
        /// At most so many
        #[arg(long, allow_negative_numbers = true)]
        limit: Option<u32>,
    },
    /// Wait for a message; one that is there already is taken at once
    #[command(after_help = WAIT_EXAMPLES)]
    Wait {
        #[command(flatten)]
        sandbox: SandboxUrl,
        #[command(flatten)]
        filter: MessageFilter,
        /// Only a message newer than the one with this id
        #[arg(long, value_name = "ID", allow_negative_numbers = true)]
        after: Option<u64>,
        /// How long to wait, 120000 at most
        #[arg(long, value_name = "MS", default_value_t = 30_000, allow_negative_numbers = true,
              value_parser = clap::value_parser!(u64).range(..=120_000))]
        timeout_ms: u64,
        /// Print the code alone
        #[arg(long, conflicts_with = "json")]
        otp: bool,
    },
    /// List the calls that reached a running sandbox, newest first, and what was wrong with them
    #[command(after_help = JOURNAL_EXAMPLES)]
    Journal {
        #[command(flatten)]
        sandbox: SandboxUrl,
        /// Only calls to this provider
        #[arg(long)]
        provider: Option<SandboxProvider>,
        /// Only calls of this tenant
        #[arg(long)]
        tenant: Option<String>,
        /// At most so many
        #[arg(long, allow_negative_numbers = true)]
        limit: Option<u32>,
    },
    /// Show the sandbox's clock, or move it on
    #[command(after_help = CLOCK_EXAMPLES)]
    Clock {
        #[command(flatten)]
        sandbox: SandboxUrl,
        /// Only this tenant's clock
        #[arg(long, global = true)]
        tenant: Option<String>,
        #[command(subcommand)]
        command: Option<ClockCommand>,
    },
    /// Have calls go wrong on purpose
    #[command(after_help = FAULT_EXAMPLES)]
    Fault {
        #[command(flatten)]
        sandbox: SandboxUrl,
        #[command(subcommand)]
        command: FaultCommand,
    },
    /// Make everything as it was at the start: no messages, no faults, the clock set back
    #[command(after_help = RESET_EXAMPLES)]
    Reset {
        #[command(flatten)]
        sandbox: SandboxUrl,
    },
}

#[derive(Args, Debug)]
pub(crate) struct ServeArguments {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8027")]
    pub(crate) listen: SocketAddr,
    /// Let the inbox page and the test API answer under this name too, such as the name of a
    /// container; repeatable
    #[arg(long, value_name = "NAME")]
    pub(crate) allow_host: Vec<String>,
    /// Draw the same codes, and the faults that come by chance, in every run
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub(crate) seed: Option<u64>,
    /// Have no mobile number go wrong by itself
    #[arg(long)]
    pub(crate) no_magic_numbers: bool,
    /// Register the PayTR merchant that this file says, in JSON; repeatable
    #[arg(long, value_name = "FILE")]
    pub(crate) paytr_merchant: Vec<PathBuf>,
    /// Print one line of JSON with all addresses to stdout, once ready
    #[arg(long)]
    pub(crate) print_json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ClockCommand {
    /// Move the clock on, so that codes run out without waiting
    #[command(after_help = CLOCK_EXAMPLES)]
    Advance {
        /// By so many seconds
        #[arg(allow_negative_numbers = true)]
        seconds: u64,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum FaultCommand {
    /// Set a rule in place of all others
    #[command(after_help = FAULT_SET_EXAMPLES)]
    Set(Box<NewFault>),
    /// List the rules with their ids and what is left of them
    #[command(after_help = FAULT_LIST_EXAMPLES)]
    List,
    /// Forget every rule, or one
    #[command(after_help = FAULT_CLEAR_EXAMPLES)]
    Clear {
        /// Only the rule with this id, which `list` shows
        #[arg(long, allow_negative_numbers = true)]
        id: Option<u64>,
    },
}

#[derive(Args, Debug)]
pub(crate) struct NewFault {
    /// What goes wrong
    #[arg(value_parser = KINDS)]
    pub(crate) kind: String,
    /// How late the answer comes, 1 to 120000 (delay)
    #[arg(long, required_if_eq("kind", "delay"), allow_negative_numbers = true)]
    pub(crate) ms: Option<u64>,
    /// How long each byte takes, 1 to 10000 (drip)
    #[arg(
        long,
        value_name = "MS",
        required_if_eq("kind", "drip"),
        allow_negative_numbers = true
    )]
    pub(crate) ms_per_byte: Option<u64>,
    /// The HTTP status (status), or the provider's code (refuse)
    #[arg(long, required_if_eq_any([("kind", "status"), ("kind", "refuse")]))]
    pub(crate) code: Option<String>,
    /// After how many bytes the body breaks off (truncate)
    #[arg(
        long,
        required_if_eq("kind", "truncate"),
        allow_negative_numbers = true
    )]
    pub(crate) bytes: Option<u64>,
    /// Only calls to this provider
    #[arg(long)]
    pub(crate) provider: Option<SandboxProvider>,
    /// Only calls of this operation, such as send_otp, otp/resend or send-sms
    #[arg(long, value_name = "NAME")]
    pub(crate) operation: Option<String>,
    /// Only calls of this tenant, named as messages name it
    #[arg(long)]
    pub(crate) tenant: Option<String>,
    /// Only for the next so many calls
    #[arg(long, value_name = "COUNT", allow_negative_numbers = true)]
    pub(crate) times: Option<u64>,
    /// Only by this chance, above 0 and at most 1
    #[arg(long, value_name = "CHANCE", allow_negative_numbers = true)]
    pub(crate) chance: Option<f64>,
    /// Keep the rules that are there, and put this one behind them
    #[arg(long)]
    pub(crate) add: bool,
}

#[derive(Args, Debug)]
pub(crate) struct SandboxUrl {
    /// Where the sandbox is [default: $ONAY_SANDBOX_URL, the server of $PAYNET_BASE_URL,
    /// $PAYWALL_BASE_URL or $PAYTR_BASE_URL, or http://127.0.0.1:8027]; over plain http to
    /// another machine, whoever is in between reads along
    #[arg(long, value_name = "URL", global = true)]
    pub(crate) url: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct MessageFilter {
    /// Only messages to this number, or to this e-mail address
    #[arg(long, value_name = "GSM")]
    pub(crate) to: Option<String>,
    /// Only messages of this provider
    #[arg(long)]
    pub(crate) provider: Option<SandboxProvider>,
    /// Only messages of this tenant
    #[arg(long)]
    pub(crate) tenant: Option<String>,
}
