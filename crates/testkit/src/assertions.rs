//! What a test wants to be sure of, said in one line.

use std::fmt::Debug;

use onay_core::{Delivery, Error, ErrorKind, Gsm, LinkRecipient};

use crate::Call;

/// Fails unless the result is an error of this kind that says this about delivery; prints what came
/// instead, masked. Gives the error, for whatever else a test wants to know of it.
///
/// ```
/// use std::time::Duration;
/// use onay_core::{Delivery, Error, ErrorKind};
/// use onay_testkit::assert_error;
///
/// let wait = Duration::from_secs(171);
/// let result: Result<(), Error> = Err(Error::new(ErrorKind::TooSoon).with_retry_after(wait));
/// let error = assert_error(&result, ErrorKind::TooSoon, Delivery::Refused);
/// assert_eq!(error.retry_after(), Some(wait));
/// ```
#[track_caller]
#[expect(clippy::panic, reason = "an assertion")]
pub fn assert_error<T: Debug>(
    result: &Result<T, Error>,
    kind: ErrorKind,
    delivery: Delivery,
) -> &Error {
    match result {
        Err(error) if error.kind() == kind && error.delivery() == delivery => error,
        other => panic!("expected an error: {kind:?}, {delivery:?}\n     came: {other:?}"),
    }
}

/// Fails unless exactly one message was asked for, a code or a link by SMS, and it was for this
/// number. What the provider answered does not count: a message may have gone out whatever it said.
///
/// ```
/// use onay_core::{Gsm, OtpChallenge, SessionId};
/// use onay_testkit::{Call, assert_sent_once_to};
///
/// let gsm = Gsm::parse("0555 000 00 42")?;
/// let challenge = OtpChallenge::for_gsm(SessionId::parse("order-1")?, gsm);
/// // As `Recording::calls` or `Scripted::calls` gives them.
/// let calls = [Call::SendOtp { challenge }];
/// assert_sent_once_to(&calls, &gsm);
/// # Ok::<(), onay_core::Error>(())
/// ```
#[track_caller]
pub fn assert_sent_once_to(calls: &[Call], gsm: &Gsm) {
    let sent: Vec<&Call> = calls.iter().filter(|call| is_message(call)).collect();
    let once = matches!(sent.as_slice(), [call] if number(call) == Some(gsm));
    assert!(
        once,
        "expected one message, to {gsm}\n    came: {}: {sent:?}",
        sent.len()
    );
}

/// Fails if any message was asked for. Checking a code sends none.
///
/// ```
/// use onay_testkit::{Scripted, assert_nothing_sent};
///
/// assert_nothing_sent(&Scripted::new().calls());
/// ```
#[track_caller]
pub fn assert_nothing_sent(calls: &[Call]) {
    let sent: Vec<&Call> = calls.iter().filter(|call| is_message(call)).collect();
    assert!(
        sent.is_empty(),
        "expected no message\n    came: {}: {sent:?}",
        sent.len()
    );
}

fn is_message(call: &Call) -> bool {
    match call {
        Call::SendOtp { .. } | Call::Notify { .. } => true,
        Call::VerifyOtp { .. } => false,
    }
}

fn number(call: &Call) -> Option<&Gsm> {
    match call {
        Call::SendOtp { challenge } | Call::VerifyOtp { challenge, .. } => challenge.gsm(),
        Call::Notify {
            recipient: LinkRecipient::Sms(gsm),
            ..
        } => Some(gsm),
        Call::Notify { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use onay_core::{EmailAddress, LinkId, OtpChallenge, OtpCode, SessionId};

    use super::*;

    fn gsm() -> Gsm {
        Gsm::parse("0555 000 00 42").expect("a number")
    }

    fn challenge() -> OtpChallenge {
        OtpChallenge::for_gsm(SessionId::parse("canary").expect("a session"), gsm())
    }

    fn send() -> Call {
        Call::SendOtp {
            challenge: challenge(),
        }
    }

    fn verify() -> Call {
        let code = OtpCode::parse("C4N4RY").expect("a code");
        Call::VerifyOtp {
            challenge: challenge(),
            code,
        }
    }

    fn notify(recipient: impl Into<LinkRecipient>) -> Call {
        Call::Notify {
            link: LinkId::parse("NB2Zlz3").expect("a link"),
            recipient: recipient.into(),
        }
    }

    /// What an assertion says when it fails.
    fn failure(assertion: impl FnOnce()) -> String {
        let panic = catch_unwind(AssertUnwindSafe(assertion)).expect_err("it fails");
        let text = *panic.downcast::<String>().expect("a text");
        for canary in ["canary", "C4N4RY", "5550000042"] {
            assert!(!text.contains(canary), "{text}");
        }
        text
    }

    #[test]
    fn another_error_or_none_is_printed_masked() {
        let wrong: Result<Call, Error> = Err(Error::new(ErrorKind::WrongCode));
        let text = failure(|| {
            assert_error(&wrong, ErrorKind::Expired, Delivery::Refused);
        });
        assert!(text.contains("expected an error: Expired, Refused"));
        assert!(text.contains("WrongCode"), "{text}");
        let approved: Result<Call, Error> = Ok(verify());
        let text = failure(|| {
            assert_error(&approved, ErrorKind::WrongCode, Delivery::Refused);
        });
        assert!(text.contains("OtpCode(***)"), "{text}");
    }

    #[test]
    fn the_same_kind_with_another_delivery_is_another_error() {
        let guarded: Result<(), Error> =
            Err(Error::new(ErrorKind::TooSoon).with_delivery(Delivery::NotSent));
        failure(|| {
            assert_error(&guarded, ErrorKind::TooSoon, Delivery::Refused);
        });
    }

    #[test]
    fn once_is_neither_never_nor_twice_nor_to_another() {
        assert_sent_once_to(&[send(), verify()], &gsm());
        assert_sent_once_to(&[notify(gsm())], &gsm());
        let email = EmailAddress::parse("canary@example.com").expect("an address");
        for calls in [
            vec![],
            vec![verify()],
            vec![send(), send()],
            vec![send(), notify(gsm())],
            vec![notify(email)],
        ] {
            failure(|| assert_sent_once_to(&calls, &gsm()));
        }
        let other = Gsm::parse("0555 000 00 43").expect("a number");
        let text = failure(|| assert_sent_once_to(&[send()], &other));
        assert!(text.contains("expected one message, to +90 555 *** ** 43"));
    }

    #[test]
    fn checking_a_code_sends_nothing() {
        assert_nothing_sent(&[verify()]);
        failure(|| assert_nothing_sent(&[verify(), send()]));
        failure(|| assert_nothing_sent(&[notify(gsm())]));
    }
}
