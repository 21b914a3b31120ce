//! What a provider was asked, and the record that keeps it.

use std::sync::{Arc, Mutex};

use onay_core::{LinkNotice, OtpChallenge, OtpCode, Recipient};

/// One call of a provider, with the values that it was given, whole. `Debug` masks them, as it does
/// everywhere.
///
/// ```
/// use onay_core::{OtpChallenge, PhoneNumber, SessionId};
/// use onay_testkit::Call;
///
/// let phone = PhoneNumber::parse("0555 000 00 42")?;
/// let challenge = OtpChallenge::for_phone(SessionId::parse("order-1")?, phone);
/// let call = Call::SendOtp { challenge };
/// assert_eq!(call.recipient(), Some(&phone.into()));
/// assert!(!format!("{call:?}").contains("5550000042"));
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Call {
    /// [`OtpSender::send_otp`](onay_core::OtpSender::send_otp).
    SendOtp {
        /// The challenge.
        challenge: OtpChallenge,
    },
    /// [`OtpVerifier::verify_otp`](onay_core::OtpVerifier::verify_otp).
    VerifyOtp {
        /// The challenge.
        challenge: OtpChallenge,
        /// What the customer typed.
        code: OtpCode,
    },
    /// [`LinkNotifier::notify`](onay_core::LinkNotifier::notify).
    Notify {
        /// The link and its recipient.
        notice: LinkNotice,
    },
}

impl Call {
    /// Who the call was for, where it names one.
    pub fn recipient(&self) -> Option<&Recipient> {
        match self {
            Self::SendOtp { challenge } | Self::VerifyOtp { challenge, .. } => {
                challenge.recipient()
            }
            Self::Notify { notice } => Some(notice.recipient()),
        }
    }

    /// Whether the call asks for a message. Checking a code does not.
    pub fn asks_for_a_message(&self) -> bool {
        !matches!(self, Self::VerifyOtp { .. })
    }
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

    pub(crate) fn notify(&self, notice: &LinkNotice) {
        self.keep(Call::Notify {
            notice: notice.clone(),
        });
    }

    fn keep(&self, call: Call) {
        self.0.lock().expect("not poisoned").push(call);
    }

    pub(crate) fn calls(&self) -> Vec<Call> {
        self.0.lock().expect("not poisoned").clone()
    }
}
