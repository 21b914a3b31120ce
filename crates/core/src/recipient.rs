//! The person who gets a code or a link.

use std::fmt;

use crate::{EmailAddress, PhoneNumber};

/// Where a code or a payment link goes.
///
/// `Debug` shows it masked.
///
/// ```
/// use onay_core::{PhoneNumber, Recipient};
///
/// let recipient = Recipient::from(PhoneNumber::parse("0555 000 00 42")?);
/// assert_eq!(recipient.masked().to_string(), "+90 555 *** ** 42");
/// assert!(recipient.email().is_none());
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Recipient {
    /// By SMS.
    Phone(PhoneNumber),
    /// By e-mail.
    Email(EmailAddress),
}

impl Recipient {
    /// The phone number, where it is one.
    pub fn phone(&self) -> Option<&PhoneNumber> {
        match self {
            Self::Phone(phone) => Some(phone),
            Self::Email(_) => None,
        }
    }

    /// The e-mail address, where it is one.
    pub fn email(&self) -> Option<&EmailAddress> {
        match self {
            Self::Email(address) => Some(address),
            Self::Phone(_) => None,
        }
    }

    /// A view for people: enough to recognise one's own, too little to write to.
    pub fn masked(&self) -> impl fmt::Display + '_ {
        Masked(self)
    }
}

impl From<PhoneNumber> for Recipient {
    fn from(phone: PhoneNumber) -> Self {
        Self::Phone(phone)
    }
}

impl From<EmailAddress> for Recipient {
    fn from(address: EmailAddress) -> Self {
        Self::Email(address)
    }
}

struct Masked<'a>(&'a Recipient);

impl fmt::Display for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Recipient::Phone(phone) => phone.masked().fmt(f),
            Recipient::Email(address) => address.masked().fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_made_of_its_value_and_shown_masked() {
        let phone = PhoneNumber::parse("0555 000 00 42").expect("a phone number");
        let address = EmailAddress::parse("musteri@example.com").expect("an address");
        let recipient = Recipient::from(phone);
        assert_eq!((recipient.phone(), recipient.email()), (Some(&phone), None));
        let recipient = Recipient::from(address.clone());
        assert_eq!(
            (recipient.phone(), recipient.email()),
            (None, Some(&address))
        );
        assert_eq!(recipient.masked().to_string(), "m***@example.com");
        assert_eq!(
            format!("{recipient:?}"),
            "Email(EmailAddress(m***@example.com))"
        );
    }
}
