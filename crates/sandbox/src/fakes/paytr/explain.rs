//! `explain` finds the mistake that makes a wrong token, by making every usual mistake on purpose.

mod candidate;
mod encoding;
mod parts;
mod values;

use std::fmt;

use self::candidate::Case;
use super::signature::token;

/// The longest texts, in bytes, over which mistakes are tried out.
const LONGEST_TRIED: usize = 2_048;

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
    pub(super) fn new(
        id: &'static str,
        english: impl Into<String>,
        turkish: impl Into<String>,
    ) -> Self {
        Self {
            id,
            english: english.into(),
            turkish: turkish.into(),
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
    let case = Case::new(secrets, call, posted, token);
    if case.is(secrets.key, &case.parts()) {
        return Finding::Right;
    }
    let missing = case.missing();
    if !missing.is_empty() {
        return Finding::Mistake(left_out_of_request(&missing));
    }
    let length: usize = case.parts().iter().map(|part| part.len()).sum();
    let found = (length <= LONGEST_TRIED)
        .then(|| {
            encoding::find(&case)
                .or_else(|| parts::find(&case))
                .or_else(|| values::find(&case))
                .or_else(|| parts::find_order(&case))
        })
        .flatten();
    match found {
        Some(mistake) => Finding::Mistake(mistake),
        None => Finding::Unknown(no_usual_mistake(call)),
    }
}

fn left_out_of_request(missing: &[&str]) -> Mistake {
    let (is, them) = match missing {
        [_] => ("is", "it"),
        _ => ("are", "them"),
    };
    let missing = missing.join(", ");
    Mistake::new(
        "field_missing",
        format!("{missing} {is} missing, and the token is over {them}"),
        format!("{missing} gönderilmemiş; oysa token bunun üzerinden hesaplanır"),
    )
}

fn no_usual_mistake(call: SignedCall) -> Mistake {
    let mut names = call.fields().to_vec();
    names.insert(call.salt_place(names.len()), "merchant_salt");
    let order = names.join(" + ");
    Mistake::new(
        "unknown",
        format!(
            "by no mistake that is known here: it is base64 of the HMAC-SHA256, by merchant_key, \
             over {order}, each exactly as posted"
        ),
        format!(
            "bilinen hatalardan hiçbiri değil: doğrusu, merchant_key ile {order} metninin \
             HMAC-SHA256 değerinin base64 hâlidir; her alan gönderildiği gibi imzalanır"
        ),
    )
}

#[cfg(test)]
mod tests;
