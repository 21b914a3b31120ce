//! `onay sandbox …`, as clap reads it.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{number, value, wanted};
use crate::language::{Texts, Words, help};
use crate::provider::ProviderName;

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

#[derive(Debug, Subcommand)]
pub(crate) enum SandboxCommand {
    #[command(about = help().command_sandbox_serve(), after_help = help().command_sandbox_serve_notes())]
    Serve(ServeArguments),
    #[command(about = help().command_sandbox_exec(), after_help = help().command_sandbox_exec_notes())]
    Exec {
        #[arg(
            required = true,
            trailing_var_arg = true,
            allow_hyphen_values = true,
            value_name = "COMMAND",
            help = help().option_command()
        )]
        command: Vec<String>,
    },
    #[command(about = help().command_sandbox_messages(), after_help = help().command_sandbox_messages_notes())]
    Messages {
        #[command(flatten)]
        sandbox: SandboxUrl,
        #[command(flatten)]
        filter: MessageFilter,
        #[arg(long, value_parser = number(0..=u32::MAX), help = help().option_limit())]
        limit: Option<u32>,
        #[arg(long, help = help().option_follow())]
        follow: bool,
    },
    #[command(about = help().command_sandbox_wait(), after_help = help().command_sandbox_wait_notes())]
    Wait {
        #[command(flatten)]
        sandbox: SandboxUrl,
        #[command(flatten)]
        filter: MessageFilter,
        #[arg(long, value_name = "ID", value_parser = number(0..=u64::MAX), help = help().option_after())]
        after: Option<u64>,
        #[arg(
            long,
            value_name = "MS",
            default_value_t = 30_000,
            value_parser = timeout,
            help = help().option_timeout_ms()
        )]
        timeout_ms: u64,
        #[arg(long, conflicts_with = "json", help = help().option_otp())]
        otp: bool,
        #[arg(long, requires = "otp", help = help().option_expired())]
        expired: bool,
    },
    #[command(about = help().command_sandbox_journal(), after_help = help().command_sandbox_journal_notes())]
    Journal {
        #[command(flatten)]
        sandbox: SandboxUrl,
        #[arg(long, help = help().option_call_provider())]
        provider: Option<ProviderName>,
        #[arg(long, help = help().option_call_tenant())]
        tenant: Option<String>,
        #[arg(long, value_parser = number(0..=u32::MAX), help = help().option_limit())]
        limit: Option<u32>,
        #[arg(long, help = help().option_follow())]
        follow: bool,
    },
    #[command(about = help().command_sandbox_clock(), after_help = help().command_sandbox_clock_notes())]
    Clock {
        #[command(flatten)]
        sandbox: SandboxUrl,
        #[arg(long, global = true, help = help().option_clock_tenant())]
        tenant: Option<String>,
        #[command(subcommand)]
        command: Option<ClockCommand>,
    },
    #[command(about = help().command_sandbox_fault(), after_help = help().command_sandbox_fault_notes())]
    Fault {
        #[command(flatten)]
        sandbox: SandboxUrl,
        #[command(subcommand)]
        command: FaultCommand,
    },
    #[command(about = help().command_sandbox_export(), after_help = help().command_sandbox_export_notes())]
    Export {
        #[command(flatten)]
        sandbox: SandboxUrl,
    },
    #[command(about = help().command_sandbox_import(), after_help = help().command_sandbox_import_notes())]
    Import {
        #[command(flatten)]
        sandbox: SandboxUrl,
        #[arg(value_name = "FILE", help = help().option_world())]
        file: PathBuf,
    },
    #[command(about = help().command_sandbox_reset(), after_help = help().command_sandbox_reset_notes())]
    Reset {
        #[command(flatten)]
        sandbox: SandboxUrl,
    },
}

