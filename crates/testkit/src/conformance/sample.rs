//! An answer in a provider's own dialect, and what it has to be read as.

use std::time::Duration;

use onay_core::{Delivery, ErrorKind, OtpChallenge};

use crate::Behaviour;

/// An answer as the provider gives it.
///
/// ```
/// use onay_testkit::conformance::Sample;
///
/// let yes = Sample::json(r#"{"result":"SENT","wait":60}"#);
/// let no = Sample::new(400, "text/plain", "NO R-12");
/// ```
#[derive(Clone, Debug)]
pub struct Sample {
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) body: String,
}

impl Sample {
    /// Any answer.
    pub fn new(status: u16, content_type: &str, body: &str) -> Self {
        Self {
            status,
            content_type: content_type.to_owned(),
            body: body.to_owned(),
        }
    }

    /// A JSON answer of status 200.
    pub fn json(body: &str) -> Self {
        Self::new(200, "application/json; charset=utf-8", body)
    }

    /// The same answer under another HTTP status.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub(super) fn with_body(&self, body: &str) -> Self {
        Self::new(self.status, &self.content_type, body)
    }

    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        (self.status, self.body.trim()) == (other.status, other.body.trim())
    }

    pub(super) fn behaviour(&self) -> Behaviour {
        Behaviour::answer(self.status, &self.content_type, &self.body)
    }

    /// The answer as bytes, for a server that breaks off in the middle of them.
    pub(super) fn bytes(&self) -> Vec<u8> {
        match self.behaviour() {
            Behaviour::Answer(bytes) => bytes,
            _ => Vec::new(),
        }
    }
}

/// What a refusal has to be read as.
///
/// The delivery is the kind's usual one unless told otherwise.
///
/// ```
/// use onay_core::ErrorKind;
/// use onay_testkit::conformance::Expected;
///
/// let expected = Expected::new(ErrorKind::TooSoon).with_code("R-5");
/// ```
#[derive(Clone, Debug)]
pub struct Expected {
    pub(super) kind: ErrorKind,
    pub(super) delivery: Delivery,
    pub(super) code: Option<String>,
    pub(super) retry_after: Option<Duration>,
    pub(super) challenge: Option<OtpChallenge>,
}

impl Expected {
    /// This kind, with its usual delivery.
    pub fn new(kind: ErrorKind) -> Self {
        Self {
            kind,
            delivery: kind.usual_delivery(),
            code: None,
            retry_after: None,
            challenge: None,
        }
    }

    /// Another delivery than such an error usually means.
    #[must_use]
    pub fn with_delivery(mut self, delivery: Delivery) -> Self {
        self.delivery = delivery;
        self
    }

    /// The provider's code, verbatim.
    #[must_use]
    pub fn with_code(mut self, code: &str) -> Self {
        self.code = Some(code.to_owned());
        self
    }

    /// How long the provider says to wait.
    #[must_use]
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }

    /// The challenge that the refusal renews. Without it the conversation has to go on with the one
    /// that was given.
    #[must_use]
    pub fn with_challenge(mut self, challenge: OtpChallenge) -> Self {
        self.challenge = Some(challenge);
        self
    }
}
