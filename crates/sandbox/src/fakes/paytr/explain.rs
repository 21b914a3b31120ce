//! `explain` finds the mistake that makes a wrong token, by making every usual mistake on purpose.

mod search;

use std::fmt;

use super::signature::token;
use crate::table::rows;

/// The longest texts, in bytes, over which mistakes are tried out.
const LONGEST_TRIED: usize = 2_048;

/// Every mistake with its words. What it is about stands for `{0}`, `{1}` and `{2}`.
const MISTAKES: &str = include_str!("explain/mistakes.md");

/// A call of PayTR Link, or its callback, by what it signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignedCall {
    /// `create` with `link_type` product.
    CreateProduct,
    /// `create` with `link_type` collection.
    CreateCollection,
    /// `send-sms`.
    SendSms,
    /// `send-email`.
    SendEmail,
    /// `delete`.
    Delete,
    /// The callback, whose hash has the salt in the middle.
    Callback,
}

impl SignedCall {
    /// The names of the fields that the token is over, in their order, without the salt.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::CreateProduct => &[
                "name",
                "price",
                "currency",
                "max_installment",
                "link_type",
                "lang",
                "min_count",
            ],
            Self::CreateCollection => &[
                "name",
                "price",
                "currency",
                "max_installment",
                "link_type",
                "lang",
                "email",
            ],
            Self::SendSms => &["id", "merchant_id", "cell_phone"],
            Self::SendEmail => &["id", "merchant_id", "email"],
            Self::Delete => &["id", "merchant_id"],
            Self::Callback => &["callback_id", "merchant_oid", "status", "total_amount"],
        }
    }

    /// Behind how many texts the salt is, of so many.
    fn salt_place(self, texts: usize) -> usize {
        match self {
            Self::Callback => texts.min(2),
            _ => texts,
        }
    }

    /// These texts with a salt where it belongs.
    fn salted<'text>(self, texts: &[&'text str], salt: &'text str) -> Vec<&'text str> {
        let mut parts = texts.to_vec();
        parts.insert(self.salt_place(parts.len()), salt);
        parts
    }
}

/// The key and the salt that sign. `Debug` shows neither.
#[derive(Clone, Copy)]
pub struct Secrets<'text> {
    /// `merchant_key`.
    pub key: &'text str,
    /// `merchant_salt`.
    pub salt: &'text str,
}

impl fmt::Debug for Secrets<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(..)")
    }
}

/// What [`explain`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// The token is right.
    Right,
    /// The token is wrong, and this mistake makes it.
    Mistake(Mistake),
    /// The token is wrong, and none of the usual mistakes makes it: another key, another salt or
    /// other values. The mistake says what would be right.
    Unknown(Mistake),
}

/// A mistake, named in two languages. It holds no key and no token, and of a phone number only the
/// ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    id: &'static str,
    english: String,
    turkish: String,
}

impl Mistake {
    /// A mistake of the table, and what it is about.
    fn new(id: &'static str, about: &[&str]) -> Self {
        let is_it = |cells: &[&str; 3]| cells[0] == id;
        let [_, english, turkish] = rows(MISTAKES).find(is_it).unwrap_or_default();
        let filled = |words: &str| {
            let about = about.iter().chain([&""; 3]).enumerate();
            about.fold(words.to_owned(), |words, (place, text)| {
                words.replace(&format!("{{{place}}}"), text)
            })
        };
        Self {
            id,
            english: filled(english),
            turkish: filled(turkish),
        }
    }

    /// Its name for programs, such as `salt_left_out`.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// What it is, in English.
    pub fn english(&self) -> &str {
        &self.english
    }

    /// What it is, in Turkish.
    pub fn turkish(&self) -> &str {
        &self.turkish
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}

/// Says which mistake makes a token wrong, given the right secrets and the fields as they were
/// posted. A field that is not among them counts as left out.
///
/// Texts of more than 2,048 bytes together are compared, but no mistakes are tried over them.
///
/// ```
/// use onay_sandbox::paytr::{Finding, Secrets, SignedCall, explain};
///
/// let secrets = Secrets { key: "K3yForTests-0001", salt: "S4ltForTests-001" };
/// let posted = [("id", "NB2Zlz3"), ("merchant_id", "123456"), ("cell_phone", "05551234567")];
/// let token = "EErHCjlz2nggwsWZFk5UUHcU2NHQmzd4EfswjkHGeLc=";
/// let Finding::Mistake(mistake) = explain(secrets, SignedCall::SendSms, &posted, token) else {
///     panic!("a usual mistake");
/// };
/// assert_eq!(mistake.english(), "merchant_key and merchant_salt swapped");
/// assert_eq!(mistake.turkish(), "merchant_key ile merchant_salt yer değiştirmiş");
/// ```
#[must_use]
pub fn explain(
    secrets: Secrets<'_>,
    call: SignedCall,
    posted: &[(&str, &str)],
    token: &str,
) -> Finding {
    let case = Case {
        secrets,
        call,
        posted,
        token,
    };
    let parts = case.parts();
    if self::token(secrets.key, &parts) == token {
        return Finding::Right;
    }
    let missing = case.missing();
    if !missing.is_empty() {
        let [is, them] = match missing.as_slice() {
            [_] => ["is", "it"],
            _ => ["are", "them"],
        };
        let about = [&missing.join(", "), is, them];
        return Finding::Mistake(Mistake::new("field_missing", &about));
    }
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let found = (length <= LONGEST_TRIED).then(|| search::find(&case));
    found.flatten().map_or_else(
        || {
            let order = call.salted(call.fields(), "merchant_salt").join(" + ");
            Finding::Unknown(Mistake::new("unknown", &[&order]))
        },
        Finding::Mistake,
    )
}

/// A token, and what was posted with it.
struct Case<'case> {
    secrets: Secrets<'case>,
    call: SignedCall,
    posted: &'case [(&'case str, &'case str)],
    token: &'case str,
}

impl<'case> Case<'case> {
    /// The signed fields that were not posted.
    fn missing(&self) -> Vec<&'static str> {
        let is_absent = |name: &&&str| !self.posted.iter().any(|(known, _)| known == *name);
        let absent = self.call.fields().iter().filter(is_absent);
        absent.copied().collect()
    }

    /// A field as it was posted; an absent one is an empty text.
    fn text(&self, name: &str) -> &'case str {
        let found = self.posted.iter().rev().find(|(known, _)| *known == name);
        found.map_or("", |(_, text)| text)
    }

    /// The signed texts, without the salt.
    fn texts(&self) -> Vec<&'case str> {
        let names = self.call.fields().iter();
        names.map(|name| self.text(name)).collect()
    }

    /// The right texts with the salt where it belongs.
    fn parts(&self) -> Vec<&'case str> {
        self.call.salted(&self.texts(), self.secrets.salt)
    }
}

#[cfg(test)]
mod tests;
