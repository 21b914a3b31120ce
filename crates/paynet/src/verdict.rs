//! The order of decisions: what the return codes of an answer come to.
//!
//! 1. No return code: unclear.
//! 2. A code that is damaged, of whatever type no code has: contradictory. It is no code that is
//!    missing and not an unknown no, because it may have been a yes, or a no beside a yes.
//! 3. Two codes that are read differently: contradictory, which is never a yes and never a certain no.
//! 4. A yes beside the kind of an error (`type`, which only error bodies have): contradictory.
//! 5. Otherwise what the code says, by the call that it answers.

use onay_http::{Said, Verdict};

use crate::ReturnCode;
use crate::code::{Call, Reading};

/// What an answer with these return codes, and with the kind of an error or without, says to this call.
pub(crate) fn of(call: Call, codes: [Said<&str>; 2], names_error: bool) -> Verdict {
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
        Some(Reading::Yes) if names_error => {
            Verdict::Contradictory("the return code says yes, the type says no")
        }
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
        let one = |call, code| of(call, [This(code), Nothing], false);
        for call in [Call::SendOtp, Call::CheckOtp] {
            assert_eq!(one(call, "0"), Verdict::Yes);
            assert_eq!(of(call, [Nothing, This("0")], false), Verdict::Yes);
            assert_eq!(of(call, [This("0"), This("0")], false), Verdict::Yes);
            assert_eq!(one(call, "7"), Verdict::No(ErrorKind::Credentials));
            assert_eq!(one(call, "4711"), Verdict::No(ErrorKind::Refused));
            assert!(matches!(
                of(call, [Nothing, Nothing], false),
                Verdict::Unclear(_)
            ));
        }
        assert_eq!(one(Call::SendOtp, "100"), Verdict::Yes);
        assert_eq!(one(Call::CheckOtp, "100"), Verdict::No(ErrorKind::Expired));
    }

    #[test]
    fn only_a_yes_is_doubted_where_an_error_is_named() {
        for call in [Call::SendOtp, Call::CheckOtp] {
            for codes in [[This("0"), Nothing], [Nothing, This("0")]] {
                let verdict = of(call, codes, true);
                let expected = "the return code says yes, the type says no";
                assert_eq!(verdict, Verdict::Contradictory(expected));
            }
            let no = of(call, [This("7"), Nothing], true);
            assert_eq!(no, Verdict::No(ErrorKind::Credentials));
            let nothing = of(call, [Nothing, Nothing], true);
            assert!(matches!(nothing, Verdict::Unclear(_)), "{nothing:?}");
        }
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
                let verdict = of(call, codes, false);
                assert!(matches!(verdict, Verdict::Contradictory(_)), "{verdict:?}");
            }
        }
    }
}
