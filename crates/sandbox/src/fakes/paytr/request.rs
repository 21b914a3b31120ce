//! `Posted` reads the fields of a call and the texts that are signed, as strictly as documented.

use axum::http::Uri;
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::doctor::FieldProblem;
use super::explain::SignedCall;
use super::fidelity::{LONGEST_CALLBACK_LINK, LONGEST_PRICE};
use super::link::{Callback, Link};
use super::operation::Operation;
use crate::body::Mask;
use crate::callbacks::post::is_allowed;
use crate::number::MobileNumber;
use crate::{email, istanbul};

/// What the journal keeps of a body.
pub(super) const MASKS: &[(&str, Mask)] = &[
    ("merchant_id", Mask::Word),
    ("id", Mask::Word),
    ("cell_phone", Mask::Number),
    ("email", Mask::Email),
    ("name", Mask::Fingerprint),
    ("price", Mask::Word),
    ("currency", Mask::Word),
    ("max_installment", Mask::Word),
    ("link_type", Mask::Word),
    ("lang", Mask::Word),
    ("min_count", Mask::Word),
    ("max_count", Mask::Word),
    ("expiry_date", Mask::Fingerprint),
    ("callback_link", Mask::Fingerprint),
    ("callback_id", Mask::Fingerprint),
    ("debug_on", Mask::Word),
    ("get_qr", Mask::Word),
    ("paytr_token", Mask::Hidden),
];

/// How many links can be deleted at once.
const DELETED_AT_ONCE: usize = 10;

/// The fields of a call, of which an absent one is an empty text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posted<'body>(pub(super) &'body Map<String, Value>);

impl<'body> Posted<'body> {
    pub(super) fn text(self, field: &str) -> &'body str {
        self.0
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    fn is_absent(self, field: &str) -> bool {
        !self.0.contains_key(field)
    }

    /// What the call signs, which depends on the kind of link that is created.
    pub(super) fn signed_call(self, operation: Operation) -> Result<SignedCall, FieldProblem> {
        match operation {
            Operation::Create => match self.text("link_type") {
                "product" => Ok(SignedCall::CreateProduct),
                "collection" => Ok(SignedCall::CreateCollection),
                _ => Err(self.problem(
                    "link_type",
                    "product ya da collection olmalıdır",
                    "has to be product or collection",
                )),
            },
            Operation::Sms => Ok(SignedCall::SendSms),
            Operation::Email => Ok(SignedCall::SendEmail),
            Operation::Delete => Ok(SignedCall::Delete),
        }
    }

