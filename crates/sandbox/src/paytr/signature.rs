//! The arithmetic of tokens: base64 of an HMAC-SHA256 over texts that are strung together.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::merchant::Merchant;

/// The bytes behind a token. Absent never: a key of any length will do.
fn fed(key: &str, parts: &[&str]) -> Option<Hmac<Sha256>> {
    let mut hmac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
    for part in parts {
        hmac.update(part.as_bytes());
    }
    Some(hmac)
}

/// The HMAC of the parts, strung together.
pub(super) fn digest(key: &str, parts: &[&str]) -> Vec<u8> {
    fed(key, parts)
        .map(|hmac| hmac.finalize().into_bytes().to_vec())
        .unwrap_or_default()
}

/// The token over the parts, strung together.
pub(super) fn token(key: &str, parts: &[&str]) -> String {
    STANDARD.encode(digest(key, parts))
}

/// Whether the token is the merchant's over these texts, compared in constant time.
pub(super) fn is_right(merchant: &Merchant, texts: &[&str], token: &str) -> bool {
    let Ok(token) = STANDARD.decode(token) else {
        return false;
    };
    let parts: Vec<_> = texts.iter().copied().chain([merchant.salt()]).collect();
    fed(merchant.key(), &parts).is_some_and(|hmac| hmac.verify_slice(&token).is_ok())
}

/// The hash of a callback, with the salt in the middle.
pub(super) fn callback_hash(
    merchant: &Merchant,
    callback_id: &str,
    merchant_oid: &str,
    status: &str,
    total_amount: &str,
) -> String {
    let salt = merchant.salt();
    let parts = [callback_id, merchant_oid, salt, status, total_amount];
    token(merchant.key(), &parts)
}
