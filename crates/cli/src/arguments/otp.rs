//! The commands that send codes and check them: otp, masterpass.

use clap::{Args, Subcommand};

use super::CallOptions;
use crate::language::help;

#[derive(Debug, Subcommand)]
pub(crate) enum OtpCommand {
    #[command(about = help().command_otp_send(), after_help = help().command_otp_send_notes())]
    Send(OtpArguments),
    #[command(about = help().command_otp_verify(), after_help = help().command_otp_verify_notes())]
    Verify {
        #[command(flatten)]
        otp: OtpArguments,
        #[arg(long, help = help().option_code())]
        code: String,
    },
}

#[derive(Args, Debug)]
pub(crate) struct OtpArguments {
    // So far one provider serves it, so its name decides nothing.
    #[arg(
        id = "provider",
        long,
        value_name = "PROVIDER",
        default_value = "paynet",
        value_parser = ["paynet"],
        help = help().option_otp_provider()
    )]
    _provider: String,
    #[arg(long, value_name = "NUMBER", help = help().option_phone())]
    pub(crate) to: String,
    #[arg(long, help = help().option_otp_session())]
    pub(crate) session: String,
    #[command(flatten)]
    pub(crate) call: CallOptions,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MasterpassCommand {
    #[command(about = help().command_masterpass_session(), after_help = help().command_masterpass_session_notes())]
    Session {
        #[arg(long, help = help().option_reference())]
        reference: String,
        #[arg(long, help = help().option_user())]
        user: String,
        #[arg(long, value_name = "NUMBER", help = help().option_phone())]
        to: String,
        #[command(flatten)]
        call: CallOptions,
    },
    #[command(about = help().command_masterpass_link(), after_help = help().command_masterpass_link_notes())]
    Link {
        #[arg(long, help = help().option_open_session())]
        session: String,
        #[arg(long, value_name = "NUMBER", help = help().option_phone())]
        to: Option<String>,
        #[command(flatten)]
        call: CallOptions,
    },
    #[command(about = help().command_masterpass_resend(), after_help = help().command_masterpass_resend_notes())]
    Resend {
        #[command(flatten)]
        otp: MasterpassOtp,
    },
    #[command(about = help().command_masterpass_verify(), after_help = help().command_masterpass_verify_notes())]
    Verify {
        #[command(flatten)]
        otp: MasterpassOtp,
        #[arg(long, help = help().option_code())]
        code: String,
    },
}

#[derive(Args, Debug)]
pub(crate) struct MasterpassOtp {
    #[arg(long, help = help().option_latest_session())]
    pub(crate) session: String,
    #[arg(long, help = help().option_latest_token())]
    pub(crate) token: String,
    #[arg(long, help = help().option_account_link())]
    pub(crate) account_link: bool,
    #[command(flatten)]
    pub(crate) call: CallOptions,
}
