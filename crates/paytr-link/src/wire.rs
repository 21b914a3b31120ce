//! What is on the wire, and nothing else.

use std::fmt;

use onay_http::{Said, loose};
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

    /// Unused optional fields are sent empty. A QR code is never asked for: how one would be answered
    /// is not documented.
    pub(crate) fn create(&self, link: &NewLink) -> SignedForm {
        let (terms, email) = (link.terms(), link.email());
        let (name, lang) = (terms.name.as_str(), terms.language.as_str());
        let price = &terms.price.minor().to_string();
        let currency = terms.price.currency().as_str();
        let max_installment = &terms.max_installment.to_string();
        let (mut min_count, mut max_count) = (String::new(), String::new());
        let (link_type, signed) = match link {
            NewLink::Product(link) => {
                min_count = link.min_count.to_string();
                max_count = link.max_count.map_or(max_count, |count| count.to_string());
                let signed = Signed::CreateProduct {
                    name,
                    price,
                    currency,
                    max_installment,
                    lang,
                    min_count: &min_count,
                };
                ("product", signed)
            }
            NewLink::Collection(_) => {
                let signed = Signed::CreateCollection {
                    name,
                    price,
                    currency,
                    max_installment,
                    lang,
                    email,
                };
                ("collection", signed)
            }
        };
        let callback = terms.callback.as_ref();
        let form = self
            .form()
            .field("name", name)
            .field("price", price)
            .field("currency", currency)
            .field("max_installment", max_installment)
            .field("link_type", link_type)
            .field("lang", lang)
            .field("min_count", &min_count)
            .field("email", email)
            .field("expiry_date", &terms.expiry)
            .field("max_count", &max_count)
            .field(
                "callback_link",
                callback.map_or("", |callback| &callback.link),
            )
            .field("callback_id", callback.map_or("", |callback| &callback.id));
        let form = self.debug_on(form).field("get_qr", "0");
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
    #[serde(default)]
    status: Said<String>,
    #[serde(default)]
    reason: Said<String>,
    #[serde(default)]
    err_msg: Said<String>,
    #[serde(default)]
    pub(crate) err_no: Said<String>,
    #[serde(default, deserialize_with = "loose::text")]
    pub(crate) id: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    pub(crate) link: Option<String>,
    #[serde(default, deserialize_with = "ids")]
    pub(crate) success_deletes: Said<Vec<String>>,
    #[serde(default, deserialize_with = "ids")]
    pub(crate) failed_deletes: Said<Vec<String>>,
}

impl Envelope {
    /// The word that says yes or no. One that repeats a bad HTTP status is a gateway's and none.
    pub(crate) fn status(&self, http_status: u16) -> Said<&str> {
        let is_good = (200..300).contains(&http_status);
        match self.status.as_deref() {
            Said::This(status) if !is_good && status == http_status.to_string() => Said::Nothing,
            status => status,
        }
    }

    /// The reason, or both of them where both are named.
    pub(crate) fn reasons(&self) -> impl Iterator<Item = &str> {
        let texts = [self.reason.text(), self.err_msg.text()];
        let texts = texts.into_iter().flatten();
        texts.filter(|text| !text.trim().is_empty())
    }

    /// Whether a reason or a number of an error is named, readably or not. 0 is none.
    pub(crate) fn names_trouble(&self) -> bool {
        let unreadable = [&self.reason, &self.err_msg].contains(&&Said::Nonsense);
        let number = match self.err_no.as_deref() {
            Said::Nothing => false,
            Said::This(number) => !matches!(number.trim(), "" | "0"),
            Said::Nonsense => true,
        };
        unreadable || number || self.reasons().next().is_some()
    }
}

/// Ids as a list, or joined by commas; the page shows the names of the fields and not their form.
fn ids<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Said<Vec<String>>, D::Error> {
    deserializer.deserialize_any(Ids)
}

struct Ids;

impl<'de> Visitor<'de> for Ids {
    type Value = Said<Vec<String>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ids")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        let ids = text.split(',').map(str::trim).filter(|id| !id.is_empty());
        Ok(Said::This(ids.map(str::to_owned).collect()))
    }

    fn visit_u64<E>(self, id: u64) -> Result<Self::Value, E> {
        Ok(Said::This(vec![id.to_string()]))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Said::Nonsense)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Said::Nonsense)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Said::Nonsense)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Said::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut ids = Vec::new();
        while let Some(id) = list.next_element::<Id>()? {
            ids.extend(id.0.map(|id| id.trim().to_owned()));
        }
        Ok(Said::This(ids))
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Said::Nonsense)
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
        let these = |ids: &[&str]| Said::This(ids.iter().map(|id| (*id).to_owned()).collect());
        for (json, expected) in [
            (r#"["NB2Zlz3"," xNK7erZ"]"#, these(&["NB2Zlz3", "xNK7erZ"])),
            (r#""NB2Zlz3, xNK7erZ""#, these(&["NB2Zlz3", "xNK7erZ"])),
            ("[7,null,{}]", these(&["7"])),
            ("7", these(&["7"])),
            (r#""""#, these(&[])),
            ("null", Said::Nothing),
            ("{}", Said::Nonsense),
            ("true", Said::Nonsense),
            ("-7", Said::Nonsense),
            ("7.0", Said::Nonsense),
        ] {
            let read = ids(&mut serde_json::Deserializer::from_str(json)).expect(json);
            assert!(read == expected, "{json}: {read:?}");
        }
    }

    #[test]
    fn the_reason_is_found_in_both_fields() {
        for (json, expected) in [
            (r#"{"reason":"a"}"#, vec!["a"]),
            (r#"{"err_msg":"b"}"#, vec!["b"]),
            (r#"{"reason":"","err_msg":"b"}"#, vec!["b"]),
            (r#"{"reason":" ","err_msg":"b"}"#, vec!["b"]),
            (r#"{"reason":"a","err_msg":"b"}"#, vec!["a", "b"]),
            (r#"{"reason":null}"#, vec![]),
            (r#"{"reason":["a"]}"#, vec![]),
            ("{}", vec![]),
        ] {
            let envelope: Envelope = serde_json::from_str(json).expect(json);
            assert_eq!(envelope.reasons().collect::<Vec<_>>(), expected, "{json}");
        }
    }

    #[test]
    fn the_http_status_in_the_body_is_no_word_of_paytr() {
        let envelope: Envelope = serde_json::from_str(r#"{"status":401}"#).expect("an answer");
        assert_eq!(envelope.status(401), Said::Nothing);
        assert_eq!(envelope.status(403), Said::This("401"));
        assert_eq!(envelope.status(200), Said::This("401"));
    }
}
