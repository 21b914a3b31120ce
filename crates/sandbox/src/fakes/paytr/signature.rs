//! `token` computes base64 of an HMAC-SHA256 over texts that are strung together.

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
    let parts: Vec<_> = texts
        .iter()
        .copied()
        .chain([merchant.salt.as_str()])
        .collect();
    fed(&merchant.key, &parts).is_some_and(|hmac| hmac.verify_slice(&token).is_ok())
}

/// The hash of a callback, with the salt in the middle.
pub(super) fn callback_hash(
    merchant: &Merchant,
    callback_id: &str,
    merchant_oid: &str,
    status: &str,
    total_amount: &str,
) -> String {
    let salt = merchant.salt.as_str();
    let parts = [callback_id, merchant_oid, salt, status, total_amount];
    token(&merchant.key, &parts)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn the_hash_of_a_callback_is_the_known_one() {
        let vectors: Value =
            serde_json::from_str(include_str!("../../../tests/fixtures/paytr/vectors.json"))
                .expect("JSON");
        let of_callback = |list: &str, key: &str| {
            let vectors = vectors[list].as_array().expect("a list");
            let vector = vectors.iter().find(|vector| vector[key] == "callback");
            vector.expect("a callback").clone()
        };
        let (good, wrong) = (of_callback("good", "call"), of_callback("wrong", "like"));
        let text = |name: &str| good[name].as_str().expect("text");
        let field = |name: &str| good["fields"][name].as_str().expect("text");
        let merchant = Merchant::new(
            text("merchant_id"),
            text("merchant_key"),
            text("merchant_salt"),
        )
        .expect("a merchant");
        let hash = |callback_id| {
            callback_hash(
                &merchant,
                callback_id,
                field("merchant_oid"),
                field("status"),
                field("total_amount"),
            )
        };
        assert_eq!(hash(field("callback_id")), text("token"));
        assert_eq!(hash(""), wrong["token"]);
    }
}
