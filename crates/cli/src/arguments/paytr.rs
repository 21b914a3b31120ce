//! The commands of PayTR: link, callback, token.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Args, Subcommand};
use onay_sandbox::paytr::SignedCall;

use super::{CallOptions, Live, SandboxUrl, number};
use crate::language::help;

#[derive(Debug, Subcommand)]
pub(crate) enum LinkCommand {
    #[command(about = help().command_link_create(), after_help = help().command_link_create_notes())]
    Create(Box<NewLinkArguments>),
    #[command(about = help().command_link_sms(), after_help = help().command_link_sms_notes())]
    Sms {
        #[arg(long, help = help().option_link_id())]
        id: String,
        #[arg(long, value_name = "NUMBER", help = help().option_phone())]
        to: String,
        #[command(flatten)]
        call: CallOptions,
    },
    #[command(about = help().command_link_email(), after_help = help().command_link_email_notes())]
    Email {
        #[arg(long, help = help().option_link_id())]
        id: String,
        #[arg(long, value_name = "ADDRESS", help = help().option_email())]
        to: String,
        #[command(flatten)]
        call: CallOptions,
    },
    #[command(about = help().command_link_delete(), after_help = help().command_link_delete_notes())]
    Delete {
        #[arg(long, required = true, num_args = 1.., help = help().option_link_ids())]
        id: Vec<String>,
        #[command(flatten)]
        call: CallOptions,
    },
}

#[derive(Args, Debug)]
#[command(group(ArgGroup::new("sort").args(["product", "collection"]).required(true)))]
pub(crate) struct NewLinkArguments {
    #[arg(long, help = help().option_link_name())]
    pub(crate) name: String,
    #[arg(long, help = help().option_link_price())]
    pub(crate) price: String,
    #[arg(long, default_value = "TL", help = help().option_currency())]
    pub(crate) currency: String,
    #[arg(long, help = help().option_product())]
    pub(crate) product: bool,
    #[arg(
        long,
        default_value_t = 1,
        conflicts_with = "collection",
        value_parser = number(1..=u32::MAX),
        help = help().option_min_count()
    )]
    pub(crate) min_count: u32,
    #[arg(long, conflicts_with = "collection", value_parser = number(1..=u32::MAX), help = help().option_max_count())]
    pub(crate) max_count: Option<u32>,
    #[arg(long, requires = "email", help = help().option_collection())]
    pub(crate) collection: bool,
    #[arg(long, conflicts_with = "product", help = help().option_email())]
    pub(crate) email: Option<String>,
    #[arg(long, value_parser = number(1..=12_u32), help = help().option_max_installment())]
    pub(crate) max_installment: Option<u32>,
    #[arg(long, value_name = "TIME", help = help().option_expires_at())]
    pub(crate) expires_at: Option<String>,
    #[arg(long, value_name = "URL", requires = "callback_id", help = help().option_callback_link())]
    pub(crate) callback_link: Option<String>,
    #[arg(long, value_name = "ID", requires = "callback_link", help = help().option_link_callback_id())]
    pub(crate) callback_id: Option<String>,
    #[command(flatten)]
    pub(crate) call: CallOptions,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CallbackCommand {
    #[command(about = help().command_callback_verify(), after_help = help().command_callback_verify_notes())]
    Verify,
    #[command(about = help().command_callback_trigger(), after_help = help().command_callback_trigger_notes())]
    Trigger {
        #[arg(long, value_name = "URL", help = help().option_callback_to())]
        to: String,
        #[arg(long, help = help().option_callback_id())]
        callback_id: String,
        #[arg(long, default_value = "PT000000001", help = help().option_merchant_oid())]
        merchant_oid: String,
        #[arg(long, help = help().option_callback_price())]
        price: String,
        #[command(flatten)]
        live: Live,
    },
    #[command(about = help().command_callback_resend(), after_help = help().command_callback_resend_notes())]
    Resend {
        #[command(flatten)]
        sandbox: SandboxUrl,
        #[arg(long, value_parser = number(1..=u64::MAX), help = help().option_callback_number())]
        id: Option<u64>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    #[command(about = help().command_token_explain(), after_help = help().command_token_explain_notes())]
    Explain(Box<TokenArguments>),
}

#[derive(Args, Debug)]
pub(crate) struct TokenArguments {
    #[arg(long, value_parser = calls(), help = help().option_call())]
    pub(crate) call: SignedCall,
    #[arg(long, value_name = "TOKEN", help = help().option_expect())]
    pub(crate) expect: Option<String>,
    #[arg(long, required_if_eq_any(on(&["send-sms", "send-email", "delete"])), help = help().option_token_id())]
    pub(crate) id: Option<String>,
    #[arg(
        long,
        required_if_eq_any(on(&["send-sms", "send-email", "create-collection"])),
        help = help().option_token_to()
    )]
    pub(crate) to: Option<String>,
    #[arg(long, required_if_eq_any(on(&["create-product", "create-collection"])), help = help().option_token_create())]
    pub(crate) name: Option<String>,
    #[arg(long, required_if_eq_any(on(&["create-product", "create-collection"])), help = help().option_token_price())]
    pub(crate) price: Option<String>,
    #[arg(long, default_value = "TL", help = help().option_token_create())]
    pub(crate) currency: String,
    #[arg(long, default_value = "1", help = help().option_token_create())]
    pub(crate) max_installment: String,
    #[arg(long, value_name = "LANG", default_value = "tr", help = help().option_link_lang())]
    pub(crate) link_lang: String,
    #[arg(long, default_value = "1", help = help().option_token_product())]
    pub(crate) min_count: String,
    #[arg(long, required_if_eq_any(on(&["callback"])), help = help().option_token_callback())]
    pub(crate) callback_id: Option<String>,
    #[arg(long, required_if_eq_any(on(&["callback"])), help = help().option_token_callback())]
    pub(crate) merchant_oid: Option<String>,
    #[arg(long, default_value = "success", help = help().option_token_callback())]
    pub(crate) status: String,
    #[arg(long, required_if_eq_any(on(&["callback"])), help = help().option_total_amount())]
    pub(crate) total_amount: Option<String>,
}

const CALLS: [(&str, SignedCall); 6] = [
    ("create-product", SignedCall::CreateProduct),
    ("create-collection", SignedCall::CreateCollection),
    ("send-sms", SignedCall::SendSms),
    ("send-email", SignedCall::SendEmail),
    ("delete", SignedCall::Delete),
    ("callback", SignedCall::Callback),
];

/// Reads the name of a call; the others are refused before.
fn calls() -> impl TypedValueParser<Value = SignedCall> {
    let names = PossibleValuesParser::new(CALLS.map(|(name, _)| name));
    names.map(|name| {
        let found = CALLS.iter().find(|(known, _)| *known == name);
        found.map_or(SignedCall::Callback, |(_, call)| *call)
    })
}

/// The calls for which a field is required.
fn on(calls: &[&'static str]) -> Vec<(&'static str, &'static str)> {
    calls.iter().map(|call| ("call", *call)).collect()
}
