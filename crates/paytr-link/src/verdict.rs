//! The order of decisions: only the word `success` is a yes, only `error` and `failed` are a no.

use onay_http::Verdict;

use crate::Reason;
use crate::wire::Envelope;

/// What an answer says.
pub(crate) fn of(envelope: &Envelope) -> Verdict {
    match envelope.status.as_deref() {
        Some("success") => Verdict::Yes,
        Some("error" | "failed") => Verdict::No(Reason::read(envelope.reason())),
        _ => Verdict::Unclear("the status is none of success, error, failed"),
    }
}

#[cfg(test)]
mod tests {
    use onay_core::ErrorKind;

    use super::*;

    #[test]
    fn only_the_three_words_decide() {
        for (json, expected) in [
            (r#"{"status":"success"}"#, Some(Verdict::Yes)),
            (
                r#"{"status":"success","reason":"paytr_token"}"#,
                Some(Verdict::Yes),
            ),
            (
                r#"{"status":"error"}"#,
                Some(Verdict::No(ErrorKind::Refused)),
            ),
            (
                r#"{"status":"failed","reason":"paytr_token gecersiz"}"#,
                Some(Verdict::No(ErrorKind::Credentials)),
            ),
            (r#"{"status":"Success"}"#, None),
            (r#"{"status":"success "}"#, None),
            (r#"{"status":""}"#, None),
            (r#"{"status":1}"#, None),
            (r#"{"status":true}"#, None),
            ("{}", None),
        ] {
            let envelope: Envelope = serde_json::from_str(json).expect(json);
            match expected {
                Some(expected) => assert_eq!(of(&envelope), expected, "{json}"),
                None => assert!(matches!(of(&envelope), Verdict::Unclear(_)), "{json}"),
            }
        }
    }
}
