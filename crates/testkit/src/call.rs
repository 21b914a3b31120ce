//! What a provider was asked, and the record that keeps it.

use std::sync::{Arc, Mutex};

use onay_core::{LinkId, LinkRecipient, OtpChallenge, OtpCode};

/// One call of a provider, with the values that it was given, whole. `Debug` masks them, as it does
/// everywhere.
///
/// ```
/// use onay_core::{Gsm, OtpChallenge, SessionId};
/// use onay_testkit::Call;
///
/// let gsm = Gsm::parse("0555 000 00 42")?;
/// let challenge = OtpChallenge::for_gsm(SessionId::parse("order-1")?, gsm);
/// let call = Call::SendOtp { challenge };
/// assert!(matches!(&call, Call::SendOtp { challenge } if challenge.gsm() == Some(&gsm)));
/// assert!(format!("{call:?}").contains("+90 555 *** ** 42"));
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Call {
    /// [`OtpSender::send_otp`](onay_core::OtpSender::send_otp).
    SendOtp {
        /// The conversation.
        challenge: OtpChallenge,
    },
    /// [`OtpVerifier::verify_otp`](onay_core::OtpVerifier::verify_otp).
    VerifyOtp {
        /// The conversation.
        challenge: OtpChallenge,
        /// What the customer typed.
        code: OtpCode,
    },
    /// [`LinkNotifier::notify`](onay_core::LinkNotifier::notify).
    Notify {
        /// The link.
        link: LinkId,
        /// Who gets it, and how.
        recipient: LinkRecipient,
    },
}

/// The calls so far. Clones are the same record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record(Arc<Mutex<Vec<Call>>>);

impl Record {
    pub(crate) fn send_otp(&self, challenge: &OtpChallenge) {
        self.keep(Call::SendOtp {
            challenge: challenge.clone(),
        });
    }

    pub(crate) fn verify_otp(&self, challenge: &OtpChallenge, code: &OtpCode) {
        self.keep(Call::VerifyOtp {
            challenge: challenge.clone(),
            code: code.clone(),
        });
    }

    pub(crate) fn notify(&self, link: &LinkId, recipient: &LinkRecipient) {
        self.keep(Call::Notify {
            link: link.clone(),
            recipient: recipient.clone(),
        });
    }

    fn keep(&self, call: Call) {
        self.0.lock().expect("not poisoned").push(call);
    }

    pub(crate) fn calls(&self) -> Vec<Call> {
        self.0.lock().expect("not poisoned").clone()
    }
}
