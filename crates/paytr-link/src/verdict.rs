//! The order of decisions: only the word `success` is a yes, only `error` and `failed` are a no.
//!
//! 1. No status, or one that repeats a bad HTTP status: unclear.
//! 2. `error` or `failed`: a no, by its reason.
//! 3. `success` beside a reason or the number of an error: contradictory, never a yes and never a
//!    certain no. Nobody documents what PayTR means by both.
//! 4. `success` alone: a yes.
//! 5. Anything else, of whatever type: contradictory, for it may have been a yes.

use onay_http::{Said, Verdict};

use crate::Reason;
use crate::wire::Envelope;

/// What an answer of this HTTP status says.
pub(crate) fn of(envelope: &Envelope, http_status: u16) -> Verdict {
    match envelope.status(http_status) {
        Said::Nothing => Verdict::Unclear("the answer has no status"),
        Said::This("success") if envelope.names_trouble() => {
            Verdict::Contradictory("the status says yes, the reason says no")
        }
        Said::This("success") => Verdict::Yes,
        Said::This("error" | "failed") => {
            let reasons: Vec<&str> = envelope.reasons().collect();
            Verdict::No(Reason::read(&reasons))
        }
        Said::This(_) | Said::Nonsense => {
            Verdict::Contradictory("the status is none of success, error, failed")
        }
    }
}

#[cfg(test)]
mod tests {
    use onay_core::ErrorKind;

    use super::*;

    fn read(json: &str, http_status: u16) -> Verdict {
        of(&serde_json::from_str(json).expect(json), http_status)
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
            r#"{"status":true}"#,
            r#"{"status":["success"]}"#,
            r#"{"status":{"success":true}}"#,
            r#"{"status":"success","reason":"paytr_token"}"#,
            r#"{"status":"success","err_msg":"SMS gonderilemedi"}"#,
            r#"{"status":"success","err_no":"005"}"#,
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
