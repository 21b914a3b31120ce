//! `Key` is a keyed hash, by which a store knows a recipient, a caller or a slot.

use std::borrow::Cow;
use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use onay_core::{LinkNotice, OtpChallenge, Recipient};
use sha2::Sha256;

const BYTES: usize = 16;

/// A recipient, a caller or a slot, as a store knows it: the first half of an HMAC-SHA256 with the
/// secret of the [builder](crate::GuardedBuilder::secret).
///
/// Without that secret the number behind it cannot be found, not even by trying all numbers.
/// (The ids in a [`PaymentBook`](crate::PaymentBook) are hashed without a secret.)
/// `Display` writes 32 hexadecimal digits.
///
/// ```
/// use onay_guard::Key;
///
/// assert_eq!(Key::new([0xa5; 16]).to_string(), "a5".repeat(16));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key([u8; BYTES]);

impl Key {
    /// A key of these bytes, for the tests of a store. The guard makes its own.
    pub const fn new(bytes: [u8; BYTES]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub const fn as_bytes(&self) -> &[u8; BYTES] {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({self})")
    }
}

/// Where one message goes: the slot that it takes, and the recipient that limits count.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    pub(crate) slot: Key,
    pub(crate) recipient: Key,
    /// The range of numbers that the recipient's is in, where such ranges are limited.
    pub(crate) range: Option<Key>,
}

/// Makes the keys of one scope.
#[derive(Clone)]
pub(crate) struct Keyring {
    mac: Hmac<Sha256>,
    /// How many digits the numbers of one range share.
    range_digits: Option<usize>,
}

impl Keyring {
    /// `None` for a secret that HMAC does not take, which cannot happen: it takes any length.
    pub(crate) fn new(secret: &[u8], scope: &str) -> Option<Self> {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
        add(&mut mac, scope);
        Some(Self {
            mac,
            range_digits: None,
        })
    }

    /// Also makes the key of the range that a number is in.
    pub(crate) fn with_range(mut self, digits: Option<usize>) -> Self {
        self.range_digits = digits;
        self
    }

    /// An OTP is guarded by its recipient, so that another session brings no second code. Where only
    /// the provider knows the recipient, it is guarded by the session: the token is another one after
    /// every resend.
    pub(crate) fn otp(&self, challenge: &OtpChallenge) -> Target {
        if let Some(recipient) = challenge.recipient() {
            return self.otp_to(recipient);
        }
        let slot = self.key("otp session", &[challenge.session().expose()]);
        Target {
            slot,
            recipient: slot,
            range: None,
        }
    }

    /// An OTP to this recipient, in any session.
    pub(crate) fn otp_to(&self, recipient: &Recipient) -> Target {
        let (kind, address) = address(recipient);
        let slot = self.key("otp", &[kind, &address]);
        Target {
            slot,
            recipient: slot,
            range: self.range(recipient),
        }
    }

    /// A link is guarded by link and recipient: another link is another message. Limits count by
    /// recipient.
    pub(crate) fn link(&self, notice: &LinkNotice) -> Target {
        let (kind, address) = address(notice.recipient());
        Target {
            slot: self.key("link", &[kind, &address, notice.link().as_str()]),
            recipient: self.key("link", &[kind, &address]),
            range: self.range(notice.recipient()),
        }
    }

    /// Codes and links to one range are counted together.
    fn range(&self, recipient: &Recipient) -> Option<Key> {
        let digits = recipient.phone()?.msisdn().get(..self.range_digits?)?;
        Some(self.key("range", &[digits]))
    }

    /// A payment of a [`PaymentBook`](crate::PaymentBook).
    pub(crate) fn payment(&self, id: &str) -> Key {
        self.key("payment", &[id])
    }

    /// A message that goes out once.
    pub(crate) fn once(&self, key: &str) -> Key {
        self.key("once", &[key])
    }

    pub(crate) fn caller(&self, caller: &str) -> Key {
        self.key("caller", &[caller])
    }

    fn key(&self, kind: &str, parts: &[&str]) -> Key {
        let mut mac = self.mac.clone();
        add(&mut mac, kind);
        for part in parts {
            add(&mut mac, part);
        }
        let whole = mac.finalize().into_bytes();
        let mut key = [0; BYTES];
        for (place, byte) in key.iter_mut().zip(whole) {
            *place = byte;
        }
        Key(key)
    }
}

/// One spelling for one recipient.
fn address(recipient: &Recipient) -> (&'static str, Cow<'_, str>) {
    match recipient {
        Recipient::Phone(phone) => ("phone", Cow::Borrowed(phone.e164())),
        // Mailboxes of today do not tell letters of two cases apart.
        Recipient::Email(email) => ("email", Cow::Owned(email.as_str().to_lowercase())),
        // A kind that core will learn: one slot for all of them is the careful choice.
        _ => ("other", Cow::Borrowed("")),
    }
}

/// Each part with its length before it: no two lists of parts read the same.
fn add(mac: &mut Hmac<Sha256>, part: &str) {
    let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
    mac.update(&length.to_be_bytes());
    mac.update(part.as_bytes());
}

#[cfg(test)]
mod tests {
    use onay_core::{EmailAddress, OtpToken, PhoneNumber, SessionId};

    use super::*;

    const SECRET: &[u8] = b"sixteen bytes or more";

    fn ring(scope: &str) -> Keyring {
        Keyring::new(SECRET, scope).expect("a secret")
    }

    fn session(text: &str) -> SessionId {
        SessionId::parse(text).expect("a session")
    }

    fn phone(text: &str) -> PhoneNumber {
        PhoneNumber::parse(text).expect("a number")
    }

    fn email(text: &str) -> EmailAddress {
        EmailAddress::parse(text).expect("an address")
    }

    #[test]
    fn a_recipient_is_one_slot_in_any_session_token_and_spelling() {
        let ring = ring("paynet");
        let slot = |session_text, recipient: Recipient| {
            let token = OtpToken::parse(session_text).expect("a token");
            let challenge = OtpChallenge::new(session(session_text)).with_recipient(recipient);
            let with_token = ring.otp(&challenge.clone().with_token(token));
            assert_eq!(ring.otp(&challenge).slot, with_token.slot);
            with_token.slot
        };
        let turkish = slot("a", phone("0555 000 00 42").into());
        assert_eq!(turkish, slot("b", phone("+905550000042").into()));
        assert_ne!(turkish, slot("a", phone("0555 000 00 43").into()));
        let german = slot("a", phone("+49 151 23456789").into());
        assert_eq!(german, slot("b", phone("0049 151 234567 89").into()));
        let mail = slot("a", email("musteri@example.com").into());
        assert_eq!(mail, slot("b", email("Musteri@Example.com").into()));
        assert_ne!(mail, slot("a", email("baskasi@example.com").into()));
    }

    #[test]
    fn a_key_is_written_in_hexadecimal() {
        let mut bytes = [0; BYTES];
        bytes[0] = 0xa5;
        let written = format!("a5{}", "00".repeat(BYTES - 1));
        assert_eq!(Key(bytes).to_string(), written);
        assert_eq!(format!("{:?}", Key(bytes)), format!("Key({written})"));
    }

    #[test]
    fn scope_secret_and_kind_part_everything() {
        let other = Keyring::new(b"another secret, also long", "paynet").expect("a secret");
        let keys = [
            ring("paynet").caller("42"),
            ring("paytr").caller("42"),
            other.caller("42"),
            ring("paynet").key("otp", &["42"]),
            ring("paynet").key("otp", &["4", "2"]),
        ];
        let distinct: std::collections::HashSet<_> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
    }
}
