//! The order of decisions: only the word `success` is a yes, only `error` and `failed` are a no.
//!
//! 1. No status, or one that repeats a bad HTTP status: unclear.
//! 2. `error` or `failed`: a no, by its reason.
//! 3. `success` beside a reason or the number of an error: contradictory, never a yes and never a
//!    certain no. What PayTR means by both is documented nowhere.
//! 4. `success` alone: a yes.
//! 5. Anything else, of any type: contradictory, for it may have been a yes.

use onay_core::{ErrorKind, Meaning, Operation, ProviderCode, Reason};
use onay_http::{Field, Verdict};

use crate::code::{CODES, find_reason};
use crate::wire::Envelope;

const NO_STATUS: Reason = Reason::new(
    "paytr_no_status",
    "the response has no status",
    "yanıtta status yok",
);
const YES_AND_NO: Reason = Reason::new(
    "paytr_yes_and_no",
    "the status says yes, the reason says no",
    "status kabul, reason ret diyor",
);
const OTHER_STATUS: Reason = Reason::new(
    "paytr_other_status",
    "the status is none of success, error, failed",
    "status; success, error, failed değerlerinden hiçbiri değil",
);

/// What a response of this HTTP status says, and the code that says it: our name for the reason where
/// it is known, otherwise PayTR's number of the error.
pub(crate) fn of(
    operation: Operation,
    envelope: &Envelope<'_>,
    http_status: u16,
) -> (Verdict, Option<ProviderCode>) {
    let known = envelope.reasons().find_map(|reason| find_reason(&reason));
    let status = envelope.status();
    let verdict = match status.as_deref() {
        Field::Absent => Verdict::Unclear(NO_STATUS),
        // A gateway's own word, and none of PayTR's.
        Field::Value(status) if !is_good(http_status) && status == http_status.to_string() => {
            Verdict::Unclear(NO_STATUS)
        }
        Field::Value("success") if envelope.names_trouble() => Verdict::Contradictory(YES_AND_NO),
        Field::Value("success") => Verdict::Yes,
        Field::Value("error" | "failed") => match known.map(|row| row.meaning(operation)) {
            Some(Meaning::No(kind)) => Verdict::No(kind),
            _ => Verdict::No(ErrorKind::Refused),
        },
        Field::Value(_) | Field::Malformed => Verdict::Contradictory(OTHER_STATUS),
    };
    let code = known.map(ProviderCode::Known).or_else(|| {
        let number = envelope.error_number().value()?;
        Some(CODES.code(&number))
    });
    (verdict, code)
}

fn is_good(http_status: u16) -> bool {
    (200..300).contains(&http_status)
}

#[cfg(test)]
mod tests {
    use onay_http::Object;

    use super::*;
    use crate::wire::CREATES;

    fn read(json: &str, http_status: u16) -> Verdict {
        let envelope = Envelope(Object::parse(json).expect(json));
        of(CREATES, &envelope, http_status).0
    }

    #[test]
    fn only_the_three_words_decide() {
        for (json, expected) in [
            (r#"{"status":"success"}"#, Verdict::Yes),
            (
                r#"{"status":"success","reason":"","err_msg":null,"err_no":0}"#,
                Verdict::Yes,
            ),
            (r#"{"status":"success","err_no":"0"}"#, Verdict::Yes),
            (r#"{"status":"error"}"#, Verdict::No(ErrorKind::Refused)),
            (
                r#"{"status":"failed","reason":"paytr_token gecersiz"}"#,
                Verdict::No(ErrorKind::Credentials),
            ),
            (
                r#"{"status":"failed","reason":"olmadı","err_msg":"zaman aşımı"}"#,
                Verdict::No(ErrorKind::Upstream),
            ),
        ] {
            assert_eq!(read(json, 200), expected, "{json}");
        }
    }

    #[test]
    fn what_is_there_and_is_no_such_word_may_have_been_a_yes() {
        for json in [
            r#"{"status":"Success"}"#,
            r#"{"status":"success "}"#,
            r#"{"status":"pending"}"#,
            r#"{"status":1}"#,
            r#"{"status":1.0}"#,
            r#"{"status":"200"}"#,
            r#"{"status":200}"#,
            r#"{"status":true}"#,
            r#"{"status":["success"]}"#,
            r#"{"status":"success","reason":"paytr_token"}"#,
            r#"{"status":"success","err_msg":"SMS gonderilemedi"}"#,
            r#"{"status":"success","err_no":7}"#,
            r#"{"status":"success","err_no":[7]}"#,
            r#"{"status":"success","reason":{"a":1}}"#,
            r#"{"status":"success","err_msg":false}"#,
        ] {
            for http_status in [200, 400, 401] {
                let verdict = read(json, http_status);
                assert!(matches!(verdict, Verdict::Contradictory(_)), "{json}");
            }
        }
    }

    #[test]
    fn what_is_not_there_says_nothing() {
        for json in [
            "{}",
            r#"{"status":null}"#,
            r#"{"status":""}"#,
            r#"{"status":401,"error":"Unauthorized"}"#,
            r#"{"status":"401"}"#,
        ] {
            assert!(matches!(read(json, 401), Verdict::Unclear(_)), "{json}");
        }
    }
}
