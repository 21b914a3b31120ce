//! Assertions about errors and about the messages that were asked for.

use std::fmt::Debug;

use onay_core::{Dispatch, Error, ErrorKind, Recipient};

use crate::Call;

/// Fails unless the result is an error of this kind and this dispatch; prints what came instead,
/// masked. Gives the error, for what else a test wants to know of it.
///
/// ```
/// use std::time::{Duration, Instant};
/// use onay_core::{Dispatch, Error, ErrorKind, Wait};
/// use onay_testkit::assert_error;
///
/// let wait = Wait::new(Instant::now(), Duration::from_secs(171));
/// let result: Result<(), Error> = Err(Error::new(ErrorKind::TooSoon).with_wait(wait));
/// let error = assert_error(&result, ErrorKind::TooSoon, Dispatch::Refused);
/// assert_eq!(error.wait(), Some(&wait));
/// ```
#[track_caller]
#[expect(clippy::panic, reason = "an assertion")]
pub fn assert_error<T: Debug>(
    result: &Result<T, Error>,
    kind: ErrorKind,
    dispatch: Dispatch,
) -> &Error {
    match result {
        Err(error) if error.kind() == kind && error.dispatch() == dispatch => error,
        other => panic!("expected an error: {kind:?}, {dispatch:?}\n     came: {other:?}"),
    }
}

/// Fails unless exactly one message was asked for, a code or a link, and it was for this recipient.
/// What the provider answered does not count: a message may have gone out in any case.
///
/// ```
/// use onay_core::{OtpChallenge, PhoneNumber, SessionId};
/// use onay_testkit::{Call, assert_sent_once_to};
///
/// let phone = PhoneNumber::parse("0555 000 00 42")?;
/// let challenge = OtpChallenge::for_phone(SessionId::parse("order-1")?, phone);
/// // As `Recording::calls` or `Scripted::calls` gives them.
/// let calls = [Call::SendOtp { challenge }];
/// assert_sent_once_to(&calls, phone);
/// # Ok::<(), onay_core::Error>(())
/// ```
#[track_caller]
pub fn assert_sent_once_to(calls: &[Call], recipient: impl Into<Recipient>) {
    let fault = not_sent_once_to(calls, &recipient.into());
    assert!(fault.is_none(), "{}", fault.unwrap_or_default());
}

/// Fails if a message was asked for. Checking a code sends none.
///
/// ```
/// use onay_testkit::{Scripted, assert_nothing_sent};
///
/// assert_nothing_sent(&Scripted::new().calls());
/// ```
#[track_caller]
pub fn assert_nothing_sent(calls: &[Call]) {
    let fault = something_sent(calls);
    assert!(fault.is_none(), "{}", fault.unwrap_or_default());
}

/// `Display` and `Debug` of an error and of all its causes, a line each.
///
/// ```
/// use onay_testkit::printed;
///
/// let error = std::io::Error::other("disk full");
/// assert!(printed(&error).starts_with("disk full"));
/// ```
pub fn printed(error: &dyn std::error::Error) -> String {
    let mut lines = vec![format!("{error} {error:?}")];
    let mut cause = error.source();
    while let Some(error) = cause {
        lines.push(format!("{error} {error:?}"));
        cause = error.source();
    }
    lines.join("\n")
}

pub(crate) fn not_sent_once_to(calls: &[Call], recipient: &Recipient) -> Option<String> {
    let sent = messages(calls);
    let once = matches!(sent.as_slice(), [call] if call.recipient() == Some(recipient));
    (!once).then(|| {
        let (to, came) = (recipient.masked(), sent.len());
        format!("expected one message, to {to}\n    came: {came}: {sent:?}")
    })
}

pub(crate) fn something_sent(calls: &[Call]) -> Option<String> {
    let sent = messages(calls);
    let came = sent.len();
    (came > 0).then(|| format!("expected no message\n    came: {came}: {sent:?}"))
}

fn messages(calls: &[Call]) -> Vec<&Call> {
    let asking = calls.iter().filter(|call| call.asks_for_a_message());
    asking.collect()
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use onay_core::{
        EmailAddress, LinkId, LinkNotice, OtpChallenge, OtpCode, PhoneNumber, SessionId,
    };

    use super::*;

    fn phone() -> PhoneNumber {
        PhoneNumber::parse("0555 000 00 42").expect("a number")
    }

    fn challenge() -> OtpChallenge {
        OtpChallenge::for_phone(SessionId::parse("canary").expect("a session"), phone())
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

    fn notify(recipient: impl Into<Recipient>) -> Call {
        let link = LinkId::parse("NB2Zlz3").expect("a link");
        Call::Notify {
            notice: LinkNotice::new(link, recipient),
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
            assert_error(&wrong, ErrorKind::Expired, Dispatch::Refused);
        });
        assert!(text.contains("expected an error: Expired, Refused"));
        assert!(text.contains("WrongCode"), "{text}");
        let approved: Result<Call, Error> = Ok(verify());
        failure(|| {
            assert_error(&approved, ErrorKind::WrongCode, Dispatch::Refused);
        });
        // The same kind with another dispatch is another error.
        let guarded: Result<(), Error> =
            Err(Error::new(ErrorKind::TooSoon).with_dispatch(Dispatch::NotSent));
        failure(|| {
            assert_error(&guarded, ErrorKind::TooSoon, Dispatch::Refused);
        });
    }

    #[test]
    fn once_is_neither_never_nor_twice_nor_to_another_and_checking_sends_nothing() {
        assert_sent_once_to(&[send(), verify()], phone());
        assert_sent_once_to(&[notify(phone())], phone());
        let email = EmailAddress::parse("canary@example.com").expect("an address");
        assert_sent_once_to(&[notify(email.clone())], email.clone());
        for calls in [
            vec![],
            vec![verify()],
            vec![send(), send()],
            vec![send(), notify(phone())],
            vec![notify(email)],
        ] {
            failure(|| assert_sent_once_to(&calls, phone()));
        }
        let other = PhoneNumber::parse("0555 000 00 43").expect("a number");
        let text = failure(|| assert_sent_once_to(&[send()], other));
        let wanted = format!("expected one message, to {}", other.masked());
        assert!(text.contains(&wanted), "{text}");
        assert_nothing_sent(&[verify()]);
        failure(|| assert_nothing_sent(&[verify(), send()]));
        failure(|| assert_nothing_sent(&[notify(phone())]));
    }
}
