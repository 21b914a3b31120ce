//! The results of successful calls: `OtpSent`, `OtpVerified` and `LinkAccepted`.

use crate::{OtpChallenge, ProviderText, Reference, Wait};

/// The provider took the request to send a code. It does not prove that the message arrived.
///
/// With the feature `serde` it can be stored, without the provider's own text.
///
/// ```
/// use std::time::{Duration, Instant};
/// use onay_core::{OtpChallenge, OtpSent, PhoneNumber, SessionId, Wait};
///
/// let challenge = OtpChallenge::for_phone(
///     SessionId::parse("order-1")?,
///     PhoneNumber::parse("0555 000 00 42")?,
/// );
/// let now = Instant::now();
/// let sent = OtpSent::new(challenge).with_resend(Wait::new(now, Duration::from_secs(180)));
/// let countdown = sent.resend().map(|wait| wait.remaining(now));
/// assert_eq!(countdown, Some(Duration::from_secs(180)));
/// assert!(sent.expiry().is_none());
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct OtpSent {
    challenge: OtpChallenge,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    resend: Option<Wait>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    expiry: Option<Wait>,
    #[cfg_attr(feature = "serde", serde(skip))]
    expiry_text: Option<ProviderText>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    reference: Option<Reference>,
}

impl OtpSent {
    /// Sent, to be gone on with by this challenge.
    pub fn new(challenge: OtpChallenge) -> Self {
        Self {
            challenge,
            resend: None,
            expiry: None,
            expiry_text: None,
            reference: None,
        }
    }

    /// Puts another challenge in: a layer above the provider may add to it.
    #[must_use]
    pub fn with_challenge(mut self, challenge: OtpChallenge) -> Self {
        self.challenge = challenge;
        self
    }

    /// Adds how long until another code may be asked for.
    #[must_use]
    pub fn with_resend(mut self, wait: Wait) -> Self {
        self.resend = Some(wait);
        self
    }

    /// Adds how long until the code expires.
    #[must_use]
    pub fn with_expiry(mut self, wait: Wait) -> Self {
        self.expiry = Some(wait);
        self
    }

    /// Adds the provider's own text of the expiry, whether or not it could be read.
    #[must_use]
    pub fn with_expiry_text(mut self, text: ProviderText) -> Self {
        self.expiry_text = Some(text);
        self
    }

    /// Adds the provider's reference.
    #[must_use]
    pub fn with_reference(mut self, reference: Reference) -> Self {
        self.reference = Some(reference);
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

    /// How long until another code may be asked for, where it is known. Through a guard, the wait
    /// that will really hold.
    pub fn resend(&self) -> Option<&Wait> {
        self.resend.as_ref()
    }

    /// How long until the code expires, where it is known.
    pub fn expiry(&self) -> Option<&Wait> {
        self.expiry.as_ref()
    }

    /// The provider's own text of the expiry: there even where it could not be read.
    pub fn expiry_text(&self) -> Option<&ProviderText> {
        self.expiry_text.as_ref()
    }

    /// The provider's reference, where it gave one.
    pub fn reference(&self) -> Option<&Reference> {
        self.reference.as_ref()
    }
}

/// The provider approved the code. There is no other way to get one of these from a provider.
///
/// ```
/// use onay_core::{OtpChallenge, OtpVerified, PhoneNumber, Reference, SessionId};
///
/// let challenge = OtpChallenge::for_phone(
///     SessionId::parse("order-1")?,
///     PhoneNumber::parse("0555 000 00 42")?,
/// );
/// let reference = Reference::parse("100005844114").expect("a reference");
/// let verified = OtpVerified::new(challenge.clone()).with_reference(reference);
/// assert_eq!(verified.challenge(), &challenge);
/// assert_eq!(verified.reference().map(|reference| reference.as_str()), Some("100005844114"));
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtpVerified {
    challenge: OtpChallenge,
    reference: Option<Reference>,
}

impl OtpVerified {
    /// Approved; later calls of this session use this challenge.
    pub fn new(challenge: OtpChallenge) -> Self {
        Self {
            challenge,
            reference: None,
        }
    }

    /// Adds the provider's reference.
    #[must_use]
    pub fn with_reference(mut self, reference: Reference) -> Self {
        self.reference = Some(reference);
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

    /// The provider's reference, where it gave one.
    pub fn reference(&self) -> Option<&Reference> {
        self.reference.as_ref()
    }
}

/// The provider took the request to send a payment link. Accepted, not arrived: no provider here
/// reports what became of a message.
///
/// ```
/// use onay_core::LinkAccepted;
///
/// assert_eq!(LinkAccepted::new().reference(), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkAccepted {
    reference: Option<Reference>,
}

impl LinkAccepted {
    /// Accepted.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the provider's reference.
    #[must_use]
    pub fn with_reference(mut self, reference: Reference) -> Self {
        self.reference = Some(reference);
        self
    }

    /// The provider's reference, where it gave one.
    pub fn reference(&self) -> Option<&Reference> {
        self.reference.as_ref()
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for OtpSent {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        struct Stored {
            challenge: OtpChallenge,
            resend: Option<Wait>,
            expiry: Option<Wait>,
            reference: Option<Reference>,
        }

        // serde's own errors quote what they could not read.
        let unreadable = |_| serde::de::Error::custom("not a stored OtpSent");
        let stored = Stored::deserialize(deserializer).map_err(unreadable)?;
        Ok(Self {
            challenge: stored.challenge,
            resend: stored.resend,
            expiry: stored.expiry,
            expiry_text: None,
            reference: stored.reference,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::{PhoneNumber, SessionId};

    fn sent() -> OtpSent {
        let phone = PhoneNumber::parse("05550000042").expect("a phone number");
        let session = SessionId::parse("canary").expect("a session");
        let wait = Wait::new(Instant::now(), Duration::from_secs(60));
        OtpSent::new(OtpChallenge::for_phone(session, phone))
            .with_resend(wait)
            .with_expiry(wait)
            .with_expiry_text(ProviderText::new("canary"))
            .with_reference(Reference::parse("100005844114").expect("a reference"))
    }

    #[test]
    fn debug_is_silent() {
        let shown = format!("{:?}", sent());
        assert!(
            !shown.contains("canary") && !shown.contains("1000"),
            "{shown}"
        );
    }

    #[cfg(feature = "serde")]
    #[test]
    fn what_is_stored_reads_back_without_the_providers_text() {
        let sent = sent();
        let stored = serde_json::to_string(&sent).expect("written");
        let read: OtpSent = serde_json::from_str(&stored).expect("read");
        assert_eq!(read.challenge(), sent.challenge());
        assert_eq!(read.reference(), sent.reference());
        assert_eq!(read.expiry_text(), None);
        let left = read.resend().map(Wait::remaining_now).expect("a wait");
        assert!(left <= Duration::from_secs(60) && left > Duration::from_secs(50));
        assert!(read.resend().is_some_and(Wait::is_by_local_clock));
    }

    #[cfg(feature = "serde")]
    #[test]
    fn what_is_spoiled_is_not_quoted() {
        for stored in [
            r#""canary""#,
            r#"{"challenge":"canary"}"#,
            r#"{"resend":"canary"}"#,
        ] {
            let error = serde_json::from_str::<OtpSent>(stored).expect_err("refused");
            assert!(!error.to_string().contains("canary"), "{error}");
        }
    }
}
