//! An e-mail address in its ordinary form.

use std::fmt;
use std::str::FromStr;

use crate::unseen::is_format;
use crate::{Error, Reason};

/// PayTR takes no more, and no real address is longer.
const MAX_CHARACTERS: usize = 100;

const TOO_LONG: Reason = Reason::new(
    "email_too_long",
    "is longer than 100 characters",
    "100 karakterden uzun",
);
const UNUSUAL: Reason = Reason::new(
    "email_character",
    "holds a character that no ordinary address has",
    "olağan bir adreste bulunmayan bir karakter içeriyor",
);
const INVISIBLE: Reason = Reason::new(
    "email_invisible",
    "holds an invisible character",
    "görünmeyen bir karakter içeriyor",
);
const NO_AT: Reason = Reason::new("email_no_at", "has no @", "@ içermiyor");
const NO_NAME: Reason = Reason::new(
    "email_name",
    "has no proper name before the @",
    "@ işaretinden önceki ad geçerli değil",
);
const NO_DOMAIN: Reason = Reason::new(
    "email_domain",
    "has no proper domain after the @",
    "@ işaretinden sonraki alan adı geçerli değil",
);
const DOTLESS_I: Reason = Reason::new(
    "email_dotless_i",
    "has a dotless ı in its domain: is an i meant?",
    "alan adında noktasız ı var: i mi yazılmak istendi?",
);
const FOREIGN_DOMAIN: Reason = Reason::new(
    "email_domain_letters",
    "has a letter in its domain that is not ASCII: write the domain in its xn-- form",
    "alan adında ASCII olmayan bir harf var: alan adını xn-- biçiminde yazın",
);

/// An e-mail address in its ordinary form: `name@example.com`.
///
/// Blanks and invisible characters around it are dropped: people paste them along. Nothing else is
/// changed, not even case: what is signed must be what is posted. `Debug` shows it masked.
///
/// ```
/// use onay_core::EmailAddress;
///
/// let address = EmailAddress::parse("musteri@example.com\u{200b}")?;
/// assert_eq!(address.as_str(), "musteri@example.com");
/// assert_eq!(address.masked().to_string(), "m***@example.com");
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress(Box<str>);

impl EmailAddress {
    /// Takes an address, or says why it cannot be one. Quoted names and bare hosts are not taken.
    ///
    /// The part before the `@` may hold letters of any script; a provider that cannot carry them
    /// refuses them itself. The domain is ASCII (`xn--…` for others).
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput), nothing sent: more than 100 characters, an
    /// invisible character inside, no name, no domain, or a domain that is not ASCII.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || is_format(c));
        match check(text) {
            Ok(()) => Ok(Self(text.into())),
            Err(reason) => Err(Error::invalid_input("email", reason)),
        }
    }

    /// The address itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A view for people: `m***@example.com`.
    pub fn masked(&self) -> impl fmt::Display + '_ {
        Masked(&self.0)
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EmailAddress({})", Masked(&self.0))
    }
}

impl FromStr for EmailAddress {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

struct Masked<'a>(&'a str);

impl fmt::Display for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, domain) = self.0.split_once('@').unwrap_or((self.0, ""));
        let first = name.chars().next().map(String::from).unwrap_or_default();
        write!(f, "{first}***@{domain}")
    }
}

fn check(text: &str) -> Result<(), Reason> {
    if text.chars().count() > MAX_CHARACTERS {
        return Err(TOO_LONG);
    }
    if text.chars().any(is_format) {
        return Err(INVISIBLE);
    }
    let (name, domain) = text.split_once('@').ok_or(NO_AT)?;
    if !name.chars().all(is_of_name) || domain.chars().any(|c| c.is_whitespace() || c.is_control())
    {
        return Err(UNUSUAL);
    }
    if name.is_empty() || has_empty_label(name) {
        return Err(NO_NAME);
    }
    if domain.contains('ı') {
        return Err(DOTLESS_I);
    }
    if domain.chars().any(|c| !c.is_ascii() && c.is_alphanumeric()) {
        return Err(FOREIGN_DOMAIN);
    }
    let is_label = |label: &str| {
        let ends = label.starts_with('-') || label.ends_with('-');
        let letters = label
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-');
        !label.is_empty() && letters && !ends
    };
    if domain.contains('.') && domain.split('.').all(is_label) {
        Ok(())
    } else {
        Err(NO_DOMAIN)
    }
}

fn is_of_name(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_graphic() && !"\"(),:;<>[\\]".contains(c)
    } else {
        c.is_alphanumeric()
    }
}

fn has_empty_label(text: &str) -> bool {
    text.split('.').any(str::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_ordinary_addresses_unchanged() {
        let longest = format!("{}@example.com", "a".repeat(88));
        for text in [
            "a@example.com",
            "a+b@example.com",
            "Ad.Soyad@posta.example.com.tr",
            "o'neil_1@example.com",
            "müşteri@example.com",
            "a@xn--rnek-4qa.example.com",
            longest.as_str(),
        ] {
            assert_eq!(EmailAddress::parse(text).expect(text).as_str(), text);
        }
    }

    #[test]
    fn invisible_characters_around_it_are_dropped() {
        for text in [
            " musteri@example.com\n",
            "musteri@example.com\u{200b}",
            "\u{feff}musteri@example.com",
            "\u{202a}musteri@example.com\u{202c}",
        ] {
            let address = EmailAddress::parse(text).expect(text);
            assert_eq!(address.as_str(), "musteri@example.com");
        }
    }

    #[test]
    fn a_refusal_says_what_is_wrong() {
        let long = format!("{}@example.com", "a".repeat(89));
        for (text, reason) in [
            ("", NO_AT),
            ("musteri", NO_AT),
            ("@example.com", NO_NAME),
            (".a@example.com", NO_NAME),
            ("a..b@example.com", NO_NAME),
            ("a@", NO_DOMAIN),
            ("a@example", NO_DOMAIN),
            ("a@example..com", NO_DOMAIN),
            ("a@-example.com", NO_DOMAIN),
            ("a@example.com, b@example.com", UNUSUAL),
            ("a@b@example.com", NO_DOMAIN),
            ("a b@example.com", UNUSUAL),
            ("\"a b\"@example.com", UNUSUAL),
            ("Ali <a@example.com>", UNUSUAL),
            ("a\n@example.com", UNUSUAL),
            ("a@exam\nple.com", UNUSUAL),
            ("a@exa\u{200b}mple.com", INVISIBLE),
            ("ali@gma\u{131}l.example.com", DOTLESS_I),
            ("a@örnek.example.com", FOREIGN_DOMAIN),
            (long.as_str(), TOO_LONG),
        ] {
            let error = EmailAddress::parse(text).expect_err(text);
            assert_eq!(error.reason(), Some(reason), "{text:?}");
        }
    }

    #[test]
    fn debug_is_masked() {
        let address = EmailAddress::parse("şule@example.com").expect("an address");
        assert_eq!(format!("{address:?}"), "EmailAddress(ş***@example.com)");
    }
}
