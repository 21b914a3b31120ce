//! Every answer and every status, and what each of them says.

use std::error::Error as _;

use onay_core::Delivery;
use reqwest::header::HeaderValue;

use super::*;

fn answer(status: u16, headers: &[(HeaderName, &str)], body: &str) -> Answer {
    let headers = headers
        .iter()
        .map(|(name, value)| (name.clone(), HeaderValue::from_str(value).expect("header")))
        .collect();
    let body = Bytes::from(body.to_owned());
    Answer::new("acme", status, headers, body, SystemTime::now())
}

#[test]
fn a_body_that_is_no_json_is_unreadable_and_never_quoted() {
    for body in [
        "",
        " \n",
        "<html>canary</html>",
        "{\"canary\":",
        "canary",
        "\"canary\"",
        "{\"n\":\"canary\"}",
    ] {
        #[derive(Debug, serde::Deserialize)]
        #[expect(dead_code, reason = "only the reading counts")]
        struct Number {
            n: u32,
        }
        let answer = answer(200, &[], body);
        let error = answer.json::<Number>().expect_err(body);
        assert_eq!(error.kind(), ErrorKind::Unreadable);
        assert_eq!(error.delivery(), Delivery::MaybeSent);
        assert_eq!(error.http_status(), Some(200));
        let shown = format!("{error} {error:?} {answer:?}");
        let cause = error.source().map(ToString::to_string).unwrap_or_default();
        assert!(!format!("{shown} {cause}").contains("canary"), "{shown}");
    }
}

#[test]
fn a_gateways_page_is_what_its_status_says() {
    for (status, kind) in [
        (200, ErrorKind::Unreadable),
        (307, ErrorKind::Refused),
        (403, ErrorKind::Credentials),
        (404, ErrorKind::Refused),
        (502, ErrorKind::Upstream),
    ] {
        let page = answer(status, &[], "<html>canary</html>");
        let error = page.json::<serde_json::Value>().expect_err("no JSON");
        assert_eq!((error.kind(), error.http_status()), (kind, Some(status)));
    }
}

#[test]
fn what_came_instead_of_json_is_said_whatever_the_status_decides() {
    for status in [200, 307, 400, 401, 403, 404, 408, 429, 502] {
        for (body, why) in [
            ("", "the answer is empty"),
            ("<html>canary</html>", "the answer is HTML or XML, not JSON"),
            ("canary", "the answer is no JSON object"),
            (
                "{\"canary\":",
                "the answer is not the JSON that was expected",
            ),
        ] {
            let answer = answer(status, &[], body);
            let error = answer.json::<serde_json::Value>().expect_err("no JSON");
            // That nothing is redirected says more about a redirect than its page does.
            let redirect = "the provider answered with a redirect, which is not followed";
            let why = if status == 307 { redirect } else { why };
            assert_eq!(error.message(), Some(why), "{status} {body}");
        }
    }
}

#[derive(Debug, serde::Deserialize)]
#[expect(dead_code, reason = "only the reading counts")]
struct Coded {
    code: u32,
    message: Option<String>,
}

/// Whether it is another shape, a field that stands twice, or a text or a name that is none.
#[test]
fn a_whole_object_that_cannot_be_read_may_have_been_a_yes() {
    for body in [
        r#"{"result":"yes","code":"0"}"#,
        r#"{"code":0,"code":1}"#,
        r#"{"code":0,"message":"\ud83d"}"#,
        r#"{"code":0,"\ud83d":1}"#,
        r#"{"code":1e999}"#,
    ] {
        for (status, kind) in [
            (200, ErrorKind::Unreadable),
            (302, ErrorKind::Unreadable),
            (400, ErrorKind::Unreadable),
            (401, ErrorKind::Unreadable),
            (404, ErrorKind::Unreadable),
            (409, ErrorKind::Unreadable),
            (429, ErrorKind::Unreadable),
            (408, ErrorKind::Upstream),
            (503, ErrorKind::Upstream),
        ] {
            let error = answer(status, &[], body).json::<Coded>().expect_err(body);
            assert_eq!(error.kind(), kind, "{status} {body}");
            assert_eq!(error.delivery(), Delivery::MaybeSent, "{status} {body}");
        }
    }
}

