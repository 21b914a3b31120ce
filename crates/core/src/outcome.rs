//! What a provider's yes says.

use std::fmt;
use std::time::{Duration, SystemTime};

use crate::OtpChallenge;
use crate::error::bounded;

/// The provider took the request to send a code. It does not prove that the message arrived.
///
/// Times come twice. The `SystemTime`s are the provider's own clock. The `Duration`s are counted
/// from the moment its answer arrived and stay correct even if the local clock is wrong: use those
/// for a countdown. All are absent where the provider does not say.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use onay_core::{Gsm, OtpChallenge, OtpSent, SessionId};
///
/// let challenge = OtpChallenge::for_gsm(
///     SessionId::parse("order-1")?,
///     Gsm::parse("0555 000 00 42")?,
/// );
/// let wait = Duration::from_secs(180);
/// let sent = OtpSent::new(challenge).with_resend_after(SystemTime::now() + wait, wait);
/// assert_eq!(sent.resend_in(), Some(wait));
/// assert!(sent.expires_at().is_none());
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct OtpSent {
    challenge: OtpChallenge,
    resend_after: Option<SystemTime>,
    resend_in: Option<Duration>,
    expires_at: Option<SystemTime>,
    expires_in: Option<Duration>,
    expiry_text: Option<String>,
    reference: Option<String>,
}

impl OtpSent {
    /// Sent, and the conversation goes on with this challenge.
    pub fn new(challenge: OtpChallenge) -> Self {
        Self {
            challenge,
            resend_after: None,
            resend_in: None,
            expires_at: None,
            expires_in: None,
            expiry_text: None,
            reference: None,
        }
    }

    /// Adds when a resend is allowed: by the provider's clock, and counted from its answer.
    #[must_use]
    pub fn with_resend_after(mut self, at: SystemTime, remaining: Duration) -> Self {
        self.resend_after = Some(at);
        self.with_resend_in(remaining)
    }

    /// Adds how long until a resend is allowed, counted from the provider's answer, where the provider
    /// names no time of day.
    #[must_use]
    pub fn with_resend_in(mut self, remaining: Duration) -> Self {
        self.resend_in = Some(remaining);
        self
    }

    /// Adds when the code expires: by the provider's clock, and counted from its answer.
    #[must_use]
    pub fn with_expires_at(mut self, at: SystemTime, remaining: Duration) -> Self {
        self.expires_at = Some(at);
        self.with_expires_in(remaining)
    }

    /// Adds how long until the code expires, counted from the provider's answer, where the provider
    /// names no time of day.
    #[must_use]
    pub fn with_expires_in(mut self, remaining: Duration) -> Self {
        self.expires_in = Some(remaining);
        self
    }

    /// Adds the provider's own text of the expiry, whether or not it could be read. It is cut at 100
    /// characters.
    #[must_use]
    pub fn with_expiry_text(mut self, text: impl Into<String>) -> Self {
        self.expiry_text = Some(bounded(text.into()));
        self
    }

    /// Adds the provider's reference.
    #[must_use]
    pub fn with_reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = Some(reference.into());
        self
    }

    /// The challenge to use from now on.
    pub fn challenge(&self) -> &OtpChallenge {
        &self.challenge
    }

    /// The challenge to use from now on, taken out.
    pub fn into_challenge(self) -> OtpChallenge {
        self.challenge
    }

    /// When a resend is allowed, by the provider's clock.
    pub fn resend_after(&self) -> Option<SystemTime> {
        self.resend_after
    }

    /// How long until a resend is allowed, counted from the provider's answer.
    pub fn resend_in(&self) -> Option<Duration> {
        self.resend_in
    }

    /// When the code expires, by the provider's clock.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at
    }

    /// How long until the code expires, counted from the provider's answer.
    pub fn expires_in(&self) -> Option<Duration> {
        self.expires_in
    }

    /// The provider's own text of the expiry, verbatim: there even where it could not be read.
    pub fn expiry_text(&self) -> Option<&str> {
        self.expiry_text.as_deref()
    }

    /// The provider's reference, where it gives one.
    pub fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }
}

impl fmt::Debug for OtpSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The texts are the provider's: they stay out.
        f.debug_struct("OtpSent")
            .field("challenge", &self.challenge)
            .field("resend_in", &self.resend_in())
            .field("expires_in", &self.expires_in())
            .finish_non_exhaustive()
    }
}

