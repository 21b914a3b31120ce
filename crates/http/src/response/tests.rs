//! Text, headers and waits of a response.

use reqwest::header::{HeaderName, HeaderValue};

use super::*;

/// A response that arrived now; its keys travelled in headers.
pub(crate) fn response(status: u16, headers: &[(HeaderName, &str)], body: &[u8]) -> Response {
    let headers = headers
        .iter()
        .map(|(name, value)| (name.clone(), HeaderValue::from_str(value).expect("header")))
        .collect();
    let arrival = Arrival {
        instant: Instant::now(),
        time: SystemTime::now(),
    };
    Response::new(status, headers, Bytes::copy_from_slice(body), arrival, true)
}

/// The same, from a request that had its keys in the body.
pub(crate) fn keys_in_body(mut response: Response) -> Response {
    response.keys_in_headers = false;
    response
}

/// A time as the `Date` header writes it.
fn date(time: SystemTime) -> String {
    let time = jiff::Timestamp::try_from(time).expect("time");
    jiff::fmt::rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&time)
        .expect("date")
}

#[test]
fn text_is_the_body_without_what_surrounds_it() {
    for (body, expected) in [
        (&b"\xef\xbb\xbf {}\r\n"[..], "{}"),
        (b" \n", ""),
        (b"", ""),
        ("ş".as_bytes(), "ş"),
        (b"{\"m\":\"ba\xfear\"}", "{\"m\":\"ba\u{fffd}ar\"}"),
    ] {
        let response = response(200, &[], body);
        assert_eq!(response.text(), expected);
        assert_eq!(response.text(), expected, "asked again");
        assert_eq!(response.body(), body);
    }
}

#[test]
fn letters_of_an_old_service_hide_no_code() {
    let response = response(200, &[], b"{\"code\":7,\"message\":\"ba\xfear\xfdl\xfd\"}");
    let object = response.object().expect("an object");
    assert_eq!(object.text("code").value().as_deref(), Some("7"));
    let message = object.text("message").value();
    assert_eq!(message.as_deref(), Some("ba\u{fffd}ar\u{fffd}l\u{fffd}"));
}

#[test]
fn headers_are_found_by_name_in_any_case() {
    let response = response(200, &[(CONTENT_TYPE, "text/html")], b"");
    assert_eq!(response.header("Content-Type"), Some("text/html"));
    assert_eq!(response.header("x-none"), None);
    assert_eq!(response.header("no name"), None);
}

#[test]
fn a_code_that_repeats_a_bad_status_is_found() {
    for (status, code, repeats) in [
        (401, "401", true),
        (401, "7", false),
        (401, "", false),
        (200, "200", false),
        (503, "503", true),
    ] {
        let response = response(status, &[], b"");
        assert_eq!(response.repeats_status(code), repeats, "{status} {code}");
    }
}

#[test]
fn waits_are_counted_on_the_providers_clock() {
    let (hour, length) = (Duration::from_secs(3600), Duration::from_secs(180));
    let now = SystemTime::now();
    let wait = |date: Option<String>, until: SystemTime| {
        let header = date.as_deref().map(|date| (DATE, date));
        let response = response(200, header.as_slice(), b"");
        let wait = response.wait_until(until);
        let ends = wait.ends() < response.arrived() + 24 * hour;
        assert_eq!(wait.at(), ends.then_some(until));
        (wait.remaining(response.arrived()), wait.is_by_local_clock())
    };
    let (ahead, by_local_clock) = wait(Some(date(now + hour)), now + hour + length);
    assert!(
        ahead >= length && ahead < length + Duration::from_secs(1),
        "{ahead:?}"
    );
    assert!(!by_local_clock);
    let (without, by_local_clock) = wait(None, now + hour + length);
    assert!(without > hour && by_local_clock, "{without:?}");
    let (agreed, _) = wait(Some(date(now)), now + length);
    assert!(
        agreed <= length,
        "clocks that agree are not rounded: {agreed:?}"
    );
    let (passed, _) = wait(Some(date(now)), now - hour);
    assert_eq!(passed, Duration::ZERO);
    let years = Duration::from_secs(3 * 365 * 24 * 3600);
    let (bounded, _) = wait(None, now + years);
    assert_eq!(bounded, Duration::from_secs(24 * 3600));
}

#[test]
fn retry_after_is_read_in_both_forms() {
    let at = (DATE, "Mon, 17 Jul 2017 12:30:15 GMT");
    for (text, expected) in [
        ("30", Some(30)),
        ("18446744073709551615", Some(86_400)),
        ("Mon, 17 Jul 2017 12:31:15 GMT", Some(60)),
        ("Mon, 17 Jul 2017 12:00:00 GMT", Some(0)),
        ("soon", None),
        ("-1", None),
    ] {
        let response = response(429, &[at.clone(), (RETRY_AFTER, text)], b"");
        let wait = response.retry_after();
        let length = wait.map(|wait| wait.remaining(response.arrived()));
        assert_eq!(length, expected.map(Duration::from_secs), "{text}");
    }
}

#[test]
fn debug_shows_the_media_type_alone() {
    let response = response(200, &[(CONTENT_TYPE, "text/html; canary=1")], b"canary");
    assert_eq!(
        format!("{response:?}"),
        r#"Response { status: 200, content_type: Some("text/html"), bytes: 6, .. }"#
    );
}

#[test]
fn a_date_and_the_local_clock_agree_within_its_second() {
    let (date, second) = (SystemTime::UNIX_EPOCH, Duration::from_secs(1));
    let almost = Duration::from_nanos(999_999_999);
    assert!(within_second(date, date) && within_second(date, date + almost));
    assert!(!within_second(date, date + second) && !within_second(date + almost, date));
}
