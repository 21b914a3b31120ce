//! The order of decisions: what the return codes of a response come to.
//!
//! 1. No return code: unclear. A `code` that repeats a bad HTTP status is none.
//! 2. A malformed code: contradictory. It is not a missing one and not an unknown no, because it may
//!    have been a yes, or a no beside a yes.
//! 3. Two codes with different meanings: contradictory, which is never a yes and never a certain no.
//! 4. A yes beside the kind of an error (`type`, which only error bodies have): contradictory.
//! 5. Otherwise what the code means in the operation.

use onay_core::{Operation, ProviderCode, Reason};
use onay_http::{Field, Response, Verdict};

use crate::wire::Envelope;

const NO_CODE: Reason = Reason::new(
    "paynet_no_return_code",
    "the response has no return code",
    "yanıtta dönüş kodu yok",
);
const MALFORMED: Reason = Reason::new(
    "paynet_malformed_return_code",
    "the return code is malformed",
    "dönüş kodu bozuk",
);
const CONTRADICTION: Reason = Reason::new(
    "paynet_contradictory_return_codes",
    "the return codes contradict each other",
    "dönüş kodları birbiriyle çelişiyor",
);
const YES_BESIDE_AN_ERROR: Reason = Reason::new(
    "paynet_yes_beside_error_type",
    "the return code says yes, the type says no",
    "dönüş kodu kabul, tür alanı ret bildiriyor",
);

/// What a response says to an operation, and the code that says it.
pub(crate) fn of(
    operation: Operation,
    envelope: &Envelope<'_>,
    response: &Response,
) -> (Verdict, Option<ProviderCode>) {
    let code = envelope.code().and_then(|code| match code.printable() {
        Some(text) if response.repeats_status(text) => Field::Absent,
        _ => Field::Value(code),
    });
    let codes = [envelope.result_code(), code];
    let verdict = of_codes(operation, &codes, envelope.names_error());
    (verdict, codes.into_iter().find_map(Field::value))
}

pub(crate) fn of_codes(
    operation: Operation,
    codes: &[Field<ProviderCode>; 2],
    names_error: bool,
) -> Verdict {
    let mut first = None;
    for code in codes {
        let verdict = match code {
            Field::Absent => continue,
            Field::Value(code) => Verdict::by_code(code, operation),
            Field::Malformed => return Verdict::Contradictory(MALFORMED),
        };
        if first.is_some_and(|first| first != verdict) {
            return Verdict::Contradictory(CONTRADICTION);
        }
        first = Some(verdict);
    }
    match first {
        None => Verdict::Unclear(NO_CODE),
        Some(Verdict::Yes) if names_error => Verdict::Contradictory(YES_BESIDE_AN_ERROR),
        Some(verdict) => verdict,
    }
}

#[cfg(test)]
mod tests {
    use onay_core::ErrorKind;
    use onay_http::Object;

    use super::*;

    const BOTH: [Operation; 2] = [Operation::SEND_OTP, Operation::VERIFY_OTP];

    fn of(operation: Operation, json: &str) -> Verdict {
        let envelope = Envelope(Object::parse(json).expect(json));
        let codes = [envelope.result_code(), envelope.code()];
        of_codes(operation, &codes, envelope.names_error())
    }

    #[test]
    fn only_codes_that_agree_decide() {
        for operation in BOTH {
            for json in [
                r#"{"code":0}"#,
                r#"{"code":"0"}"#,
                r#"{"result_code":0}"#,
                r#"{"code":"0","result_code":0}"#,
                r#"{"code":"0","result_code":" "}"#,
            ] {
                assert_eq!(of(operation, json), Verdict::Yes, "{json}");
            }
            let no = of(operation, r#"{"code":7}"#);
            assert_eq!(no, Verdict::No(ErrorKind::Credentials));
            let unknown = of(operation, r#"{"code":4711}"#);
            assert_eq!(unknown, Verdict::No(ErrorKind::Refused));
            for json in ["{}", r#"{"code":null}"#, r#"{"code":"","result_code":" "}"#] {
                assert_eq!(of(operation, json), Verdict::Unclear(NO_CODE), "{json}");
            }
        }
        let [send, check] = BOTH.map(|operation| of(operation, r#"{"code":100}"#));
        assert_eq!(send, Verdict::Yes);
        assert_eq!(check, Verdict::No(ErrorKind::Expired));
    }

    #[test]
    fn only_a_yes_is_doubted_where_an_error_is_named() {
        for operation in BOTH {
            for json in [r#"{"code":0,"type":"x"}"#, r#"{"result_code":0,"type":[]}"#] {
                let doubted = Verdict::Contradictory(YES_BESIDE_AN_ERROR);
                assert_eq!(of(operation, json), doubted, "{json}");
            }
            let no = of(operation, r#"{"code":7,"type":"x"}"#);
            assert_eq!(no, Verdict::No(ErrorKind::Credentials));
            let nothing = of(operation, r#"{"type":"x"}"#);
            assert_eq!(nothing, Verdict::Unclear(NO_CODE));
        }
    }

    #[test]
    fn what_is_malformed_or_disagrees_is_contradictory() {
        for operation in BOTH {
            for (json, reason) in [
                (r#"{"code":1,"result_code":0}"#, CONTRADICTION),
                (r#"{"code":0,"result_code":1}"#, CONTRADICTION),
                (r#"{"code":"0 "}"#, MALFORMED),
                (r#"{"code":"00"}"#, MALFORMED),
                (r#"{"code":0,"Code":0}"#, MALFORMED),
                (r#"{"code":0,"result_code":"0 "}"#, MALFORMED),
                (r#"{"code":1e400}"#, MALFORMED),
                (r#"{"code":{}}"#, MALFORMED),
                (r#"{"result_code":0,"code":[1]}"#, MALFORMED),
                (r#"{"result_code":12e0,"code":0}"#, MALFORMED),
                (
                    r#"{"result_code":7,"code":99999999999999999999}"#,
                    MALFORMED,
                ),
            ] {
                let verdict = Verdict::Contradictory(reason);
                assert_eq!(of(operation, json), verdict, "{json}");
            }
        }
    }
}
