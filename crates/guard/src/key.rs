//! What a store knows people by: a keyed hash, and nothing that could be read back.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use onay_core::{LinkId, LinkRecipient, OtpChallenge, OtpRecipient};
use sha2::Sha256;

const BYTES: usize = 16;

/// A recipient, a caller or a slot, as a store knows it: the first half of an HMAC-SHA256 with the
/// secret of the [builder](crate::GuardedBuilder::secret).
///
/// Without that secret nobody can tell which number it is, nor try them all. `Display` writes 32
/// hexadecimal digits.
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

/// Where one message goes: what must not happen twice, and who would get it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Aim {
    pub(crate) slot: Key,
    pub(crate) recipient: Key,
}

/// Makes the keys of one scope.
#[derive(Clone)]
pub(crate) struct Keyring(Hmac<Sha256>);

impl Keyring {
    /// `None` for a secret that no HMAC takes, which is none.
    pub(crate) fn new(secret: &[u8], scope: &str) -> Option<Self> {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
        add(&mut mac, scope);
        Some(Self(mac))
    }

    /// An OTP is guarded by its number, so that another session brings no second code. Where only
    /// the provider knows the number, by the session: the token is another one after every resend.
    pub(crate) fn otp(&self, challenge: &OtpChallenge) -> Aim {
        let slot = match challenge.recipient() {
            OtpRecipient::Gsm(gsm) => self.key("otp gsm", &[gsm.e164()]),
            _ => self.key("otp session", &[challenge.session().reveal()]),
        };
        Aim {
            slot,
            recipient: slot,
        }
    }

    /// A link is guarded by link and recipient: another link is another message. Limits count by
    /// recipient.
    pub(crate) fn link(&self, link: &LinkId, recipient: &LinkRecipient) -> Aim {
        let lower;
        let (kind, address) = match recipient {
            LinkRecipient::Sms(gsm) => ("link gsm", gsm.e164()),
            LinkRecipient::Email(address) => {
                // No mailbox of today tells them apart.
                lower = address.as_str().to_lowercase();
                ("link email", lower.as_str())
            }
            // A kind that core will learn: one slot for all of them is the careful choice.
            _ => ("link other", ""),
        };
        Aim {
            slot: self.key(kind, &[address, link.as_str()]),
            recipient: self.key(kind, &[address]),
        }
    }

    pub(crate) fn caller(&self, caller: &str) -> Key {
        self.key("caller", &[caller])
    }

    fn key(&self, kind: &str, parts: &[&str]) -> Key {
        let mut mac = self.0.clone();
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

/// Each part with its length before it: no two lists of parts read the same.
fn add(mac: &mut Hmac<Sha256>, part: &str) {
    let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
    mac.update(&length.to_be_bytes());
    mac.update(part.as_bytes());
}

#[cfg(test)]
mod tests {
    use onay_core::{EmailAddress, Gsm, OtpToken, SessionId};

    use super::*;

    const SECRET: &[u8] = b"sixteen bytes or more";

    fn ring(scope: &str) -> Keyring {
        Keyring::new(SECRET, scope).expect("a secret")
    }

    fn session(text: &str) -> SessionId {
        SessionId::parse(text).expect("a session")
    }

    fn gsm(text: &str) -> Gsm {
        Gsm::parse(text).expect("a number")
    }

    #[test]
    fn a_number_is_one_slot_whatever_the_session_and_the_spelling() {
        let ring = ring("paynet");
        let one = OtpChallenge::for_gsm(session("a"), gsm("0555 000 00 42"));
        let two = OtpChallenge::for_gsm(session("b"), gsm("+905550000042"));
        let other = OtpChallenge::for_gsm(session("a"), gsm("0555 000 00 43"));
        assert_eq!(ring.otp(&one).slot, ring.otp(&two).slot);
        assert_ne!(ring.otp(&one).slot, ring.otp(&other).slot);
    }

    #[test]
    fn a_rotated_token_is_the_same_slot() {
        let ring = ring("paywall-masterpass");
        let token = |token| OtpToken::parse(token).expect("a token");
        let one = OtpChallenge::for_token(session("s"), token("1"));
        let two = OtpChallenge::for_token(session("s"), token("2"));
        let opened = OtpChallenge::for_session(session("s"));
        assert_eq!(ring.otp(&one).slot, ring.otp(&two).slot);
        assert_eq!(ring.otp(&one).slot, ring.otp(&opened).slot);
    }

    #[test]
    fn links_differ_and_their_recipient_does_not() {
        let ring = ring("paytr-link");
        let link = |text| LinkId::parse(text).expect("a link");
        let email = |text| LinkRecipient::from(EmailAddress::parse(text).expect("an address"));
        let one = ring.link(&link("NB2Zlz3"), &email("musteri@example.com"));
        let two = ring.link(&link("NB2Zlz4"), &email("Musteri@example.com"));
        assert_ne!(one.slot, two.slot);
        assert_eq!(one.recipient, two.recipient);
        let sms = ring.link(&link("NB2Zlz3"), &gsm("0555 000 00 42").into());
        assert_ne!(one.slot, sms.slot);
        assert_ne!(sms.slot, sms.recipient);
    }

    #[test]
    fn scope_secret_and_kind_part_everything() {
        let other = Keyring::new(b"another secret, also long", "paynet").expect("a secret");
        let keys = [
            ring("paynet").caller("42"),
            ring("paytr").caller("42"),
            other.caller("42"),
            ring("paynet").key("otp gsm", &["42"]),
            ring("paynet").key("otp gsm", &["4", "2"]),
        ];
        let distinct: std::collections::HashSet<_> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
    }
}
