//! Every combination of the three verdicts that the page names, the documented failure first.

use onay_core::ErrorKind::{
    ActionRequired, Credentials, Expired, Refused, TooSoon, Upstream, WrongCode,
};

use onay_http::Object;

use super::*;

mod doubts;

const FAILURE: &str = include_str!("../../tests/fixtures/otp_resend.failure_token_not_valid.json");
const SUCCESS: &str = include_str!("../../tests/fixtures/otp_resend.success.json");

fn envelope(json: &str) -> Envelope<'_> {
    Envelope::new(Object::parse(json).expect(json))
}

fn yes(code: &str) -> Ruling {
    Ruling::Yes(Some(CODES.code(code)))
}

fn no(kind: ErrorKind, code: Option<&str>) -> Ruling {
    Ruling::No(kind, code.map(|code| CODES.code(code)))
}

/// An answer with this inner verdict under a good outer one.
fn inner(masterpass: &str) -> String {
    format!(r#"{{"ErrorCode":0,"Result":true,"Body":{{"Masterpass":{masterpass}}}}}"#)
}

/// An answer with this response code.
fn response(code: &str) -> String {
    inner(&format!(
        r#"{{"Result":{{"ResponseCode":"{code}"}},"Exception":null,"StatusCode":200}}"#
    ))
}

fn exception(code: &str, status: u16) -> String {
    inner(&format!(
        r#"{{"Result":null,"Exception":{{"Level":"x","Code":"{code}"}},"StatusCode":{status}}}"#
    ))
}

#[test]
fn the_documented_failure_is_a_no_although_the_outer_verdict_says_yes() {
    let envelope = envelope(FAILURE);
    assert_eq!(envelope.result(), Value(true));
    let no = no(Refused, Some("TOKEN_IS_NOT_VALID"));
    assert_eq!(of_sending(&envelope), no);
    assert_eq!(of_checking(&envelope), no);
}

#[test]
fn the_documented_success_is_a_yes_to_sending_and_none_to_checking() {
    let envelope = envelope(SUCCESS);
    assert_eq!(of_sending(&envelope), yes("5001"));
    assert_eq!(of_checking(&envelope), no(ActionRequired, Some("5001")));
}

#[test]
fn response_codes_are_read_by_the_call_they_answer() {
    for (code, sending, checking) in [
        ("0000", None, None),
        ("5001", None, Some(ActionRequired)),
        ("5008", None, Some(ActionRequired)),
        ("5010", Some(ActionRequired), Some(ActionRequired)),
        ("1409", Some(WrongCode), Some(WrongCode)),
        ("1051", Some(Refused), Some(Refused)),
        ("TOKEN_ALREADY_USED", Some(Expired), Some(Expired)),
        ("4711", Some(Refused), Some(Refused)),
    ] {
        let json = response(code);
        let envelope = envelope(&json);
        let expected = |kind: Option<ErrorKind>| match kind {
            None => yes(code),
            Some(kind) => no(kind, Some(code)),
        };
        assert_eq!(of_sending(&envelope), expected(sending), "{code}");
        assert_eq!(of_checking(&envelope), expected(checking), "{code}");
    }
}

#[test]
#[rustfmt::skip]
fn what_is_damaged_where_it_decides_is_named() {
    for (masterpass, why) in [
        (r#"{"Result":{"ResponseCode":1.5},"StatusCode":400}"#, BAD_CODE),
        (r#"{"Result":{"ResponseCode":"1051"},"StatusCode":"20O"}"#, BAD_STATUS),
        (r#"{"Result":{"ResponseCode":"5001"},"StatusCode":400}"#, CODE_AND_STATUS),
        (r#"{"Result":{"ResponseCode":1.5},"Exception":{"Code":"OTP_IS_NOT_VALID"},"StatusCode":400}"#, CODE_AND_EXCEPTION),
        (r#"{"Result":{"ResponseCode":1.5}}"#, NO_STATUS),
        (r#"{"Exception":{"Code":["OTP_IS_NOT_VALID"]},"StatusCode":400}"#, BAD_EXCEPTION),
    ] {
        let json = inner(masterpass);
        let ruling = Ruling::Contradictory(why);
        assert_eq!(of_sending(&envelope(&json)), ruling, "{json}");
    }
}

#[test]
fn a_damaged_response_code_may_have_been_a_yes() {
    for code in ["5001 ", " 0000", "0000\u{fffd}", "0", "00000"] {
        let json = response(code);
        let envelope = envelope(&json);
        let damaged = Ruling::Contradictory(BAD_CODE);
        assert_eq!(of_sending(&envelope), damaged, "{code}");
        assert_eq!(of_checking(&envelope), damaged, "{code}");
    }
}

#[test]
fn is_verified_false_is_no_approval() {
    for (flag, approved) in [
        ("true", true),
        ("null", true),
        ("\"true\"", true),
        ("false", false),
        ("\"false\"", false),
        ("\"perhaps\"", false),
        ("0", false),
        ("{}", false),
    ] {
        let json = inner(&format!(
            r#"{{"Result":{{"ResponseCode":"0000","IsVerified":{flag}}},"StatusCode":200}}"#
        ));
        let envelope = envelope(&json);
        assert_eq!(of_checking(&envelope) == yes("0000"), approved, "{flag}");
        let is_certain = matches!(flag, "true" | "null" | "\"true\"" | "false" | "\"false\"");
        let ruling = of_checking(&envelope);
        let is_contradictory = matches!(ruling, Ruling::Contradictory(_));
        assert_eq!(is_contradictory, !is_certain, "{flag}");
    }
}

#[test]
fn exceptions_come_before_response_codes() {
    for (code, status, kind) in [
        ("TOKEN_ALREADY_USED", 400, Expired),
        ("TOKEN_ALREADY_USED", 200, Expired),
        ("OTP_IS_NOT_VALID", 401, WrongCode),
        ("OTP_IS_NOT_VALID", 200, WrongCode),
        ("AUTHENTICATION_FAILED", 401, Credentials),
        ("VPOS_TIMEOUT_ERROR", 200, Upstream),
        ("UNEXPECTED_ERROR", 500, Upstream),
        (
            "ERROR_CALLED_OTP_SERVICE_ONE_MORE_TIME_BEFORE_TIMEOUT_EXPIRED",
            400,
            TooSoon,
        ),
        ("BRAND_NEW_CODE", 400, Refused),
        ("BRAND_NEW_CODE", 500, Upstream),
        ("TOKEN_IS_NOT_VALID", 500, Refused),
    ] {
        let json = exception(code, status);
        let envelope = envelope(&json);
        for verdict in [of_sending(&envelope), of_checking(&envelope)] {
            assert_eq!(verdict, no(kind, Some(code)), "{code} {status}");
        }
    }
    let both = inner(
        r#"{"Result":{"ResponseCode":"1409"},"Exception":{"Code":"CARD_NOT_FOUND"},"StatusCode":200}"#,
    );
    let envelope = envelope(&both);
    assert_eq!(of_checking(&envelope), no(Refused, Some("CARD_NOT_FOUND")));
}

#[test]
fn a_used_token_comes_first_wherever_it_stands() {
    let used = no(Expired, Some("TOKEN_ALREADY_USED"));
    for json in [
        r#"{"Result":{"ResponseCode":"TOKEN_ALREADY_USED"},"Exception":{"Code":"CARD_NOT_FOUND"},"StatusCode":404}"#,
        r#"{"Result":{"ResponseCode":"TOKEN_ALREADY_USED"},"Exception":{}}"#,
        r#"{"Result":{"ResponseCode":"1409"},"Exception":{"Code":"TOKEN_ALREADY_USED"}}"#,
    ] {
        let json = inner(json);
        assert_eq!(of_sending(&envelope(&json)), used, "{json}");
        assert_eq!(of_checking(&envelope(&json)), used, "{json}");
    }
}

#[test]
#[rustfmt::skip]
fn missing_exception_fields_do_not_hide_a_no() {
    for (json, expected) in [
        (r#"{"Exception":{},"StatusCode":404}"#, no(Refused, None)),
        (r#"{"Exception":{"Code":null},"StatusCode":404}"#, no(Refused, None)),
        (r#"{"Exception":{"Code":""},"StatusCode":503}"#, no(Upstream, None)),
        (r#"{"Exception":null,"StatusCode":404}"#, no(Refused, None)),
        (r#"{"Exception":{"Code":"CARD_NOT_FOUND"}}"#, no(Refused, Some("CARD_NOT_FOUND"))),
    ] {
        let json = inner(json);
        assert_eq!(of_checking(&envelope(&json)), expected, "{json}");
    }
}

#[test]
fn what_says_nothing_is_unclear() {
    for json in [
        "{}".to_owned(),
        r#"{"Body":null}"#.to_owned(),
        r#"{"ErrorCode":17}"#.to_owned(),
        inner("{}"),
        inner(r#"{"Result":{"ResponseCode":"1409"}}"#),
    ] {
        let envelope = envelope(&json);
        for verdict in [of_sending(&envelope), of_checking(&envelope)] {
            assert!(matches!(verdict, Ruling::Unclear(_)), "{json}: {verdict:?}");
        }
    }
}

#[test]
fn what_says_yes_and_no_or_is_damaged_is_contradictory() {
    let yes = r#""Result":{"ResponseCode":"0000"}"#;
    let good = inner(&format!(r#"{{{yes},"StatusCode":200}}"#));
    let exception = |exception: &str| {
        inner(&format!(
            r#"{{{yes},"StatusCode":200,"Exception":{exception}}}"#
        ))
    };
    for json in [
        r#"{"Result":true}"#.to_owned(),
        r#"{"Result":true,"Body":null}"#.to_owned(),
        r#"{"Result":true,"Body":""}"#.to_owned(),
        r#"{"Result":true,"Body":{}}"#.to_owned(),
        r#"{"Result":true,"Body":{"Masterpass":null}}"#.to_owned(),
        r#"{"Result":true,"ErrorCode":5,"Body":null}"#.to_owned(),
        r#"{"Result":{"ResponseCode":"0000"},"Exception":null,"StatusCode":200}"#.to_owned(),
        inner(&format!(r#"{{{yes},"StatusCode":404}}"#)),
        inner(&format!(r#"{{{yes},"StatusCode":201}}"#)),
        inner(&format!(r#"{{{yes},"StatusCode":"OK"}}"#)),
        inner(r#"{"StatusCode":200,"Result":null}"#),
        inner(r#"{"StatusCode":200,"Result":{}}"#),
        inner(r#"{"StatusCode":200,"Result":{"ResponseCode":null}}"#),
        inner(r#"{"StatusCode":200,"Result":{"ResponseCode":""}}"#),
        inner(r#"{"StatusCode":200,"Result":{"ResponseCode":["0000"]}}"#),
        inner(r#"{"StatusCode":404,"Result":{"ResponseCode":"0000 "}}"#),
        inner(&format!("{{{yes}}}")),
        exception("{}"),
        exception(r#""it broke""#),
        exception(r#"{"Message":"kod yanlis"}"#),
        exception(r#"{"Code":["OTP_IS_NOT_VALID"]}"#),
        exception(r#"{"Code":"OTP_IS_NOT_VALID "}"#),
        exception(r#"{"Code":"OTP_IS_NOT_VALID"}"#),
        exception(r#"{"Code":"TOKEN_ALREADY_USED"}"#),
        exception(r#"{"Code":"BRAND_NEW_CODE"}"#),
        exception(r#"{"Code":"0000"}"#),
        inner(r#"{"Exception":{"Code":"5001"},"StatusCode":404}"#),
        inner(r#"{"Exception":{"Code":"0000"}}"#),
        good.replace("\"Result\":true", "\"Result\":false"),
        good.replace("\"Result\":true", "\"Result\":0"),
        good.replace("\"Result\":true", "\"Result\":{}"),
        good.replace("\"ErrorCode\":0", "\"ErrorCode\":1409"),
        good.replace("\"ErrorCode\":0", "\"ErrorCode\":-1"),
        good.replace("\"ErrorCode\":0", "\"ErrorCode\":\"OTP_IS_NOT_VALID\""),
        good.replace("\"ErrorCode\":0", "\"ErrorCode\":[]"),
    ] {
        let envelope = envelope(&json);
        for verdict in [of_sending(&envelope), of_checking(&envelope)] {
            assert!(
                matches!(verdict, Ruling::Contradictory(_)),
                "{json}: {verdict:?}"
            );
        }
    }
}

#[test]
fn the_outer_verdict_may_be_missing_and_the_outer_code_may_be_none() {
    let good = response("0000");
    for json in [
        good.replace("\"Result\":true,", ""),
        good.replace("\"Result\":true", "\"Result\":null"),
        good.replace("\"Result\":true", "\"Result\":\"True\""),
        good.replace("\"ErrorCode\":0,", ""),
        good.replace("\"ErrorCode\":0", "\"ErrorCode\":null"),
        good.replace("\"ErrorCode\":0", "\"ErrorCode\":\"0\""),
        good.replace("\"ErrorCode\":0", "\"ErrorCode\":\"\""),
    ] {
        let envelope = envelope(&json);
        for verdict in [of_sending(&envelope), of_checking(&envelope)] {
            assert_eq!(verdict, yes("0000"), "{json}");
        }
    }
}

#[test]
fn an_outer_verdict_alone_is_no_yes_with_an_error_code_or_without_its_word() {
    for (json, expected) in [
        (r#"{"Result":true,"ErrorCode":0}"#, Some(true)),
        (r#"{"Result":true}"#, Some(true)),
        (r#"{"Result":true,"ErrorCode":17}"#, Some(false)),
        (r#"{"Result":true,"ErrorCode":[]}"#, Some(false)),
        (r#"{"Result":1}"#, Some(false)),
        (r#"{"Result":"no","ErrorCode":17}"#, Some(false)),
        (r#"{"ErrorCode":0}"#, None),
    ] {
        let envelope = envelope(json);
        let ruling = of_envelope(&envelope);
        match expected {
            Some(true) => assert_eq!(ruling, Ruling::Yes(None), "{json}"),
            Some(false) => assert!(matches!(ruling, Ruling::Contradictory(_)), "{json}"),
            None => assert!(matches!(ruling, Ruling::Unclear(_)), "{json}"),
        }
    }
}

#[test]
fn without_an_inner_verdict_an_outer_no_counts() {
    for (json, code) in [
        (r#"{"Result":false,"ErrorCode":17,"Body":null}"#, Some("17")),
        (r#"{"Result":false,"ErrorCode":-1,"Body":""}"#, Some("-1")),
        (r#"{"Result":false,"ErrorCode":0}"#, None),
        (r#"{"Result":false}"#, None),
    ] {
        let envelope = envelope(json);
        assert_eq!(of_sending(&envelope), no(Refused, code), "{json}");
        assert_eq!(of_envelope(&envelope), no(Refused, code), "{json}");
    }
}

#[test]
fn a_code_that_was_sent_under_a_bad_status_is_never_a_certain_no() {
    for (status, upstream) in [("404", false), ("201", false), ("500", true), ("408", true)] {
        let json = inner(&format!(
            r#"{{"Result":{{"ResponseCode":"5001","Token":"t"}},"StatusCode":{status}}}"#
        ));
        let envelope = envelope(&json);
        match of_sending(&envelope) {
            Ruling::No(kind, code) => {
                assert!(upstream, "{status}");
                assert_eq!((kind, code), (Upstream, Some(CODES.code("5001"))));
            }
            ruling => assert!(
                !upstream && matches!(ruling, Ruling::Contradictory(_)),
                "{status}"
            ),
        }
    }
}

#[test]
fn the_status_code_is_found_where_the_page_says_it_stands() {
    let json = inner(r#"{"Result":{"ResponseCode":"5001","StatusCode":200}}"#);
    assert_eq!(of_sending(&envelope(&json)), yes("5001"));
}
