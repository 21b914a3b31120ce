//! `onay token explain`: what a call signs, and which mistake makes a wrong token.

use onay::paytr_link::{Money, Signed, TokenFinding, explain_token};
use onay::{EmailAddress, Gsm};
use serde_json::json;

use crate::arguments::{TokenArguments, TokenCall, TokenCommand};
use crate::failure::Failure;
use crate::language::{Texts, Words};
use crate::output::{Output, bad, good};
use crate::paytr::{PROVIDER, credentials};
use crate::reasons;
use crate::terminal::plain;

/// The exit code of a token that is not the right one, as of a call that was refused.
const WRONG: u8 = 3;

pub(crate) fn run(command: TokenCommand, output: &Output) -> Result<(), Failure> {
    let TokenCommand::Explain(arguments) = command;
    let credentials = credentials()?;
    let fields = Fields::read(&arguments)?;
    let signed = fields.signed(&arguments);
    let expect = &arguments.expect;
    let (message, token) = (signed.message(&credentials), signed.token(&credentials));
    let finding = expect
        .as_deref()
        .map(|expected| explain_token(&credentials, &signed, expected));
    let (finding, mistake) = match finding {
        None => (None, None),
        Some(TokenFinding::Right) => (Some("right"), None),
        Some(TokenFinding::Mistake(mistake)) => (Some("mistake"), Some(mistake.to_string())),
        Some(_) => (Some("unknown"), None),
    };
    let texts = output.texts();
    let said = match (finding, mistake.as_deref().map(reasons::mistake)) {
        (None, _) => String::new(),
        (Some("right"), _) => format!("\n{}", good(texts.token_right())),
        (_, mistake) => {
            let mistake = mistake.unwrap_or_else(|| Words::of(Texts::token_other_values));
            let mistake = mistake.in_language(output.language());
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
        "mistake": mistake,
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
            TokenCall::SendSms => Gsm::parse(&to)?.domestic().to_owned(),
            TokenCall::SendEmail | TokenCall::CreateCollection => {
                EmailAddress::parse(&to)?.as_str().to_owned()
            }
            _ => to,
        };
        let price = match arguments.call {
            TokenCall::CreateProduct | TokenCall::CreateCollection => {
                let price = Money::parse(&price, arguments.currency.parse()?)?;
                price.minor().to_string()
            }
            _ => price,
        };
        Ok(Self { to, price })
    }

    fn signed<'a>(&'a self, arguments: &'a TokenArguments) -> Signed<'a> {
        let TokenArguments {
            currency,
            max_installment,
            link_lang: lang,
            min_count,
            status,
            ..
        } = arguments;
        let Self { to, price } = self;
        let text = |value: &'a Option<String>| value.as_deref().unwrap_or_default();
        let (id, name) = (text(&arguments.id), text(&arguments.name));
        match arguments.call {
            TokenCall::CreateProduct => Signed::CreateProduct {
                name,
                price,
                currency,
                max_installment,
                lang,
                min_count,
            },
            TokenCall::CreateCollection => Signed::CreateCollection {
                name,
                price,
                currency,
                max_installment,
                lang,
                email: to,
            },
            TokenCall::SendSms => Signed::SendSms { id, cell_phone: to },
            TokenCall::SendEmail => Signed::SendEmail { id, email: to },
            TokenCall::Delete => Signed::Delete { id },
            TokenCall::Callback => Signed::Callback {
                callback_id: text(&arguments.callback_id),
                merchant_oid: text(&arguments.merchant_oid),
                status,
                total_amount: text(&arguments.total_amount),
            },
        }
    }
}
