//! Responses whose fields contradict each other, and the result of each.

use super::*;

fn contradictory(ruling: &Ruling) -> bool {
    matches!(ruling, Ruling::Contradictory(_))
}

/// An answer with a status code in both places.
fn statuses(outside: &str, inside: &str, exception: &str) -> String {
    inner(&format!(
        r#"{{"Result":{{"ResponseCode":"4711","StatusCode":{inside}}},"Exception":{exception},"StatusCode":{outside}}}"#
    ))
}

#[test]
fn two_status_codes_agree_or_are_a_doubt() {
    for (outside, inside, agree) in [
        ("200", "200", true),
        ("200", "202", true),
        ("\"202\"", "200", true),
        ("200", "null", true),
        ("null", "202", true),
        ("200", "\"\"", true),
        ("200", "401", false),
        ("401", "200", false),
        ("200", "201", false),
        ("500", "202", false),
        ("200", "500", false),
        ("200", "[]", false),
        ("200", "200.0", false),
        ("[]", "200", false),
        ("\"200\\t\"", "200", false),
        ("null", "\"20O\"", false),
    ] {
        for code in ["0000", "4711"] {
            let json = statuses(outside, inside, "null").replace("4711", code);
            let no = no(Refused, Some(code));
            let agreed = match code {
                "0000" => yes(code),
                _ => no,
            };
            let envelope = envelope(&json);
            for ruling in [of_sending(&envelope), of_checking(&envelope)] {
                assert_eq!(ruling == agreed, agree, "{json}: {ruling:?}");
                assert_eq!(contradictory(&ruling), !agree, "{json}: {ruling:?}");
            }
        }
    }
}

#[test]
fn of_two_bad_status_codes_the_one_in_doubt_counts() {
    for (outside, inside, kind) in [
        ("404", "401", Refused),
        ("404", "500", Upstream),
        ("408", "401", Upstream),
    ] {
        let json = statuses(outside, inside, "null");
        let ruling = no(kind, Some("4711"));
        assert_eq!(of_sending(&envelope(&json)), ruling, "{json}");
    }
}

#[test]
fn a_known_exception_needs_no_status_and_an_unknown_one_does() {
    for (outside, inside) in [("200", "500"), ("401", "200"), ("[]", "null")] {
        let known = statuses(outside, inside, r#"{"Code":"OTP_IS_NOT_VALID"}"#);
        let ruling = no(WrongCode, Some("OTP_IS_NOT_VALID"));
        assert_eq!(of_checking(&envelope(&known)), ruling, "{known}");
        let unknown = known.replace("OTP_IS_NOT_VALID", "BRAND_NEW_CODE");
        let unknown = envelope(&unknown);
        assert!(contradictory(&of_checking(&unknown)), "{outside} {inside}");
    }
}

#[test]
#[rustfmt::skip]
fn a_verified_code_is_no_certain_no() {
    for (masterpass, doubted) in [
        (r#"{"Result":{"ResponseCode":"4711","IsVerified":true},"StatusCode":200}"#, true),
        (r#"{"Result":{"ResponseCode":"1409","IsVerified":"True"},"StatusCode":401}"#, true),
        (r#"{"Result":{"IsVerified":true},"Exception":{"Code":"OTP_IS_NOT_VALID"},"StatusCode":401}"#, true),
        (r#"{"Result":{"IsVerified":true},"Exception":{"Code":"TOKEN_ALREADY_USED"}}"#, true),
        (r#"{"Result":{"IsVerified":true}}"#, true),
        (r#"{"Result":{"ResponseCode":"4711","IsVerified":false},"StatusCode":200}"#, false),
        (r#"{"Result":{"ResponseCode":"4711","IsVerified":null},"StatusCode":200}"#, false),
        (r#"{"Result":{"ResponseCode":"0000","IsVerified":true},"StatusCode":200}"#, false),
        (r#"{"Result":{"ResponseCode":"5001","IsVerified":true},"StatusCode":200}"#, false),
        (r#"{"Result":{"ResponseCode":"5010","IsVerified":true},"StatusCode":200}"#, false),
        (r#"{"Result":{"ResponseCode":"4711","IsVerified":true},"StatusCode":500}"#, false),
    ] {
        let json = inner(masterpass);
        let envelope = envelope(&json);
        assert_eq!(contradictory(&of_checking(&envelope)), doubted, "{json}");
        assert!(!contradictory(&of_sending(&envelope)), "{json}");
    }
}

#[test]
fn what_stands_in_place_of_an_object_may_hold_a_yes() {
    for (body, doubted) in [
        (r#""{}""#, true),
        ("[]", true),
        ("true", true),
        ("0", true),
        (
            r#"{"Masterpass":[{"StatusCode":200,"Result":{"ResponseCode":"0000"}}]}"#,
            true,
        ),
        (r#"{"Masterpass":"{}"}"#, true),
        (r#"{"Masterpass":false}"#, true),
        (r#"{"Masterpass":{"StatusCode":200,"Result":"5001"}}"#, true),
        (r#"{"Masterpass":{"StatusCode":200,"Result":[]}}"#, true),
        (r#"{"Masterpass":null}"#, false),
        (r#"{"Masterpass":""}"#, false),
        (r#""""#, false),
        ("null", false),
        ("{}", false),
    ] {
        for result in ["false", "null"] {
            let json = format!(r#"{{"Result":{result},"Body":{body}}}"#);
            let envelope = envelope(&json);
            for ruling in [of_sending(&envelope), of_checking(&envelope)] {
                assert_eq!(contradictory(&ruling), doubted, "{json}: {ruling:?}");
            }
            let is_object = body.starts_with('{');
            let session = contradictory(&of_envelope(&envelope));
            assert_eq!(session, doubted && !is_object, "{json}");
        }
    }
}
