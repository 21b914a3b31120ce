//! What is on the wire, and nothing else: paths, forms, the fields of a response.

use std::borrow::Cow;

use onay_core::{Effect, Operation, ProviderText};
use onay_http::{Field, Object};

use crate::create::NewLink;
use crate::token::{Signed, Signer};

pub(crate) const CREATE: &str = "/odeme/api/link/create";
pub(crate) const SEND_SMS: &str = "/odeme/api/link/send-sms";
pub(crate) const SEND_EMAIL: &str = "/odeme/api/link/send-email";
pub(crate) const DELETE: &str = "/odeme/api/link/delete";

/// Named once for all calls: what differs from call to call is added to a copy of the headers.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

pub(crate) const CREATES: Operation = Operation::new("create", Effect::SendsNothing);
pub(crate) const SENDS_SMS: Operation = Operation::new("send_sms", Effect::SendsLink);
pub(crate) const SENDS_EMAIL: Operation = Operation::new("send_email", Effect::SendsLink);
pub(crate) const DELETES: Operation = Operation::new("delete", Effect::SendsNothing);

/// Who posts: the same in every call.
#[derive(Clone, Debug)]
pub(crate) struct Sender {
    pub(crate) debug_on: bool,
    pub(crate) signer: Signer,
}

/// A field of a form; the forms are in the order of the official samples.
pub(crate) type FormField<'a> = (&'static str, Cow<'a, str>);

impl Sender {
    pub(crate) fn send_sms<'a>(&'a self, id: &'a str, cell_phone: &'a str) -> [FormField<'a>; 5] {
        let token = self.signer.token(&Signed::SendSms { id, cell_phone });
        [
            self.merchant_id(),
            ("id", id.into()),
            ("cell_phone", cell_phone.into()),
            self.debug_on(),
            ("paytr_token", token.into()),
        ]
    }

    pub(crate) fn send_email<'a>(&'a self, id: &'a str, email: &'a str) -> [FormField<'a>; 5] {
        let token = self.signer.token(&Signed::SendEmail { id, email });
        [
            self.merchant_id(),
            ("id", id.into()),
            ("email", email.into()),
            self.debug_on(),
            ("paytr_token", token.into()),
        ]
    }

    pub(crate) fn delete<'a>(&'a self, id: &'a str) -> [FormField<'a>; 4] {
        let token = self.signer.token(&Signed::Delete { id });
        [
            self.merchant_id(),
            ("id", id.into()),
            self.debug_on(),
            ("paytr_token", token.into()),
        ]
    }

    /// Unused optional fields are sent empty. A QR code is never asked for.
    pub(crate) fn create<'a>(&'a self, link: &'a NewLink) -> [FormField<'a>; 16] {
        let (terms, email) = (link.terms(), link.email());
        let (name, lang) = (terms.name.as_str(), terms.language.as_str());
        let price = terms.price.minor().to_string();
        let currency = terms.price.currency().as_str();
        let max_installment = terms.max_installment.to_string();
        let (mut min_count, mut max_count) = (String::new(), String::new());
        let (link_type, token) = match link {
            NewLink::Product(link) => {
                min_count = link.min_count.to_string();
                max_count = link.max_count.map_or(max_count, |count| count.to_string());
                let signed = Signed::CreateProduct {
                    name,
                    price: &price,
                    currency,
                    max_installment: &max_installment,
                    lang,
                    min_count: &min_count,
                };
                ("product", self.signer.token(&signed))
            }
            NewLink::Collection(_) => {
                let signed = Signed::CreateCollection {
                    name,
                    price: &price,
                    currency,
                    max_installment: &max_installment,
                    lang,
                    email,
                };
                ("collection", self.signer.token(&signed))
            }
        };
        let callback = terms.callback.as_ref();
        [
            self.merchant_id(),
            ("name", name.into()),
            ("price", price.into()),
            ("currency", currency.into()),
            ("max_installment", max_installment.into()),
            ("link_type", link_type.into()),
            ("lang", lang.into()),
            ("min_count", min_count.into()),
            ("email", email.into()),
            ("expiry_date", terms.expiry.as_str().into()),
            ("max_count", max_count.into()),
            ("callback_link", callback.map_or("", |to| &to.link).into()),
            ("callback_id", callback.map_or("", |to| &to.id).into()),
            self.debug_on(),
            ("get_qr", "0".into()),
            ("paytr_token", token.into()),
        ]
    }

    fn merchant_id(&self) -> FormField<'_> {
        ("merchant_id", self.signer.merchant_id().into())
    }

    fn debug_on(&self) -> FormField<'static> {
        ("debug_on", if self.debug_on { "1" } else { "0" }.into())
    }
}

