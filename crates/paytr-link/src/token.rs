//! What each call signs, in which order, and the one computation that signs it.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use onay_core::{Error, Reason, Secret};
use sha2::Sha256;

use crate::PROVIDER;

type HmacSha256 = Hmac<Sha256>;

const NO_KEY: Reason = Reason::new("paytr_no_key", "cannot be a key", "anahtar olamaz");

/// The most that any call signs: seven fields and the salt.
const PARTS: usize = 8;

/// What a call signs: plain concatenation, with the merchant's salt inside.
///
/// The fields are the texts that are posted: what is signed in another form than it is posted is
/// refused.
///
/// ```
/// use onay_paytr_link::{Credentials, Signed};
///
/// let credentials = Credentials::parse("123456", "K3yForTests-0001", "S4ltForTests-001")?;
/// let signed = Signed::SendSms { id: "NB2Zlz3", cell_phone: "05551234567" };
/// assert_eq!(
///     signed.token(&credentials),
///     "i1i6HmTzhx96RyqZVq5AFMotWHrKSqZRQT/AVfcfL94=",
/// );
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Copy)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the fields are PayTR's own, by PayTR's names")]
pub enum Signed<'a> {
    /// `create` with `link_type=product`.
    CreateProduct {
        name: &'a str,
        price: &'a str,
        currency: &'a str,
        max_installment: &'a str,
        lang: &'a str,
        min_count: &'a str,
    },
    /// `create` with `link_type=collection`.
    CreateCollection {
        name: &'a str,
        price: &'a str,
        currency: &'a str,
        max_installment: &'a str,
        lang: &'a str,
        email: &'a str,
    },
    /// `send-sms`.
    SendSms { id: &'a str, cell_phone: &'a str },
    /// `send-email`.
    SendEmail { id: &'a str, email: &'a str },
    /// `delete`; several ids are joined by commas.
    Delete { id: &'a str },
    /// The callback's `hash`.
    Callback {
        callback_id: &'a str,
        merchant_oid: &'a str,
        status: &'a str,
        total_amount: &'a str,
    },
    /// The `hash` of a callback of PayTR's iFrame and Direct API.
    IframeCallback {
        merchant_oid: &'a str,
        status: &'a str,
        total_amount: &'a str,
    },
}

impl<'a> Signed<'a> {
    /// The parts in the order in which they are signed; what a call does not have is empty.
    #[rustfmt::skip]
    pub(crate) fn parts(&self, merchant_id: &'a str, salt: &'a str) -> [&'a str; PARTS] {
        match *self {
            Self::CreateProduct { name, price, currency, max_installment, lang, min_count } =>
                [name, price, currency, max_installment, "product", lang, min_count, salt],
            Self::CreateCollection { name, price, currency, max_installment, lang, email } =>
                [name, price, currency, max_installment, "collection", lang, email, salt],
            Self::SendSms { id, cell_phone } => [id, merchant_id, cell_phone, salt, "", "", "", ""],
            Self::SendEmail { id, email } => [id, merchant_id, email, salt, "", "", "", ""],
            Self::Delete { id } => [id, merchant_id, salt, "", "", "", "", ""],
            // The salt stands in the middle.
            Self::Callback { callback_id, merchant_oid, status, total_amount } =>
                [callback_id, merchant_oid, salt, status, total_amount, "", "", ""],
            Self::IframeCallback { merchant_oid, status, total_amount } =>
                [merchant_oid, salt, status, total_amount, "", "", "", ""],
        }
    }
}

impl fmt::Debug for Signed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The fields are numbers, addresses and names of customers.
        f.debug_struct("Signed").finish_non_exhaustive()
    }
}

/// A merchant's key, prepared once: a token costs one HMAC and one allocation. What was prepared is
/// wiped when dropped, like the key.
#[derive(Clone)]
pub(crate) struct Signer {
    prepared: HmacSha256,
    merchant_id: String,
    salt: Secret,
}

impl Signer {
    /// HMAC takes a key of any length; an error cannot happen, and is the library's way to say so.
    pub(crate) fn new(merchant_id: &str, key: &str, salt: &str) -> Result<Self, Error> {
        let prepared = HmacSha256::new_from_slice(key.as_bytes())
            .map_err(|_| Error::config("merchant_key", NO_KEY).with_provider(PROVIDER))?;
        Ok(Self {
            prepared,
            merchant_id: merchant_id.to_owned(),
            salt: Secret::new(salt),
        })
    }

    pub(crate) fn token(&self, signed: &Signed<'_>) -> String {
        STANDARD.encode(self.fed(&self.parts(signed)).finalize().into_bytes())
    }

    pub(crate) fn merchant_id(&self) -> &str {
        &self.merchant_id
    }

    /// Whether these bytes are the code over what was signed, compared in constant time.
    pub(crate) fn verifies(&self, signed: &Signed<'_>, code: &[u8]) -> bool {
        self.fed(&self.parts(signed)).verify_slice(code).is_ok()
    }

    fn parts<'a>(&'a self, signed: &Signed<'a>) -> [&'a str; PARTS] {
        signed.parts(&self.merchant_id, self.salt.expose())
    }

    fn fed(&self, parts: &[&str]) -> HmacSha256 {
        let mut hmac = self.prepared.clone();
        for part in parts {
            hmac.update(part.as_bytes());
        }
        hmac
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("merchant_id", &self.merchant_id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
