//! One OTP challenge, as a value that a back end keeps between two requests.

#[cfg(feature = "serde")]
mod stored;

use std::borrow::Cow;
use std::fmt;

use crate::{Error, OtpToken, PhoneNumber, Reason, Recipient, Secret, SessionId};

const OTHER_PROVIDER: Reason = Reason::new(
    "challenge_of_another_provider",
    "belongs to another provider",
    "başka bir sağlayıcıya ait",
);

/// One OTP challenge: the session, the recipient, and what the provider needs to go on.
///
/// Calls answer with the challenge to use from then on ([`OtpSent::challenge`], and
/// [`Error::challenge`] where a provider renewed it with its refusal). Always go on with the newest:
/// some providers rotate token and session.
///
/// A challenge that a merchant makes names no provider; the first answer does, and no other provider
/// takes it from then on.
///
/// With the feature `serde` a challenge can be stored between two requests. What is written holds
/// the session, the token, the provider's state and the full recipient in clear: keep it where you
/// keep sessions, never in a page or a log. The caller is never written.
///
/// ```
/// use onay_core::{OtpChallenge, PhoneNumber, SessionId};
///
/// let challenge = OtpChallenge::for_phone(
///     SessionId::parse("order-1")?,
///     PhoneNumber::parse("0555 000 00 42")?,
/// )
/// .for_caller("203.0.113.7");
/// assert_eq!(challenge.phone().map(|phone| phone.e164()), Some("+905550000042"));
/// assert!(challenge.token().is_none());
/// # Ok::<(), onay_core::Error>(())
/// ```
///
/// [`OtpSent::challenge`]: crate::OtpSent::challenge
/// [`Error::challenge`]: crate::Error::challenge
#[derive(Clone)]
pub struct OtpChallenge {
    session: SessionId,
    recipient: Option<Recipient>,
    token: Option<OtpToken>,
    provider: Option<Cow<'static, str>>,
    state: Option<Secret>,
    caller: Option<Secret>,
}

impl OtpChallenge {
    /// A challenge in this session, without a recipient yet.
    pub fn new(session: SessionId) -> Self {
        Self {
            session,
            recipient: None,
            token: None,
            provider: None,
            state: None,
            caller: None,
        }
    }

    /// A challenge for a phone number that the merchant knows.
    pub fn for_phone(session: SessionId, phone: PhoneNumber) -> Self {
        Self::new(session).with_recipient(phone)
    }

    /// Names the recipient.
    #[must_use]
    pub fn with_recipient(mut self, recipient: impl Into<Recipient>) -> Self {
        self.recipient = Some(recipient.into());
        self
    }

    /// Adds the provider's own name for the recipient or the verification.
    #[must_use]
    pub fn with_token(mut self, token: OtpToken) -> Self {
        self.token = Some(token);
        self
    }

    /// Names the provider that it belongs to. Providers do this with their first answer.
    #[must_use]
    pub fn with_provider(mut self, provider: impl Into<Cow<'static, str>>) -> Self {
        self.provider = Some(provider.into());
        self
    }

    /// Adds what the provider itself wants to find again. Only providers set it; a caller carries it.
    #[must_use]
    pub fn with_state(mut self, state: impl Into<String>) -> Self {
        self.state = Some(Secret::new(state));
        self
    }

    /// Says who asks: an IP address, a customer id. A guard counts by it; it is never stored and
    /// never sent.
    #[must_use]
    pub fn for_caller(mut self, caller: &str) -> Self {
        self.caller = Some(Secret::new(caller));
        self
    }

    /// What ties the calls together.
    pub fn session(&self) -> &SessionId {
        &self.session
    }

    /// Who gets the code, where it is known.
    pub fn recipient(&self) -> Option<&Recipient> {
        self.recipient.as_ref()
    }

    /// The recipient's phone number, where it is one.
    pub fn phone(&self) -> Option<&PhoneNumber> {
        self.recipient.as_ref()?.phone()
    }

    /// The provider's own name for the recipient or the verification, where it gave one.
    pub fn token(&self) -> Option<&OtpToken> {
        self.token.as_ref()
    }

    /// The provider that it belongs to, once one has answered.
    pub fn provider(&self) -> Option<&str> {
        self.provider.as_deref()
    }

    /// What the provider itself wants to find again.
    pub fn state(&self) -> Option<&str> {
        self.state.as_ref().map(Secret::expose)
    }

    /// Who asks, where the merchant said so.
    pub fn caller(&self) -> Option<&Secret> {
        self.caller.as_ref()
    }

    /// Refuses a challenge of another provider; providers ask this first.
    ///
    /// # Errors
    ///
    /// [`Unsupported`](crate::ErrorKind::Unsupported), nothing sent: it names another provider.
    pub fn check_provider(&self, provider: &'static str) -> Result<(), Error> {
        match self.provider() {
            Some(named) if named != provider => {
                Err(Error::unsupported("challenge", OTHER_PROVIDER).with_provider(provider))
            }
            _ => Ok(()),
        }
    }
}

/// Secrets are compared as texts: both sides are the merchant's own.
impl PartialEq for OtpChallenge {
    fn eq(&self, other: &Self) -> bool {
        self.session == other.session
            && self.recipient == other.recipient
            && self.token == other.token
            && self.provider == other.provider
            && self.state() == other.state()
            && self.caller().map(Secret::expose) == other.caller().map(Secret::expose)
    }
}

impl Eq for OtpChallenge {}

impl fmt::Debug for OtpChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OtpChallenge")
            .field("session", &self.session)
            .field("recipient", &self.recipient)
            .field("token", &self.token)
            // A stored one can name anything.
            .field("provider", &self.provider.as_ref().map(|_| "…"))
            .field("state", &self.state)
            .field("caller", &self.caller)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    fn whole() -> OtpChallenge {
        OtpChallenge::new(SessionId::parse("canary-session").expect("session"))
            .with_recipient(PhoneNumber::parse("05550000042").expect("phone"))
            .with_token(OtpToken::parse("canary-token").expect("token"))
            .with_provider("canary-provider")
            .with_state("canary-state")
            .for_caller("canary-caller")
    }

    #[test]
    fn debug_shows_nothing_that_could_be_used() {
        let shown = format!("{:?}", whole());
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains("+90 555 *** ** 42"), "{shown}");
    }

    #[test]
    fn every_part_is_handed_back() {
        let challenge = whole();
        assert_eq!(challenge.session().expose(), "canary-session");
        assert!(challenge.recipient().is_some() && challenge.phone().is_some());
        assert_eq!(
            challenge.token().map(OtpToken::expose),
            Some("canary-token")
        );
        assert_eq!(challenge.state(), Some("canary-state"));
        assert_eq!(
            challenge.caller().map(Secret::expose),
            Some("canary-caller")
        );
        assert_eq!(challenge, challenge.clone());
        assert_ne!(challenge, challenge.clone().for_caller("another"));
        let bare = OtpChallenge::new(challenge.session().clone());
        assert_eq!((bare.recipient(), bare.token()), (None, None));
        assert_eq!((bare.provider(), bare.state()), (None, None));
    }

    #[test]
    fn another_providers_challenge_is_not_taken() {
        let error = whole().check_provider("acme").expect_err("another's");
        assert_eq!(error.kind(), ErrorKind::Unsupported);
        assert_eq!(error.provider(), Some("acme"));
        assert!(!format!("{error} {error:?}").contains("canary"));
        let own = whole().with_provider("acme");
        own.check_provider("acme").expect("its own");
        let new = OtpChallenge::new(own.session().clone());
        new.check_provider("acme").expect("a new one");
    }
}
