//! Mistakes after the arithmetic or in it: the right bytes written in another way, or another digest.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::super::signature::digest;
use super::Mistake;
use super::candidate::Case;
use crate::tenant::hex_start;

/// The mistake in how the token is written, if it is one.
pub(super) fn find(case: &Case<'_>) -> Option<Mistake> {
    let parts = case.parts();
    let digest = digest(case.secrets.key, &parts);
    let hex = hex_start(&digest, digest.len());
    let right = STANDARD.encode(&digest);
    let token = case.token;
    let (id, english, turkish) = if token.eq_ignore_ascii_case(&hex) {
        (
            "hex",
            "it is hex, where PayTR wants base64",
            "onaltılık yazılmış; PayTR base64 ister",
        )
    } else if token == STANDARD.encode(&hex) {
        (
            "base64_of_hex",
            "it is base64 of the hex digits; PayTR wants base64 of the bytes",
            "onaltılık metnin base64 hâli; PayTR baytların base64 hâlini ister",
        )
    } else if token == STANDARD_NO_PAD.encode(&digest) {
        (
            "padding",
            "the = at its end is missing",
            "sonundaki = eksik",
        )
    } else if [URL_SAFE.encode(&digest), URL_SAFE_NO_PAD.encode(&digest)]
        .iter()
        .any(|other| other == token)
    {
        (
            "url_safe",
            "it is base64 of the URL-safe alphabet; PayTR wants + and / for - and _",
            "base64'ün URL alfabesiyle yazılmış; PayTR - ve _ yerine + ve / ister",
        )
    } else if token.replace(' ', "+") == right {
        (
            "plus",
            "a + in it was not percent-encoded as %2B and arrived as a blank",
            "içindeki + işareti %2B olarak kodlanmadığı için boşluk olarak ulaşmış",
        )
    } else if decoded_once(token) == right {
        (
            "encoded_twice",
            "it was percent-encoded twice: a %2B, %2F or %3D arrived in it",
            "iki kez yüzde kodlanmış: içinde %2B, %2F ya da %3D ulaşmış",
        )
    } else if token.trim() == right {
        (
            "blanks_around",
            "there are blanks or line breaks around it",
            "başında ya da sonunda boşluk veya satır sonu var",
        )
    } else if token == format!("b'{right}'") {
        (
            "python_bytes",
            "it is Python's b'…': the bytes have to be decoded to text",
            "Python'un b'…' gösterimi: baytlar önce metne çevrilmeli",
        )
    } else if token.trim_matches(['"', '\'']) == right {
        (
            "quotes_around_token",
            "there are quotes around it",
            "tırnak içinde gönderilmiş",
        )
    } else {
        return in_digest(case, &parts);
    };
    Some(Mistake::new(id, english, turkish))
}

fn in_digest(case: &Case<'_>, parts: &[&str]) -> Option<Mistake> {
    let text = parts.concat();
    let plain = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    let key = case.secrets.key;
    let with_key = [[key, text.as_str()].concat(), [&text, key].concat()];
    if case.is(&text, &[key]) {
        return Some(Mistake::new(
            "hmac_arguments",
            "text and key swapped in the call of the HMAC function",
            "HMAC işlevinin çağrısında metin ile anahtar yer değiştirmiş",
        ));
    }
    let is_plain = plain(&text) == case.token || with_key.iter().any(|it| plain(it) == case.token);
    is_plain.then(|| {
        Mistake::new(
            "no_hmac",
            "plain SHA-256, where PayTR wants the HMAC of it by merchant_key",
            "düz SHA-256; PayTR merchant_key ile HMAC-SHA256 ister",
        )
    })
}

/// The three signs of base64 that are percent-encoded, decoded.
fn decoded_once(token: &str) -> String {
    let mut decoded = token.to_owned();
    for (code, sign) in [("%2B", "+"), ("%2F", "/"), ("%3D", "=")] {
        decoded = decoded
            .replace(code, sign)
            .replace(&code.to_lowercase(), sign);
    }
    // Without a code in it, this is another case.
    if decoded == token {
        String::new()
    } else {
        decoded
    }
}