/// The provider approved the code. There is no other way to get one of these from a provider.
///
/// ```
/// use onay_core::{Gsm, OtpChallenge, OtpVerified, SessionId};
///
/// let challenge = OtpChallenge::for_gsm(
///     SessionId::parse("order-1")?,
///     Gsm::parse("0555 000 00 42")?,
/// );
/// let verified = OtpVerified::new(challenge.clone()).with_reference("100005844114");
/// assert_eq!(verified.challenge(), &challenge);
/// assert_eq!(verified.reference(), Some("100005844114"));
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct OtpVerified {
    challenge: OtpChallenge,
    reference: Option<String>,
}

impl OtpVerified {
    /// Approved, and later calls about this conversation use this challenge.
    pub fn new(challenge: OtpChallenge) -> Self {
        Self {
            challenge,
            reference: None,
        }
    }

    /// Adds the provider's reference.
    #[must_use]
    pub fn with_reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = Some(reference.into());
        self
    }

    /// The challenge to use from now on.
    pub fn challenge(&self) -> &OtpChallenge {
        &self.challenge
    }

    /// The challenge to use from now on, taken out.
    pub fn into_challenge(self) -> OtpChallenge {
        self.challenge
    }

    /// The provider's reference, where it gives one.
    pub fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }
}

impl fmt::Debug for OtpVerified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OtpVerified")
            .field("challenge", &self.challenge)
            .finish_non_exhaustive()
    }
}

/// The provider took the request to send a payment link. Accepted, never delivered: no provider
/// here reports delivery.
///
/// ```
/// use onay_core::LinkAccepted;
///
/// assert_eq!(LinkAccepted::new().reference(), None);
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct LinkAccepted {
    reference: Option<String>,
}

impl LinkAccepted {
    /// Accepted.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the provider's reference.
    #[must_use]
    pub fn with_reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = Some(reference.into());
        self
    }

    /// The provider's reference, where it gives one.
    pub fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }
}

impl fmt::Debug for LinkAccepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LinkAccepted").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SessionId;

    fn challenge() -> OtpChallenge {
        OtpChallenge::for_session(SessionId::parse("canary-session").expect("a session"))
    }

    #[test]
    fn nothing_is_said_that_the_provider_did_not_say() {
        let sent = OtpSent::new(challenge());
        assert_eq!((sent.resend_after(), sent.resend_in()), (None, None));
        assert_eq!((sent.expires_at(), sent.expires_in()), (None, None));
        assert_eq!((sent.expiry_text(), sent.reference()), (None, None));
        assert_eq!(sent.into_challenge(), challenge());
        let verified = OtpVerified::new(challenge());
        assert_eq!(
            (verified.challenge(), verified.reference()),
            (&challenge(), None)
        );
        assert_eq!(verified.into_challenge(), challenge());
        assert_eq!(LinkAccepted::new().reference(), None);
    }

    #[test]
    fn what_the_provider_said_is_kept_apart() {
        let time = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let sent = OtpSent::new(challenge())
            .with_resend_after(time(60), Duration::from_secs(1))
            .with_expires_at(time(180), Duration::from_secs(2))
            .with_expiry_text("birazdan")
            .with_reference("canary-reference");
        assert_eq!(sent.challenge(), &challenge());
        assert_eq!(sent.resend_after(), Some(time(60)));
        assert_eq!(sent.resend_in(), Some(Duration::from_secs(1)));
        assert_eq!(sent.expires_at(), Some(time(180)));
        assert_eq!(sent.expires_in(), Some(Duration::from_secs(2)));
        assert_eq!(sent.expiry_text(), Some("birazdan"));
        assert_eq!(sent.reference(), Some("canary-reference"));
        let by_seconds = OtpSent::new(challenge())
            .with_resend_in(Duration::from_secs(3))
            .with_expires_in(Duration::from_secs(4));
        assert_eq!(by_seconds.resend_after(), None, "no time of day is made up");
        assert_eq!(by_seconds.expires_at(), None);
        assert_eq!(by_seconds.resend_in(), Some(Duration::from_secs(3)));
        assert_eq!(by_seconds.expires_in(), Some(Duration::from_secs(4)));
        let verified = OtpVerified::new(challenge()).with_reference("canary-reference");
        assert_eq!(verified.reference(), Some("canary-reference"));
        let accepted = LinkAccepted::new().with_reference("canary-reference");
        assert_eq!(accepted.reference(), Some("canary-reference"));
        let shown = format!("{sent:?} {verified:?} {accepted:?}");
        assert!(
            !shown.contains("canary") && !shown.contains("birazdan"),
            "{shown}"
        );
        for name in [
            "OtpSent",
            "resend_in: Some(1s)",
            "OtpVerified",
            "LinkAccepted",
        ] {
            assert!(shown.contains(name), "{shown}");
        }
    }
}
