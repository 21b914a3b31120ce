//! The order of decisions: what the return codes of an answer come to.
//!
//! 1. No return code: unclear.
//! 2. A code that is damaged: unclear. It is not an unknown no, because it may have been a yes.
//! 3. Two codes that are read differently: unclear, which is never a yes and never a certain no.
//! 4. Otherwise what the code says, by the call that it answers.

use onay_http::Verdict;

use crate::ReturnCode;
use crate::code::{Call, Reading};

/// What an answer with these return codes says to this call.
pub(crate) fn of(call: Call, codes: [Option<&str>; 2]) -> Verdict {
    let codes = codes.into_iter().flatten();
    let mut readings = codes.clone().map(|code| ReturnCode::read(call, code));
    let Some(first) = readings.next() else {
        return Verdict::Unclear("the answer has no return code");
    };
    if !codes.clone().all(is_whole) {
        return Verdict::Unclear("the return code is damaged");
    }
    if readings.any(|other| other != first) {
        return Verdict::Unclear("the return codes contradict each other");
    }
    match first {
        Reading::Yes => Verdict::Yes,
        Reading::No(kind) => Verdict::No(kind),
    }
}

/// No blank at an end, and no byte that was no text.
fn is_whole(code: &str) -> bool {
    code.trim() == code && !code.contains(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use onay_core::ErrorKind;

    use super::*;

    #[test]
    fn only_codes_that_agree_decide() {
        let unclear = |verdict| matches!(verdict, Verdict::Unclear(_));
        let one = |call, code| of(call, [Some(code), None]);
        for call in [Call::SendOtp, Call::CheckOtp] {
            assert_eq!(one(call, "0"), Verdict::Yes);
            assert_eq!(of(call, [None, Some("0")]), Verdict::Yes);
            assert_eq!(of(call, [Some("0"), Some("0")]), Verdict::Yes);
            assert_eq!(one(call, "7"), Verdict::No(ErrorKind::Credentials));
            assert_eq!(one(call, "4711"), Verdict::No(ErrorKind::Refused));
            for codes in [
                [None, None],
                [Some("0"), Some("1")],
                [Some("1"), Some("0")],
                [Some("0 "), None],
                [Some("\t1"), None],
                [Some("0\u{fffd}"), None],
                [Some("0"), Some("0 ")],
            ] {
                assert!(unclear(of(call, codes)), "{codes:?}");
            }
        }
        assert_eq!(one(Call::SendOtp, "100"), Verdict::Yes);
        assert_eq!(one(Call::CheckOtp, "100"), Verdict::No(ErrorKind::Expired));
    }
}
