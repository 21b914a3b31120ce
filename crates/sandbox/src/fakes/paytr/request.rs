//! `Posted` reads the fields of a call and the texts that are signed, as strictly as documented.

use axum::http::Uri;
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::explain::SignedCall;
use super::fidelity::{CREATE, EMAIL, LONGEST_CALLBACK_LINK, LONGEST_PRICE, SMS};
use super::link::{Callback, Link};
use super::response::Response;
use crate::callbacks::post::is_allowed;
use crate::mask::Mask;
use crate::number::MobileNumber;
use crate::table::rows;
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

    /// What the call signs, which depends on the kind of link that is created.
    pub(super) fn signed_call(self, operation: &str) -> Result<SignedCall, Response> {
        match (operation, self.text("link_type")) {
            (CREATE, "product") => Ok(SignedCall::CreateProduct),
            (CREATE, "collection") => Ok(SignedCall::CreateCollection),
            (CREATE, _) => Err(self.wrong("link_type")),
            (SMS, _) => Ok(SignedCall::SendSms),
            (EMAIL, _) => Ok(SignedCall::SendEmail),
            _ => Ok(SignedCall::Delete),
        }
    }

    /// Every field that is a text.
    pub(super) fn texts(self) -> Vec<(&'body str, &'body str)> {
        let texts = self.0.iter();
        texts
            .filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)))
            .collect()
    }

    fn wrong(self, row: &str) -> Response {
        let mut words = rows::<3>(include_str!("fields.md"));
        let found = words.find(|[known, ..]| *known == row);
        let [_, english, turkish] = found.unwrap_or_default();
        let field = row.split(' ').next().unwrap_or_default();
        if self.0.contains_key(field) {
            Response::wrong_field(field, turkish, english)
        } else {
            Response::wrong_field(field, "gönderilmedi", "is missing")
        }
    }

    /// Refuses a field in the words of a row, unless it is good.
    fn ensure(self, row: &str, good: bool) -> Result<(), Response> {
        good.then_some(()).ok_or_else(|| self.wrong(row))
    }

    /// One of these, of which an empty text means the first, and is signed as empty.
    fn one_of<const N: usize>(
        self,
        field: &str,
        known: [&'static str; N],
    ) -> Result<&'static str, Response> {
        let text = self.text(field);
        let mut known = known.into_iter();
        let found = known.find(|known| *known == text || text.is_empty());
        found.ok_or_else(|| self.wrong(field))
    }

    /// A number without sign or blanks; zero where it is none.
    fn count(self, field: &str) -> u64 {
        let text = self.text(field);
        let is_number = text.len() <= LONGEST_PRICE && text.bytes().all(|it| it.is_ascii_digit());
        let number = is_number.then(|| text.parse().ok());
        number.flatten().unwrap_or_default()
    }

    /// Whether a switch is on or off, or left out.
    fn switch(self, field: &str) -> Result<(), Response> {
        let is_one = matches!(self.text(field), "" | "0" | "1");
        self.ensure(field, is_one)
    }

    /// One id.
    pub(super) fn id(self) -> Result<&'body str, Response> {
        let id = self.text("id");
        self.switch("debug_on")?;
        self.ensure("id", !id.is_empty())?;
        Ok(id)
    }

    /// The ids to delete.
    pub(super) fn ids(self) -> Result<Vec<&'body str>, Response> {
        let ids: Vec<_> = self.id()?.split(',').collect();
        self.ensure(
            "id to delete",
            ids.len() <= DELETED_AT_ONCE && !ids.contains(&""),
        )?;
        Ok(ids)
    }

    pub(super) fn cell_phone(self) -> Result<MobileNumber, Response> {
        let national = self.text("cell_phone").strip_prefix('0');
        national
            .and_then(MobileNumber::national)
            .ok_or_else(|| self.wrong("cell_phone"))
    }

    /// The address that a link is sent to.
    pub(super) fn email(self) -> Result<&'body str, Response> {
        let address = self.text("email");
        self.ensure("email", email::is_address(address))?;
        Ok(address)
    }

    /// The link that a call creates.
    pub(super) fn new_link(self, now: Timestamp, hosts: &[String]) -> Result<Link, Response> {
        let name = self.text("name");
        self.ensure("name", (4..=200).contains(&name.chars().count()))?;
        let price = self.count("price");
        self.ensure("price", price > 0)?;
        let currency = self.one_of("currency", ["TL", "EUR", "USD", "GBP", "RUB"])?;
        self.ensure(
            "max_installment",
            (1..=12).contains(&self.count("max_installment")),
        )?;
        let lang = self.one_of("lang", ["tr", "en"])?;
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
    fn payable(self) -> Result<Option<u64>, Response> {
        if self.text("link_type") == "collection" {
            self.ensure(
                "email of a collection",
                email::is_ordinary(self.text("email")),
            )?;
            return Ok(Some(1));
        }
        self.ensure("min_count", self.count("min_count") > 0)?;
        if self.text("max_count").is_empty() {
            return Ok(None);
        }
        let most = self.count("max_count");
        self.ensure("max_count", most > 0)?;
        Ok(Some(most))
    }

    fn expires_at(self, now: Timestamp) -> Result<Option<Timestamp>, Response> {
        let text = self.text("expiry_date");
        let time = istanbul::parse(text, "%Y-%m-%d %H:%M:%S");
        self.ensure("expiry_date", text.is_empty() || time.is_some())?;
        self.ensure("expiry_date past", time.is_none_or(|time| time > now))?;
        Ok(time)
    }

    fn callback(self, hosts: &[String]) -> Result<Option<Callback>, Response> {
        let (link, id) = (self.text("callback_link"), self.text("callback_id"));
        let (empty, other) = match (link.is_empty(), id.is_empty()) {
            (true, true) => return Ok(None),
            (true, false) => ("callback_link", "callback_id"),
            (_, _) => ("callback_id", "callback_link"),
        };
        if link.is_empty() || id.is_empty() {
            return Err(Response::wrong_field(
                empty,
                &format!("{other} ile birlikte gönderilmelidir"),
                &format!("is empty, but {other} is not; they require each other"),
            ));
        }
        self.ensure(
            "callback_id",
            id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        )?;
        self.ensure("callback_link", is_callback_link(link, hosts))?;
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