#[test]
fn what_was_cut_short_is_what_its_status_says() {
    for (body, kind) in [
        (r#"{"code":0,"message":"a"#, ErrorKind::Credentials),
        (r#"{"code":0"#, ErrorKind::Credentials),
        // It said what no code is before it ended.
        (r#"{"code":"0","message":"a"#, ErrorKind::Unreadable),
    ] {
        let error = answer(401, &[], body).json::<Coded>().expect_err(body);
        assert_eq!(error.kind(), kind, "{body}");
    }
}

#[test]
fn the_status_speaks_for_itself() {
    for (status, kind, delivery) in [
        (302, ErrorKind::Refused, Delivery::Refused),
        (307, ErrorKind::Refused, Delivery::Refused),
        (401, ErrorKind::Credentials, Delivery::Refused),
        (403, ErrorKind::Credentials, Delivery::Refused),
        (408, ErrorKind::Upstream, Delivery::MaybeSent),
        (429, ErrorKind::TooSoon, Delivery::Refused),
        (500, ErrorKind::Upstream, Delivery::MaybeSent),
        (503, ErrorKind::Upstream, Delivery::MaybeSent),
        (101, ErrorKind::Unreadable, Delivery::MaybeSent),
        (600, ErrorKind::Unreadable, Delivery::MaybeSent),
        (999, ErrorKind::Unreadable, Delivery::MaybeSent),
    ] {
        let error = answer(status, &[], "").status_error().expect("an error");
        assert_eq!(
            (error.kind(), error.delivery()),
            (kind, delivery),
            "{status}"
        );
        assert_eq!(error.http_status(), Some(status));
    }
    for status in [200, 204, 400, 404, 422] {
        assert!(answer(status, &[], "").status_error().is_none(), "{status}");
    }
}

#[test]
fn retry_after_is_read_in_both_forms() {
    let date = (DATE, "Mon, 17 Jul 2017 12:30:15 GMT");
    for (text, expected) in [
        ("30", Some(30)),
        ("18446744073709551615", Some(86_400)),
        ("Mon, 17 Jul 2017 12:31:15 GMT", Some(60)),
        ("Mon, 17 Jul 2017 12:00:00 GMT", Some(0)),
        ("soon", None),
        ("-1", None),
    ] {
        let answer = answer(429, &[date.clone(), (RETRY_AFTER, text)], "");
        let error = answer.status_error().expect("an error");
        assert_eq!(
            error.retry_after(),
            expected.map(Duration::from_secs),
            "{text}"
        );
    }
}

#[test]
fn waits_are_counted_on_the_providers_clock() {
    let hour = Duration::from_secs(3600);
    let ahead = SystemTime::now() + hour;
    let date = jiff::fmt::rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&jiff::Timestamp::try_from(ahead).expect("time"))
        .expect("date");
    let wait = Duration::from_secs(180);
    let with = answer(200, &[(DATE, &date)], "").until(ahead + wait);
    assert!(
        with >= wait && with < wait + Duration::from_secs(1),
        "{with:?}"
    );
    let without = answer(200, &[], "").until(ahead + wait);
    assert!(without > hour, "{without:?}");
    let now = SystemTime::now();
    let date = jiff::fmt::rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&jiff::Timestamp::try_from(now).expect("time"))
        .expect("date");
    let agreed = answer(200, &[(DATE, &date)], "").until(now + wait);
    assert!(
        agreed <= wait,
        "clocks that agree are not rounded: {agreed:?}"
    );
}

#[test]
fn debug_shows_the_media_type_alone() {
    let answer = answer(200, &[(CONTENT_TYPE, "text/html; canary=1")], "canary");
    assert_eq!(
        format!("{answer:?}"),
        r#"Answer { provider: "acme", status: 200, content_type: Some("text/html"), bytes: 6, .. }"#
    );
}
