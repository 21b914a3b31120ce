//! An address that a customer opens in a browser.

use std::fmt;
use std::str::FromStr;

use crate::{Error, Reason};

/// Longer than any browser opens.
const MAX_BYTES: usize = 2_048;

const UNPRINTABLE: Reason = Reason::new(
    "web_address_characters",
    "holds a blank or a character that is not visible ASCII",
    "boşluk veya görünür ASCII olmayan bir karakter içeriyor",
);
const SCHEME: Reason = Reason::new(
    "web_address_scheme",
    "does not begin with https:// or http://",
    "https:// veya http:// ile başlamıyor",
);
const HOST: Reason = Reason::new("web_address_host", "names no host", "sunucu adı içermiyor");
const USER: Reason = Reason::new(
    "web_address_user",
    "names a user before the host, which deceives readers",
    "sunucu adından önce bir kullanıcı adı içeriyor; bu, okuyanı yanıltır",
);
const TOO_LONG: Reason = Reason::new(
    "web_address_too_long",
    "is longer than 2,048 bytes",
    "2.048 bayttan uzun",
);

/// An address of the web that cannot deceive its reader: `https://` or `http://`, a host, no user
/// name, visible ASCII alone.
///
/// A payment link, or a page of 3-D Secure. What follows the host may hold a token, so `Debug` shows
/// the scheme and the host alone.
///
/// ```
/// use onay_core::WebAddress;
///
/// let address = WebAddress::parse("https://example.com/pay?id=1")?;
/// assert_eq!(address.as_str(), "https://example.com/pay?id=1");
/// assert_eq!(format!("{address:?}"), "WebAddress(https://example.com/…)");
/// assert!(WebAddress::parse("javascript:alert(1)").is_err());
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct WebAddress(Box<str>);

impl WebAddress {
    /// Takes an address, or says why it cannot be one.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput), nothing sent: another scheme, no host, a
    /// user name, more than 2,048 bytes, or anything that is not visible ASCII.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let host = origin(text).map(|(_, host)| host);
        let reason = if text.len() > MAX_BYTES {
            TOO_LONG
        } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            UNPRINTABLE
        } else {
            match host {
                None => SCHEME,
                // A browser reads a backslash as a slash: what is the host would be a question.
                Some(host) if host.is_empty() || host.starts_with(':') => HOST,
                Some(host) if host.contains(['@', '\\']) => USER,
                Some(_) => return Ok(Self(text.into())),
            }
        };
        Err(Error::invalid_input("address", reason))
    }

    /// The address itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, host) = origin(&self.0).unwrap_or_default();
        write!(f, "WebAddress({scheme}{host}/…)")
    }
}

impl FromStr for WebAddress {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

/// The scheme with its slashes, and the host with its port.
fn origin(text: &str) -> Option<(&str, &str)> {
    let length = ["https://", "http://"].into_iter().find_map(|scheme| {
        let begins = text.get(..scheme.len())?.eq_ignore_ascii_case(scheme);
        begins.then_some(scheme.len())
    })?;
    let (scheme, rest) = text.split_at_checked(length)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    Some((scheme, rest.get(..end)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_shows_all_that_it_is() {
        for text in [
            "https://example.com/3d?token=1&b=%C3%A7#x",
            "https://example.com/a@b",
            "HTTP://127.0.0.1:8080",
            "http://[::1]/",
        ] {
            assert_eq!(WebAddress::parse(text).expect(text).as_str(), text);
        }
        let long = format!("https://example.com/{}", "a".repeat(MAX_BYTES));
        for (text, reason) in [
            ("", SCHEME),
            ("https://", HOST),
            ("https:///path", HOST),
            ("https://:443/", HOST),
            ("https://?x", HOST),
            ("https://bank.example.com@example.net/", USER),
            ("https://example.net\\@bank.example.com/", USER),
            ("example.com", SCHEME),
            (" https://example.com", UNPRINTABLE),
            ("javascript:alert(1)", SCHEME),
            ("ftp://example.com", SCHEME),
            ("file:///etc/hosts", SCHEME),
            ("https:/example.com", SCHEME),
            ("https://x/\u{1b}]0;pwned\u{7}", UNPRINTABLE),
            ("https://x/\n", UNPRINTABLE),
            ("https://x/a b", UNPRINTABLE),
            ("https://x/\u{202e}moc", UNPRINTABLE),
            ("https://örnek.example", UNPRINTABLE),
            (long.as_str(), TOO_LONG),
        ] {
            let error = WebAddress::parse(text).expect_err(text);
            assert_eq!(error.reason(), Some(reason), "{text:?}");
        }
    }

    #[test]
    fn debug_shows_no_path() {
        let address = WebAddress::parse("https://example.com:8443?canary").expect("an address");
        assert_eq!(
            format!("{address:?}"),
            "WebAddress(https://example.com:8443/…)"
        );
    }
}
