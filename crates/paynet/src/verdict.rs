//! The order of decisions: what the return codes of an answer come to.
//!
//! 1. No return code: unclear.
//! 2. A code that is damaged, of whatever type no code has: contradictory. It is no code that is
//!    missing and not an unknown no, because it may have been a yes, or a no beside a yes.
//! 3. Two codes that are read differently: contradictory, which is never a yes and never a certain no.
//! 4. Otherwise what the code says, by the call that it answers.

use onay_http::{Said, Verdict};

use crate::ReturnCode;
use crate::code::{Call, Reading};

/// What an answer with these return codes says to this call.
pub(crate) fn of(call: Call, codes: [Said<&str>; 2]) -> Verdict {
    let mut first = None;
    for code in codes {
        let reading = match code {
            Said::Nothing => continue,
            Said::This(code) if is_whole(code) => ReturnCode::read(call, code),
            Said::This(_) | Said::Nonsense => {
                return Verdict::Contradictory("the return code is damaged");
            }
        };
        if first.is_some_and(|first| first != reading) {
            return Verdict::Contradictory("the return codes contradict each other");
        }
        first = Some(reading);
    }
    match first {
        None => Verdict::Unclear("the answer has no return code"),
        Some(Reading::Yes) => Verdict::Yes,
        Some(Reading::No(kind)) => Verdict::No(kind),
    }
}

/// No blank at an end, and no byte that was no text.
fn is_whole(code: &str) -> bool {
    code.trim() == code && !code.contains(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use onay_core::ErrorKind;
    use onay_http::Said::{Nonsense, Nothing, This};

    use super::*;

    #[test]
    fn only_codes_that_agree_decide() {
        let one = |call, code| of(call, [This(code), Nothing]);
        for call in [Call::SendOtp, Call::CheckOtp] {
            assert_eq!(one(call, "0"), Verdict::Yes);
            assert_eq!(of(call, [Nothing, This("0")]), Verdict::Yes);
            assert_eq!(of(call, [This("0"), This("0")]), Verdict::Yes);
            assert_eq!(one(call, "7"), Verdict::No(ErrorKind::Credentials));
            assert_eq!(one(call, "4711"), Verdict::No(ErrorKind::Refused));
            assert!(matches!(of(call, [Nothing, Nothing]), Verdict::Unclear(_)));
        }
        assert_eq!(one(Call::SendOtp, "100"), Verdict::Yes);
        assert_eq!(one(Call::CheckOtp, "100"), Verdict::No(ErrorKind::Expired));
    }

    #[test]
    fn what_is_damaged_or_disagrees_is_contradictory() {
        for call in [Call::SendOtp, Call::CheckOtp] {
            for codes in [
                [This("0"), This("1")],
                [This("1"), This("0")],
                [This("0 "), Nothing],
                [This("\t1"), Nothing],
                [This("0\u{fffd}"), Nothing],
                [This("0"), This("0 ")],
                [This("1"), This("1 ")],
                [Nonsense, Nothing],
                [Nothing, Nonsense],
                [This("0"), Nonsense],
                [Nonsense, This("0")],
                [This("7"), Nonsense],
                [Nonsense, Nonsense],
            ] {
                let verdict = of(call, codes);
                assert!(matches!(verdict, Verdict::Contradictory(_)), "{verdict:?}");
            }
        }
    }
}