/// The fields of every response. The reason stands in one of two, under any status.
pub(crate) struct Envelope<'a>(pub(crate) Object<'a>);

impl<'a> Envelope<'a> {
    pub(crate) fn status(&self) -> Field<Cow<'a, str>> {
        self.0.text("status")
    }

    /// The reason, or both of them where both are named.
    pub(crate) fn reasons(&self) -> impl Iterator<Item = Cow<'a, str>> {
        let texts = [self.0.text("reason"), self.0.text("err_msg")];
        let texts = texts.into_iter().filter_map(Field::value);
        texts.filter(|text| !text.trim().is_empty())
    }

    pub(crate) fn reason_text(&self) -> Option<ProviderText> {
        self.reasons().next().map(|text| ProviderText::new(&text))
    }

    pub(crate) fn error_number(&self) -> Field<Cow<'a, str>> {
        self.0.text("err_no")
    }

    /// Whether a reason or a number of an error is named, readably or not. 0 is none.
    pub(crate) fn names_trouble(&self) -> bool {
        let is_malformed = |name| self.0.text(name).is_malformed();
        let number = match self.error_number().as_deref() {
            Field::Absent => false,
            Field::Value(number) => !matches!(number.trim(), "" | "0"),
            Field::Malformed => true,
        };
        number
            || is_malformed("reason")
            || is_malformed("err_msg")
            || self.reasons().next().is_some()
    }

    pub(crate) fn id(&self) -> Option<Cow<'a, str>> {
        self.0.text("id").value()
    }

    pub(crate) fn link(&self) -> Option<Cow<'a, str>> {
        self.0.text("link").value()
    }

    pub(crate) fn success_deletes(&self) -> Field<Vec<String>> {
        self.ids("success_deletes")
    }

    pub(crate) fn failed_deletes(&self) -> Field<Vec<String>> {
        self.ids("failed_deletes")
    }

    /// Ids as a list, or joined by commas: the page shows the names of the fields and not their form.
    fn ids(&self, name: &str) -> Field<Vec<String>> {
        match self.0.list(name) {
            Field::Absent => Field::Absent,
            Field::Value(items) => {
                let ids = items.into_iter().filter_map(|item| item.text().value());
                Field::Value(ids.map(|id| id.trim().to_owned()).collect())
            }
            Field::Malformed => self.0.text(name).map(|joined| {
                let ids = joined.split(',').map(str::trim).filter(|id| !id.is_empty());
                ids.map(str::to_owned).collect()
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(json: &str) -> Envelope<'_> {
        Envelope(Object::parse(json).expect(json))
    }

    #[test]
    fn ids_are_read_in_every_form() {
        let these = |ids: &[&str]| Field::Value(ids.iter().map(|id| (*id).to_owned()).collect());
        for (json, expected) in [
            (r#"["NB2Zlz3"," xNK7erZ"]"#, these(&["NB2Zlz3", "xNK7erZ"])),
            (r#""NB2Zlz3, xNK7erZ""#, these(&["NB2Zlz3", "xNK7erZ"])),
            ("[7,null,{}]", these(&["7"])),
            ("[]", these(&[])),
            ("7", these(&["7"])),
            (r#""""#, Field::Absent),
            ("null", Field::Absent),
            ("{}", Field::Malformed),
            ("true", Field::Malformed),
            ("7.5", Field::Malformed),
        ] {
            let json = format!(r#"{{"success_deletes":{json}}}"#);
            assert_eq!(envelope(&json).success_deletes(), expected, "{json}");
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
            assert_eq!(envelope(json).reasons().collect::<Vec<_>>(), expected);
        }
    }
}
