//! Writes the `authorization` header of basic authentication (RFC 7617).

use onay_core::Secret;

const ALPHABET: [u8; 64] = *b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// `Basic`, and user and password in base64.
pub(crate) fn authorization(user: &str, password: &Secret) -> Secret {
    let pair = Secret::new(format!("{user}:{}", password.expose()));
    Secret::new(format!("Basic {}", base64(pair.expose().as_bytes())))
}

/// The standard alphabet, padded (RFC 4648). Twenty lines in place of a dependency.
fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let sextet = usize::try_from(bits >> (18 - 6 * place) & 63).unwrap_or_default();
            let letter = ALPHABET.get(sextet).copied().unwrap_or(b'=');
            text.push(if place > chunk.len() {
                '='
            } else {
                char::from(letter)
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_rfc_4648_hold() {
        for (bytes, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("\u{3ff}\u{7ff}>>>???", "z7/fvz4+Pj8/Pw=="),
        ] {
            assert_eq!(base64(bytes.as_bytes()), expected, "{bytes:?}");
        }
    }

    #[test]
    fn the_example_of_rfc_7617_holds() {
        let password = Secret::new("open sesame");
        assert_eq!(
            authorization("Aladdin", &password).expose(),
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
        );
    }
}
