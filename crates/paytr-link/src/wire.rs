//! What is on the wire, and nothing else.

use std::fmt;

use onay_http::loose;
use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::create::NewLink;
use crate::form::Form;
use crate::token::{Signed, Signer};

pub(crate) const CREATE: &str = "/odeme/api/link/create";
pub(crate) const SEND_SMS: &str = "/odeme/api/link/send-sms";
pub(crate) const SEND_EMAIL: &str = "/odeme/api/link/send-email";
pub(crate) const DELETE: &str = "/odeme/api/link/delete";

pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// Roughly how long a form gets, so that it is allocated once.
const FORM_BYTES: usize = 256;

/// Who posts: the same in every call.
#[derive(Clone, Debug)]
pub(crate) struct Sender {
    pub(crate) merchant_id: String,
    pub(crate) debug_on: bool,
    pub(crate) signer: Signer,
}

/// A form that is ready, and the token in it, which no error may quote.
pub(crate) struct SignedForm {
    pub(crate) body: Vec<u8>,
    pub(crate) token: String,
}

impl Sender {
    pub(crate) fn send_sms(&self, id: &str, cell_phone: &str) -> SignedForm {
        let signed = Signed::SendSms { id, cell_phone };
        let form = self.form().field("id", id).field("cell_phone", cell_phone);
        self.signed(self.debug_on(form), &signed)
    }

    pub(crate) fn send_email(&self, id: &str, email: &str) -> SignedForm {
        let signed = Signed::SendEmail { id, email };
        let form = self.form().field("id", id).field("email", email);
        self.signed(self.debug_on(form), &signed)
    }

    pub(crate) fn delete(&self, id: &str) -> SignedForm {
        let form = self.debug_on(self.form().field("id", id));
        self.signed(form, &Signed::Delete { id })
    }

    /// Unused optional fields are sent empty.
    pub(crate) fn create(&self, link: &NewLink) -> SignedForm {
        let (terms, link_type, min_count, max_count, email) = match link {
            NewLink::Product(link) => (
                &link.terms,
                "product",
                link.min_count.to_string(),
                link.max_count.map(|count| count.to_string()),
                "",
            ),
            NewLink::Collection(link) => (
                &link.terms,
                "collection",
                String::new(),
                None,
                link.email.as_str(),
            ),
        };
        let (name, lang) = (terms.name.as_str(), terms.language.as_str());
        let price = terms.price.minor().to_string();
        let currency = terms.price.currency().as_str();
        let max_installment = terms.max_installment.to_string();
        let signed = match link {
            NewLink::Product(_) => Signed::CreateProduct {
                name,
                price: &price,
                currency,
                max_installment: &max_installment,
                lang,
                min_count: &min_count,
            },
            NewLink::Collection(_) => Signed::CreateCollection {
                name,
                price: &price,
                currency,
                max_installment: &max_installment,
                lang,
                email,
            },
        };
        let callback = terms.callback.as_ref();
        let form = self
            .form()
            .field("name", name)
            .field("price", &price)
            .field("currency", currency)
            .field("max_installment", &max_installment)
            .field("link_type", link_type)
            .field("lang", lang)
            .field("min_count", &min_count)
            .field("email", email)
            .field("expiry_date", &terms.expiry)
            .field("max_count", max_count.as_deref().unwrap_or_default())
            .field(
                "callback_link",
                callback.map_or("", |callback| &callback.link),
            )
            .field("callback_id", callback.map_or("", |callback| &callback.id));
        let form = self.debug_on(form);
        let form = form.field("get_qr", if terms.qr { "1" } else { "0" });
        self.signed(form, &signed)
    }

    fn form(&self) -> Form {
        Form::with_capacity(FORM_BYTES).field("merchant_id", &self.merchant_id)
    }

    fn signed(&self, form: Form, signed: &Signed<'_>) -> SignedForm {
        let token = self.signer.token(signed);
        let body = form.field("paytr_token", &token).into_bytes();
        SignedForm { body, token }
    }

    fn debug_on(&self, form: Form) -> Form {
        form.field("debug_on", if self.debug_on { "1" } else { "0" })
    }
}

/// Every answer. The reason stands in one of two fields, under any status.
#[derive(Default, Deserialize)]
pub(crate) struct Envelope {
    #[serde(default, deserialize_with = "loose::text")]
    pub(crate) status: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    reason: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    err_msg: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    pub(crate) err_no: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    pub(crate) id: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    pub(crate) link: Option<String>,
    #[serde(default, deserialize_with = "ids")]
    pub(crate) success_deletes: Option<Vec<String>>,
    #[serde(default, deserialize_with = "ids")]
    pub(crate) failed_deletes: Option<Vec<String>>,
}

impl Envelope {
    pub(crate) fn reason(&self) -> Option<&str> {
        let filled = |text: &&str| !text.trim().is_empty();
        let reason = self.reason.as_deref().filter(filled);
        reason.or_else(|| self.err_msg.as_deref().filter(filled))
    }
}

/// Ids as a list, or joined by commas; the page shows the names of the fields and not their form.
fn ids<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    deserializer.deserialize_any(Ids)
}

struct Ids;

impl<'de> Visitor<'de> for Ids {
    type Value = Option<Vec<String>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ids")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        let ids = text.split(',').map(str::trim).filter(|id| !id.is_empty());
        Ok(Some(ids.map(str::to_owned).collect()))
    }

    fn visit_u64<E>(self, id: u64) -> Result<Self::Value, E> {
        Ok(Some(vec![id.to_string()]))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut ids = Vec::new();
        while let Some(id) = list.next_element::<Id>()? {
            ids.extend(id.0);
        }
        Ok(Some(ids))
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

/// One id, as text or as a number.
#[derive(Deserialize)]
struct Id(#[serde(deserialize_with = "loose::text")] Option<String>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_in_every_form() {
        for (json, expected) in [
            (r#"["NB2Zlz3","xNK7erZ"]"#, Some(vec!["NB2Zlz3", "xNK7erZ"])),
            (r#""NB2Zlz3, xNK7erZ""#, Some(vec!["NB2Zlz3", "xNK7erZ"])),
            ("[7,null,{}]", Some(vec!["7"])),
            ("7", Some(vec!["7"])),
            (r#""""#, Some(vec![])),
            ("null", None),
            ("{}", None),
            ("true", None),
        ] {
            let read = ids(&mut serde_json::Deserializer::from_str(json)).expect(json);
            let expected: Option<Vec<String>> =
                expected.map(|ids| ids.into_iter().map(str::to_owned).collect());
            assert_eq!(read, expected, "{json}");
        }
    }

    #[test]
    fn the_reason_is_found_in_both_fields() {
        for (json, expected) in [
            (r#"{"reason":"a"}"#, Some("a")),
            (r#"{"err_msg":"b"}"#, Some("b")),
            (r#"{"reason":"","err_msg":"b"}"#, Some("b")),
            (r#"{"reason":"a","err_msg":"b"}"#, Some("a")),
            (r#"{"reason":null}"#, None),
            ("{}", None),
        ] {
            let envelope: Envelope = serde_json::from_str(json).expect(json);
            assert_eq!(envelope.reason(), expected, "{json}");
        }
    }
}
