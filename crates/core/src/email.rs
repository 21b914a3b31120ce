//! An e-mail address in its ordinary form.

use std::fmt;
use std::str::FromStr;

use crate::Error;

/// The longest address that SMTP can carry.
const MAX_BYTES: usize = 254;

/// An e-mail address in its ordinary form: `name@example.com`.
///
/// Nothing is changed, not even case: what is signed must be what is posted. `Debug` and `Display`
/// show it masked.
///
/// ```
/// use onay_core::EmailAddress;
///
/// let address = EmailAddress::parse("musteri@example.com")?;
/// assert_eq!(address.as_str(), "musteri@example.com");
/// assert_eq!(address.to_string(), "m***@example.com");
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Takes an address, or says why it cannot be one. Quoted names and bare hosts are not taken.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput), nothing sent.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let refuse = |why| Err(Error::invalid_input("email", why));
        if text.len() > MAX_BYTES {
            return refuse("is longer than 254 bytes");
        }
        if text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "\"(),:;<>[\\]".contains(c))
        {
            return refuse("holds a character that no ordinary address has");
        }
        let Some((name, host)) = text.split_once('@') else {
            return refuse("has no @");
        };
        if name.is_empty() || has_empty_label(name) {
            return refuse("has no proper name before the @");
        }
        if !host.contains('.') || has_empty_label(host) || host.contains('@') {
            return refuse("has no proper domain after the @");
        }
        Ok(Self(text.to_owned()))
    }

    /// The address itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&masked(&self.0))
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EmailAddress({self})")
    }
}

impl FromStr for EmailAddress {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

/// `m***@example.com`: enough to recognise one's own, too little to write to.
pub(crate) fn masked(address: &str) -> String {
    let (name, host) = address.split_once('@').unwrap_or((address, ""));
    let first = name.chars().next().map(String::from).unwrap_or_default();
    format!("{first}***@{host}")
}

fn has_empty_label(text: &str) -> bool {
    text.split('.').any(str::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_ordinary_addresses_unchanged() {
        for text in [
            "a@example.com",
            "a+b@example.com",
            "Ad.Soyad@posta.example.com.tr",
            "o'neil_1@example.com",
        ] {
            assert_eq!(EmailAddress::parse(text).expect(text).as_str(), text);
        }
    }

    #[test]
    fn refuses_the_rest() {
        let long = format!("{}@example.com", "a".repeat(MAX_BYTES));
        for text in [
            "",
            "a",
            "@example.com",
            "a@",
            "a@b",
            "a@@example.com",
            "a@b@example.com",
            "a b@example.com",
            "a@example.com\n",
            "a@example..com",
            "a@.com",
            ".a@example.com",
            "a..b@example.com",
            "<a@example.com>",
            "a@example.com,b@example.com",
            long.as_str(),
        ] {
            let error = EmailAddress::parse(text).expect_err(text);
            assert_eq!(error.field(), Some("email"));
        }
    }

    #[test]
    fn the_longest_address_is_taken() {
        let longest = format!("{}@example.com", "a".repeat(MAX_BYTES - 12));
        assert_eq!(longest.len(), MAX_BYTES);
        assert_eq!(
            longest.parse::<EmailAddress>().expect("taken").as_str(),
            longest
        );
    }

    #[test]
    fn debug_and_display_show_the_same() {
        let address = EmailAddress::parse("musteri@example.com").expect("an address");
        assert_eq!(
            format!("{address} {address:?}"),
            "m***@example.com EmailAddress(m***@example.com)"
        );
    }
}
