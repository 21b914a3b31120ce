//! The order of decisions: what the return codes of an answer come to.
//!
//! 1. No return code: unclear.
//! 2. Two codes that are read differently: unclear, which is never a yes and never a certain no.
//! 3. Otherwise what the code says, by the call that it answers.

use onay_http::Verdict;

use crate::ReturnCode;
use crate::code::{Call, Reading};

/// What an answer with these return codes says to this call.
pub(crate) fn of(call: Call, codes: &[&str]) -> Verdict {
    let mut readings = codes.iter().map(|code| ReturnCode::read(call, code));
    let Some(first) = readings.next() else {
        return Verdict::Unclear("the answer has no return code");
    };
    if readings.any(|other| other != first) {
        return Verdict::Unclear("the return codes contradict each other");
    }
    match first {
        Reading::Yes => Verdict::Yes,
        Reading::No(kind) => Verdict::No(kind),
    }
}

#[cfg(test)]
mod tests {
    use onay_core::ErrorKind;

    use super::*;

    #[test]
    fn only_codes_that_agree_decide() {
        let unclear = |verdict| matches!(verdict, Verdict::Unclear(_));
        for call in [Call::SendOtp, Call::CheckOtp] {
            assert_eq!(of(call, &["0"]), Verdict::Yes);
            assert_eq!(of(call, &["0", "0"]), Verdict::Yes);
            assert_eq!(of(call, &["7"]), Verdict::No(ErrorKind::Credentials));
            assert_eq!(of(call, &["4711"]), Verdict::No(ErrorKind::Refused));
            for codes in [&[][..], &["0", "1"], &["1", "0"], &["0", "0", "7"]] {
                assert!(unclear(of(call, codes)), "{codes:?}");
            }
        }
        assert_eq!(of(Call::SendOtp, &["100"]), Verdict::Yes);
        assert_eq!(
            of(Call::CheckOtp, &["100"]),
            Verdict::No(ErrorKind::Expired)
        );
    }
}