    /// Every field that is a text.
    pub(super) fn texts(self) -> Vec<(&'body str, &'body str)> {
        let texts = self.0.iter();
        texts
            .filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)))
            .collect()
    }

    fn problem(
        self,
        field: &'static str,
        turkish: &'static str,
        english: &'static str,
    ) -> FieldProblem {
        if self.is_absent(field) {
            FieldProblem::missing(field)
        } else {
            FieldProblem::new(field, turkish, english)
        }
    }

    fn one_of(
        self,
        field: &'static str,
        known: &[&'static str],
        turkish: &'static str,
        english: &'static str,
    ) -> Result<&'static str, FieldProblem> {
        let text = self.text(field);
        if text.is_empty() {
            // Empty, it means the first, and is signed as empty.
            return known
                .first()
                .copied()
                .ok_or_else(|| FieldProblem::missing(field));
        }
        let found = known.iter().find(|known| **known == text).copied();
        found.ok_or_else(|| self.problem(field, turkish, english))
    }

    /// A number without sign or blanks.
    fn count(self, field: &str) -> Option<u64> {
        let text = self.text(field);
        let is_number = text.len() <= LONGEST_PRICE && text.bytes().all(|it| it.is_ascii_digit());
        is_number.then(|| text.parse().ok()).flatten()
    }

    /// Whether a switch is on or off, or left out.
    fn switch(self, field: &'static str) -> Result<(), FieldProblem> {
        match self.text(field) {
            "" | "0" | "1" => Ok(()),
            _ => Err(self.problem(field, "0 ya da 1 olmalıdır", "has to be 0 or 1")),
        }
    }

    /// One id.
    pub(super) fn id(self) -> Result<&'body str, FieldProblem> {
        let id = self.text("id");
        self.switch("debug_on")?;
        if id.is_empty() {
            return Err(self.problem("id", "boş olamaz", "is empty"));
        }
        Ok(id)
    }

    /// The ids to delete.
    pub(super) fn ids(self) -> Result<Vec<&'body str>, FieldProblem> {
        let ids: Vec<_> = self.id()?.split(',').collect();
        if ids.len() > DELETED_AT_ONCE || ids.contains(&"") {
            return Err(self.problem(
                "id",
                "virgülle ayrılmış 1 ile 10 arasında id içermelidir",
                "has to be 1 to 10 ids with commas between them",
            ));
        }
        Ok(ids)
    }

    pub(super) fn cell_phone(self) -> Result<MobileNumber, FieldProblem> {
        let national = self.text("cell_phone").strip_prefix('0');
        national.and_then(MobileNumber::national).ok_or_else(|| {
            self.problem(
                "cell_phone",
                "05 ile başlayan 11 haneli bir numara olmalıdır",
                "has to be 11 digits that start with 05, without +90 or blanks",
            )
        })
    }

    /// The address that a link is sent to.
    pub(super) fn email(self) -> Result<&'body str, FieldProblem> {
        let address = self.text("email");
        email::is_address(address)
            .then_some(address)
            .ok_or_else(|| {
                self.problem(
                "email",
                "en çok 100 karakterlik bir e-posta adresi olmalıdır",
                "has to be an address of at most 100 characters, with a domain of ASCII letters",
            )
            })
    }

    /// The address of a collection, which may have no Turkish letters.
    fn collection_email(self) -> Result<&'body str, FieldProblem> {
        let address = self.text("email");
        email::is_ordinary(address)
            .then_some(address)
            .ok_or_else(|| {
                self.problem(
                    "email",
                    "en çok 100 karakterlik, Türkçe harf içermeyen bir e-posta adresi olmalıdır",
                    "has to be an address of at most 100 characters, without letters beyond ASCII",
                )
            })
    }

    /// The link that a call creates.
    pub(super) fn new_link(self, now: Timestamp, hosts: &[String]) -> Result<Link, FieldProblem> {
        let name = self.text("name");
        if !(4..=200).contains(&name.chars().count()) {
            let turkish = "4 ile 200 karakter arasında olmalıdır";
            return Err(self.problem("name", turkish, "has to have 4 to 200 characters"));
        }
        let price = self.count("price").filter(|price| *price > 0);
        let price = price.ok_or_else(|| {
            self.problem(
                "price",
                "kuruş cinsinden, sıfırdan büyük bir tam sayı olmalıdır",
                "has to be digits, in minor units and more than 0: 1445 for 14.45",
            )
        })?;
        let currency = self.one_of(
            "currency",
            &["TL", "EUR", "USD", "GBP", "RUB"],
            "TL, EUR, USD, GBP ya da RUB olmalıdır",
            "has to be TL, EUR, USD, GBP or RUB",
        )?;
        if !self
            .count("max_installment")
            .is_some_and(|count| (1..=12).contains(&count))
        {
            let turkish = "1 ile 12 arasında olmalıdır";
            return Err(self.problem("max_installment", turkish, "has to be 1 to 12"));
        }
        let lang = self.one_of(
            "lang",
            &["tr", "en"],
            "tr ya da en olmalıdır",
            "has to be tr or en",
        )?;
        let payable = self.payable()?;
        let expires_at = self.expires_at(now)?;
        let callback = self.callback(hosts)?;
        self.switch("debug_on")?;
        self.switch("get_qr")?;
        Ok(Link {
            name: name.to_owned(),
            price,
            currency: currency.into(),
            lang: lang.into(),
            payable,
            expires_at,
            callback,
            deleted: false,
            payments: 0,
            last_payment: None,
        })
    }

    /// How often the link can be paid.
    fn payable(self) -> Result<Option<u64>, FieldProblem> {
        if self.text("link_type") == "collection" {
            self.collection_email()?;
            return Ok(Some(1));
        }
        if self.count("min_count").unwrap_or_default() == 0 {
            return Err(self.problem("min_count", "en az 1 olmalıdır", "has to be 1 or more"));
        }
        if self.text("max_count").is_empty() {
            return Ok(None);
        }
        let payable = self.count("max_count").filter(|count| *count > 0);
        payable.map(Some).ok_or_else(|| {
            let turkish = "boş bırakılmalı ya da en az 1 olmalıdır";
            self.problem("max_count", turkish, "has to be empty, or 1 or more")
        })
    }

    fn expires_at(self, now: Timestamp) -> Result<Option<Timestamp>, FieldProblem> {
        let text = self.text("expiry_date");
        if text.is_empty() {
            return Ok(None);
        }
        let time = istanbul::parse(text, "%Y-%m-%d %H:%M:%S").ok_or_else(|| {
            let turkish = "YYYY-MM-DD HH:MM:SS biçiminde olmalıdır";
            self.problem("expiry_date", turkish, "has to be YYYY-MM-DD HH:MM:SS")
        })?;
        if time <= now {
            return Err(self.problem(
                "expiry_date",
                "gelecekte bir tarih olmalıdır",
                "is past, read as Istanbul time and by the virtual clock",
            ));
        }
        Ok(Some(time))
    }

    fn callback(self, hosts: &[String]) -> Result<Option<Callback>, FieldProblem> {
        let (link, id) = (self.text("callback_link"), self.text("callback_id"));
        match (link.is_empty(), id.is_empty()) {
            (true, true) => return Ok(None),
            (true, false) => {
                let (turkish, english) = (
                    "callback_id ile birlikte gönderilmelidir",
                    "is empty, but callback_id is not; they require each other",
                );
                return Err(FieldProblem::new("callback_link", turkish, english));
            }
            (false, true) => {
                let (turkish, english) = (
                    "callback_link ile birlikte gönderilmelidir",
                    "is empty, but callback_link is not; they require each other",
                );
                return Err(FieldProblem::new("callback_id", turkish, english));
            }
            (false, false) => {}
        }
        if id.len() > 64 || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(self.problem(
                "callback_id",
                "en çok 64 harf ve rakamdan oluşmalıdır",
                "has to be at most 64 ASCII letters and digits",
            ));
        }
        if !is_callback_link(link, hosts) {
            return Err(self.problem(
                "callback_link",
                "http:// ya da https:// ile başlamalı, port içermemelidir",
                "has to start with http:// or https:// and name no port, unless it is on loopback, \
                 which the sandbox allows",
            ));
        }
        Ok(Some(Callback {
            link: link.to_owned(),
            id: id.to_owned(),
        }))
    }
}

/// Whether callbacks could go there: an address on the web without a port, or, in the sandbox
/// alone, on loopback or a host that it was started with, with any.
fn is_callback_link(text: &str, hosts: &[String]) -> bool {
    let Ok(uri) = text.parse::<Uri>() else {
        return false;
    };
    let scheme = matches!(uri.scheme_str(), Some("http" | "https"));
    let authority = uri.authority().is_some_and(|authority| {
        let host = authority.host();
        !authority.as_str().contains('@')
            && !host.is_empty()
            && (authority.as_str() == host || is_allowed(host, hosts))
    });
    scheme && authority && text.len() <= LONGEST_CALLBACK_LINK
}
