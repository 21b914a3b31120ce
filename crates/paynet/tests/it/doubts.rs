//! Answers that may have been a yes, and answers that are no JSON: what nobody can tell stays untold.

use onay_core::{Delivery, ErrorKind};

use crate::answers::{both_refused, raw};

#[tokio::test]
async fn a_damaged_code_may_have_been_a_yes() {
    for body in [
        r#"{"code":"0 "}"#,
        r#"{"code":" 0"}"#,
        r#"{"code":0,"result_code":"0\n"}"#,
        "{\"code\":\"0\u{fffd}\"}",
    ] {
        for error in both_refused(raw(200, body)).await {
            assert_eq!(error.kind(), ErrorKind::Unreadable, "{body}");
            assert_eq!(error.delivery(), Delivery::MaybeSent, "{body}");
        }
    }
}

/// A bad status makes a no of what says nothing, never of what may have been a yes.
#[tokio::test]
async fn a_damaged_answer_is_no_certain_no_under_any_status() {
    for body in [
        r#"{"code":"0 "}"#,
        r#"{"code":"0\ufffd"}"#,
        r#"{"code":0.0}"#,
        r#"{"code":{}}"#,
        r#"{"code":0,"result_code":1}"#,
        r#"{"result_code":0,"code":false}"#,
        r#"{"code":0,"code":1}"#,
        r#"{"code":0,"message":"\ud83d"}"#,
        r#"{"type":"authorization_error","message":"olmadı","code":0}"#,
        r#"{"type":"api_error","result_code":0}"#,
        r#"{"type":[],"code":0}"#,
    ] {
        for (status, kind) in [
            (302, ErrorKind::Unreadable),
            (400, ErrorKind::Unreadable),
            (401, ErrorKind::Unreadable),
            (403, ErrorKind::Unreadable),
            (409, ErrorKind::Unreadable),
            (429, ErrorKind::Unreadable),
            (408, ErrorKind::Upstream),
            (500, ErrorKind::Upstream),
        ] {
            for error in both_refused(raw(status, body)).await {
                assert_eq!(error.kind(), kind, "{status} {body}");
                assert_eq!(error.delivery(), Delivery::MaybeSent, "{status} {body}");
            }
        }
    }
}

/// On call one reads a firewall's page or a wrong base URL, and not a wrong key alone.
#[tokio::test]
async fn a_page_instead_of_json_is_named_whatever_its_status() {
    for status in [200, 401, 403, 404, 429, 502] {
        for error in both_refused(raw(status, "<html>Access Restricted</html>")).await {
            let why = "the answer is HTML or XML, not JSON";
            assert_eq!(error.message(), Some(why), "{status}");
        }
    }
}
