//! The commands of PayTR: link, callback, token.

use clap::{ArgGroup, Args, Subcommand, ValueEnum};

use super::Live;
use super::help::TOKEN_HELP;

const CREATE_EXAMPLES: &str = "\
Examples:
  onay link create --name 'Çiçek buketi' --price 14.45 --product
  onay link create --name 'Bilet' --price 250 --product --max-count 40 --max-installment 1
  onay link create --name 'Fatura 2024/17' --price 350 --collection --email musteri@example.com
  onay link create --name 'Çiçek buketi' --price 14.45 --product \\
      --callback-link https://shop.example.com/paytr --callback-id ORDER0001

The answer's id is what `onay link sms --id` wants.";

const SMS_EXAMPLES: &str = "\
Examples:
  onay link sms --id ID --to '0555 000 00 42'

ID is in the answer of `onay link create`.";

const EMAIL_EXAMPLES: &str = "\
Examples:
  onay link email --id ID --to musteri@example.com

ID is in the answer of `onay link create`.";

const DELETE_EXAMPLES: &str = "\
Examples:
  onay link delete --id ID
  onay link delete --id ID1 ID2

The ids are in the answers of `onay link create`.";

const VERIFY_EXAMPLES: &str = "\
Examples:
  onay callback verify < body.txt
  onay callback verify --json < body.txt

The body is what PayTR posted, byte for byte: hash=…&merchant_oid=…&status=…
Exit codes: 0 paid, and signed with your key · 4 not signed with it: nothing was proven";

const TRIGGER_EXAMPLES: &str = "\
Examples:
  onay callback trigger --to http://127.0.0.1:8080/paytr --callback-id ORDER0001 --price 14.45

Your server has to answer exactly OK. Plain http goes to this machine alone.
Exit codes: 0 your server answered OK · 1 it answered something else · 7 it cannot be reached";

const TOKEN_EXIT_CODES: &str = "\
Exit codes: 0 the token, or the expected one is right · 3 the expected one is wrong; the report on
stdout says why, where that is known";

#[derive(Debug, Subcommand)]
pub(crate) enum LinkCommand {
    /// Create a payment link; no message goes out
    #[command(after_help = CREATE_EXAMPLES)]
    Create(Box<NewLinkArguments>),
    /// Send a link by SMS
    #[command(after_help = SMS_EXAMPLES)]
    Sms {
        /// The link's id, from create
        #[arg(long)]
        id: String,
        /// The customer's mobile number, in any usual spelling
        #[arg(long, value_name = "GSM")]
        to: String,
        #[command(flatten)]
        live: Live,
    },
    /// Send a link by e-mail
    #[command(after_help = EMAIL_EXAMPLES)]
    Email {
        /// The link's id, from create
        #[arg(long)]
        id: String,
        /// The customer's address
        #[arg(long, value_name = "ADDRESS")]
        to: String,
        #[command(flatten)]
        live: Live,
    },
    /// Delete 1 to 10 links
    #[command(after_help = DELETE_EXAMPLES)]
    Delete {
        /// The links' ids
        #[arg(long, required = true, num_args = 1..)]
        id: Vec<String>,
        #[command(flatten)]
        live: Live,
    },
}