#[derive(Args, Debug)]
pub(crate) struct ServeArguments {
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8027",
        value_parser = address,
        help = help().option_listen()
    )]
    pub(crate) listen: SocketAddr,
    #[arg(long, value_name = "NAME", help = help().option_allow_host())]
    pub(crate) allow_host: Vec<String>,
    #[arg(long, value_name = "NAME", help = help().option_callback_host())]
    pub(crate) callback_host: Vec<String>,
    #[arg(long, value_name = "NUMBER", value_parser = number(0..=u64::MAX), help = help().option_seed())]
    pub(crate) seed: Option<u64>,
    #[arg(long, help = help().option_no_magic_numbers())]
    pub(crate) no_magic_numbers: bool,
    #[arg(long, value_name = "FILE", help = help().option_paytr_merchant())]
    pub(crate) paytr_merchant: Vec<PathBuf>,
    #[arg(long, value_name = "FILE", help = help().option_story())]
    pub(crate) story: Option<PathBuf>,
    #[arg(long, help = help().option_print_json())]
    pub(crate) print_json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ClockCommand {
    #[command(about = help().command_sandbox_clock_advance(), after_help = help().command_sandbox_clock_notes())]
    Advance {
        #[arg(value_parser = number(0..=u64::MAX), help = help().option_seconds())]
        seconds: u64,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum FaultCommand {
    #[command(about = help().command_sandbox_fault_set(), after_help = help().command_sandbox_fault_set_notes())]
    Set(Box<NewFault>),
    #[command(about = help().command_sandbox_fault_list(), after_help = help().command_sandbox_fault_list_notes())]
    List,
    #[command(about = help().command_sandbox_fault_clear(), after_help = help().command_sandbox_fault_clear_notes())]
    Clear {
        #[arg(long, value_parser = number(0..=u64::MAX), help = help().option_rule_id())]
        id: Option<u64>,
    },
}

#[derive(Args, Debug)]
pub(crate) struct NewFault {
    #[arg(value_parser = KINDS, help = help().option_fault_kind())]
    pub(crate) kind: String,
    #[arg(long, required_if_eq("kind", "delay"), value_parser = number(1..=120_000_u64), help = help().option_ms())]
    pub(crate) ms: Option<u64>,
    #[arg(
        long,
        value_name = "MS",
        required_if_eq("kind", "drip"),
        value_parser = number(1..=10_000_u64),
        help = help().option_ms_per_byte()
    )]
    pub(crate) ms_per_byte: Option<u64>,
    #[arg(long, required_if_eq_any([("kind", "status"), ("kind", "refuse")]), help = help().option_fault_code())]
    pub(crate) code: Option<String>,
    #[arg(
        long,
        required_if_eq("kind", "truncate"),
        value_parser = number(0..=u64::MAX),
        help = help().option_bytes()
    )]
    pub(crate) bytes: Option<u64>,
    #[arg(long, help = help().option_call_provider())]
    pub(crate) provider: Option<ProviderName>,
    #[arg(long, value_name = "NAME", help = help().option_operation())]
    pub(crate) operation: Option<String>,
    #[arg(long, help = help().option_fault_tenant())]
    pub(crate) tenant: Option<String>,
    #[arg(long, value_name = "COUNT", value_parser = number(0..=u64::MAX), help = help().option_times())]
    pub(crate) times: Option<u64>,
    #[arg(long, value_name = "CHANCE", value_parser = chance, help = help().option_chance())]
    pub(crate) chance: Option<f64>,
    #[arg(long, help = help().option_add())]
    pub(crate) add: bool,
}

#[derive(Args, Debug)]
pub(crate) struct SandboxUrl {
    #[arg(long, value_name = "URL", global = true, help = help().option_url())]
    pub(crate) url: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct MessageFilter {
    #[arg(long, value_name = "NUMBER", help = help().option_message_to())]
    pub(crate) to: Option<String>,
    #[arg(long, help = help().option_message_provider())]
    pub(crate) provider: Option<ProviderName>,
    #[arg(long, help = help().option_message_tenant())]
    pub(crate) tenant: Option<String>,
}

fn address(text: &str) -> Result<SocketAddr, Words> {
    onay_sandbox::listen_address(text).map_err(|_| Words::of(Texts::value_address))
}

fn chance(text: &str) -> Result<f64, Words> {
    value(text, Texts::value_chance)
}

/// As long as the sandbox lets a call wait.
fn timeout(text: &str) -> Result<u64, Words> {
    let range = 0..=120_000_u64;
    let ms = number(range.clone())(text)?;
    if range.contains(&ms) {
        Ok(ms)
    } else {
        Err(Words::of(|texts| wanted(&range, texts)))
    }
}
