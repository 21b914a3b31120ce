//! `onay token explain`: what a call signs, and which mistake makes a wrong token.

use onay::paytr_link::{Credentials, Money, Signed};
use onay::{EmailAddress, PhoneNumber};
use onay_sandbox::paytr::{Finding, Mistake, Secrets, SignedCall, explain};
use serde_json::json;

use crate::arguments::{Live, TokenArguments, TokenCommand};
use crate::failure::Failure;
use crate::language::{Texts, Words};
use crate::output::{Output, bad, good};
use crate::paytr::PROVIDER;
use crate::provider::ProviderName;
use crate::settings::Settings;
use crate::terminal::plain;

/// The exit code of a token that is not the right one, as of a call that was refused.
const WRONG: u8 = 3;

pub(crate) fn run(command: TokenCommand, output: &Output) -> Result<(), Failure> {
    let TokenCommand::Explain(arguments) = command;
    let settings = Settings::read(ProviderName::Paytr, Live { live: true })?;
    let lookup = |name: &str| settings.lookup(name);
    let credentials = Credentials::from_lookup(lookup)?;
    let fields = Fields::read(&arguments)?;
    let signed = fields.signed(&arguments);
    let (message, token) = (signed.message(&credentials), signed.token(&credentials));
    let (key, salt) = (lookup("PAYTR_MERCHANT_KEY"), lookup("PAYTR_MERCHANT_SALT"));
    let secrets = Secrets {
        key: key.as_deref().unwrap_or_default(),
        salt: salt.as_deref().unwrap_or_default(),
    };
    let finding = arguments.expect.as_deref().map(|expected| {
        let posted = fields.posted(&arguments, credentials.merchant_id());
        explain(secrets, arguments.call, &posted, expected)
    });
    let (finding, mistake) = match finding {
        None => (None, None),
        Some(Finding::Right) => (Some("right"), None),
        Some(Finding::Mistake(mistake)) => (Some("mistake"), Some(mistake)),
        Some(Finding::Unknown(mistake)) => (Some("unknown"), Some(mistake)),
        Some(_) => (Some("unknown"), None),
    };
    let texts = output.texts();
    let said = match (finding, &mistake) {
        (None, _) => String::new(),
        (Some("right"), _) => format!("\n{}", good(texts.token_right())),
        (_, mistake) => {
            let mistake = match mistake {
                Some(mistake) => Words::new(mistake.turkish(), mistake.english()),
                None => Words::of(Texts::token_other_values),
            };
            let mistake = plain(mistake.in_language(output.language())).into_owned();
            format!("\n{}: {mistake}", bad(texts.token_wrong()))
        }
    };
    let (signed, shown) = (texts.token_signed(), plain(&message));
    let human = format!("{signed:<10}{shown}\n{:<10}{token}{said}", "token");
    let document = json!({
        "operation": "token_explain",
        "provider": PROVIDER,
        "message": message,
        "token": token,
        "finding": finding,
        "mistake": mistake.as_ref().map(Mistake::english),
        "mistake_id": mistake.as_ref().map(Mistake::id),
    });
    output.result(human, &document)?;
    match finding {
        None | Some("right") => Ok(()),
        Some(_) => Err(Failure::Reported(WRONG)),
    }
}

/// What has to be read before it can be signed.
struct Fields {
    to: String,
    price: String,
}

impl Fields {
    /// Read as every other command reads them; a call's missing fields clap has refused.
    fn read(arguments: &TokenArguments) -> Result<Self, Failure> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let (to, price) = (text(&arguments.to), text(&arguments.price));
        let to = match arguments.call {
            SignedCall::SendSms => PhoneNumber::parse(&to)?
                .turkish()
                .map_or(to, |mobile| mobile.national().to_owned()),
            SignedCall::SendEmail | SignedCall::CreateCollection => {
                EmailAddress::parse(&to)?.as_str().to_owned()
            }
            _ => to,
        };
        let price = match arguments.call {
            SignedCall::CreateProduct | SignedCall::CreateCollection => {
                let price = Money::parse(&price, arguments.currency.parse()?)?;
                price.minor().to_string()
            }
            _ => price,
        };
        Ok(Self { to, price })
    }

    /// What a call signs under this name of the wire.
    fn value<'a>(&'a self, arguments: &'a TokenArguments, name: &str) -> &'a str {
        let text = |value: &'a Option<String>| value.as_deref().unwrap_or_default();
        match name {
            "name" => text(&arguments.name),
            "price" => self.price.as_str(),
            "currency" => arguments.currency.as_str(),
            "max_installment" => arguments.max_installment.as_str(),
            "link_type" if arguments.call == SignedCall::CreateProduct => "product",
            "link_type" => "collection",
            "lang" => arguments.link_lang.as_str(),
            "min_count" => arguments.min_count.as_str(),
            "email" | "cell_phone" => self.to.as_str(),
            "id" => text(&arguments.id),
            "callback_id" => text(&arguments.callback_id),
            "merchant_oid" => text(&arguments.merchant_oid),
            "status" => arguments.status.as_str(),
            _ => text(&arguments.total_amount),
        }
    }

    /// What the call posts.
    fn posted<'a>(
        &'a self,
        arguments: &'a TokenArguments,
        merchant_id: &'a str,
    ) -> Vec<(&'static str, &'a str)> {
        let names = arguments.call.fields().iter().copied();
        let names = names.filter(|name| *name != "merchant_id");
        let signed = names.map(|name| (name, self.value(arguments, name)));
        signed.chain([("merchant_id", merchant_id)]).collect()
    }

    fn signed<'a>(&'a self, arguments: &'a TokenArguments) -> Signed<'a> {
        macro_rules! signed {
            ($($call:ident { $($field:ident),+ })+ | $last:ident { $($more:ident),+ }) => {
                match arguments.call {
                    $(SignedCall::$call => Signed::$call {
                        $($field: self.value(arguments, stringify!($field))),+
                    },)+
                    _ => Signed::$last { $($more: self.value(arguments, stringify!($more))),+ },
                }
            };
        }
        signed! {
            CreateProduct { name, price, currency, max_installment, lang, min_count }
            CreateCollection { name, price, currency, max_installment, lang, email }
            SendSms { id, cell_phone }
            SendEmail { id, email }
            Delete { id }
            | Callback { callback_id, merchant_oid, status, total_amount }
        }
    }
}