#[derive(Args, Debug)]
#[command(group(ArgGroup::new("sort").args(["product", "collection"]).required(true)))]
pub(crate) struct NewLinkArguments {
    /// What is sold or collected, 4 to 200 characters
    #[arg(long)]
    pub(crate) name: String,
    /// The price, such as 14.45
    #[arg(long, allow_negative_numbers = true)]
    pub(crate) price: String,
    /// TL, EUR, USD, GBP or RUB
    #[arg(long, default_value = "TL")]
    pub(crate) currency: String,
    /// A product that anybody can pay
    #[arg(long)]
    pub(crate) product: bool,
    /// How many must be bought at least
    #[arg(
        long,
        default_value_t = 1,
        conflicts_with = "collection",
        allow_negative_numbers = true
    )]
    pub(crate) min_count: u32,
    /// How many there are
    #[arg(long, conflicts_with = "collection", allow_negative_numbers = true)]
    pub(crate) max_count: Option<u32>,
    /// Money from one customer, named by --email
    #[arg(long, requires = "email")]
    pub(crate) collection: bool,
    /// The customer's address
    #[arg(long, conflicts_with = "product")]
    pub(crate) email: Option<String>,
    /// The most instalments, 1 to 12
    #[arg(long, allow_negative_numbers = true)]
    pub(crate) max_installment: Option<u32>,
    /// Until when it can be paid: 'YYYY-MM-DD HH:MM:SS'
    #[arg(long, value_name = "TIME")]
    pub(crate) expires_at: Option<String>,
    /// Where PayTR tells that it was paid
    #[arg(long, value_name = "URL", requires = "callback_id")]
    pub(crate) callback_link: Option<String>,
    /// Your own id for it, letters and digits
    #[arg(long, value_name = "ID", requires = "callback_link")]
    pub(crate) callback_id: Option<String>,
    #[command(flatten)]
    pub(crate) live: Live,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CallbackCommand {
    /// Verify a callback; its form body comes on stdin
    #[command(after_help = VERIFY_EXAMPLES)]
    Verify,
    /// Send a rightly signed callback to your own server, as PayTR would
    #[command(after_help = TRIGGER_EXAMPLES)]
    Trigger {
        /// Your server's callback address
        #[arg(long, value_name = "URL")]
        to: String,
        /// Your own id of the link
        #[arg(long)]
        callback_id: String,
        /// PayTR's id of the payment
        #[arg(long, default_value = "PT000000001")]
        merchant_oid: String,
        /// What was paid, such as 14.45
        #[arg(long, allow_negative_numbers = true)]
        price: String,
        #[command(flatten)]
        live: Live,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    /// Show what a call signs and its token; with --expect, name the mistake behind a wrong one
    #[command(after_help = format!("{TOKEN_HELP}\n\n{TOKEN_EXIT_CODES}"))]
    Explain(Box<TokenArguments>),
}

#[derive(Args, Debug)]
pub(crate) struct TokenArguments {
    /// Which call
    #[arg(long)]
    pub(crate) call: TokenCall,
    /// The token that somebody else made
    #[arg(long, value_name = "TOKEN")]
    pub(crate) expect: Option<String>,
    /// The link's id, for send-sms, send-email and delete
    #[arg(long, required_if_eq_any(on(&["send-sms", "send-email", "delete"])))]
    pub(crate) id: Option<String>,
    /// The number or the address, for send-sms, send-email and create-collection
    #[arg(long, required_if_eq_any(on(&["send-sms", "send-email", "create-collection"])))]
    pub(crate) to: Option<String>,
    /// For create-product and create-collection
    #[arg(long, required_if_eq_any(on(&["create-product", "create-collection"])))]
    pub(crate) name: Option<String>,
    /// Likewise, such as 14.45; what is signed are its minor units
    #[arg(
        long,
        required_if_eq_any(on(&["create-product", "create-collection"])),
        allow_negative_numbers = true
    )]
    pub(crate) price: Option<String>,
    /// Likewise
    #[arg(long, default_value = "TL")]
    pub(crate) currency: String,
    /// Likewise
    #[arg(long, default_value = "1")]
    pub(crate) max_installment: String,
    /// Likewise: the field `lang`
    #[arg(long, value_name = "LANG", default_value = "tr")]
    pub(crate) link_lang: String,
    /// For create-product
    #[arg(long, default_value = "1")]
    pub(crate) min_count: String,
    /// For callback
    #[arg(long, required_if_eq_any(on(&["callback"])))]
    pub(crate) callback_id: Option<String>,
    /// For callback
    #[arg(long, required_if_eq_any(on(&["callback"])))]
    pub(crate) merchant_oid: Option<String>,
    /// For callback
    #[arg(long, default_value = "success")]
    pub(crate) status: String,
    /// For callback, in minor units as PayTR posts it
    #[arg(long, required_if_eq_any(on(&["callback"])), allow_negative_numbers = true)]
    pub(crate) total_amount: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum TokenCall {
    CreateProduct,
    CreateCollection,
    SendSms,
    SendEmail,
    Delete,
    Callback,
}

/// The calls for which a field is required.
fn on(calls: &[&'static str]) -> Vec<(&'static str, &'static str)> {
    calls.iter().map(|call| ("call", *call)).collect()
}
