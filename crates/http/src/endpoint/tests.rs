//! Headers, bodies and paths, before anything is sent.

use onay_core::{ErrorKind, Subject};

use super::*;
use crate::{BaseUrl, HttpClient};

fn endpoint() -> Endpoint {
    let base = BaseUrl::parse("http://127.0.0.1:9/base").expect("a base URL");
    let client = HttpClient::new().expect("a client");
    client
        .endpoint("acme", Operation::SEND_OTP, &base, "/send")
        .expect("an endpoint")
}

#[test]
fn a_secret_header_is_marked_for_everything_below() {
    let canary = Secret::new("canary");
    let endpoint = endpoint()
        .with_secret_header("x-key", &canary)
        .expect("a header");
    assert!(endpoint.headers.map["x-key"].is_sensitive());
    let request = endpoint
        .empty()
        .with_secret_header("x-other", &canary)
        .expect("a header");
    let headers = request.headers();
    assert!(headers["x-key"].is_sensitive() && headers["x-other"].is_sensitive());
    let shown = format!("{headers:?} {endpoint:?} {request:?}");
    assert!(!shown.contains("canary"), "{shown}");
}

#[test]
fn what_no_header_may_hold_is_refused_without_quoting_it() {
    for (name, value) in [
        ("x-key", "canary\n"),
        ("x-key", "canary\0"),
        ("x key", "canary"),
    ] {
        let (endpoint, secret) = (endpoint(), Secret::new(value));
        let whole = endpoint
            .clone()
            .with_secret_header(name, &secret)
            .expect_err(value);
        let one = endpoint
            .empty()
            .with_secret_header(name, &secret)
            .expect_err(value);
        for error in [whole, one] {
            assert_eq!(error.kind(), ErrorKind::Config);
            assert_eq!(error.subject(), Some(Subject::Argument(name)));
            assert_eq!(error.provider(), Some("acme"));
            assert!(!format!("{error} {error:?}").contains("canary"));
        }
        endpoint.empty().with_header(name, value).expect_err(value);
        endpoint.with_header(name, value).expect_err(value);
    }
}

#[test]
fn a_call_has_its_own_headers_over_those_of_the_endpoint() {
    let endpoint = endpoint().with_header("x-a", "1").expect("a header");
    let request = endpoint.empty().with_header("X-A", "2").expect("a header");
    assert_eq!(request.headers()["x-a"], "2");
    assert_eq!(endpoint.empty().headers()["x-a"], "1");
    let other = endpoint.clone().with_header("x-a", "3").expect("a header");
    assert_eq!(
        endpoint.empty().headers()["x-a"],
        "1",
        "a clone changes alone"
    );
    let sharing = endpoint.with_headers_of(&other);
    assert_eq!(sharing.empty().headers()["x-a"], "3");
    assert!(Arc::ptr_eq(&sharing.headers, &other.headers));
}

#[test]
fn keys_in_headers_are_known() {
    let key = Secret::new("test");
    let without = endpoint().with_header("x-a", "1").expect("a header");
    assert!(!without.empty().hold_keys);
    let one = without
        .empty()
        .with_secret_header("x-key", &key)
        .expect("a header");
    assert!(one.hold_keys);
    // The example of RFC 7617.
    let basic = without.with_basic_auth("Aladdin", &Secret::new("open sesame"));
    let basic = basic.expect("a header");
    assert!(basic.empty().hold_keys);
    assert_eq!(
        basic.headers.map["authorization"],
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    );
    let error = basic.with_basic_auth("us:er", &key).expect_err("a colon");
    assert_eq!(error.subject(), Some(Subject::Argument("user")));
}

#[test]
fn a_body_brings_its_content_type_unless_one_is_set() {
    let (plain, own) = (
        endpoint(),
        endpoint().with_header("content-type", "text/x-own"),
    );
    let own = own.expect("a header");
    let json = serde_json::json!({"a": "ş"});
    let request = plain.json(&json).expect("a body");
    assert_eq!(request.body, r#"{"a":"ş"}"#);
    assert_eq!(request.headers()["content-type"], "application/json");
    let fields = [("a b", "+90 555/x=1&y"), ("ş", "İ~*")];
    let form = plain.form(fields);
    assert_eq!(form.body, "a+b=%2B90+555%2Fx%3D1%26y&%C5%9F=%C4%B0%7E*");
    assert_eq!(
        form.headers()["content-type"],
        "application/x-www-form-urlencoded"
    );
    for request in [own.json(&json).expect("a body"), own.form(fields)] {
        assert_eq!(request.headers()["content-type"], "text/x-own");
    }
    let error = plain.json(&Unwritable).expect_err("no JSON");
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(error.operation(), Some(Operation::SEND_OTP));
}

struct Unwritable;

impl Serialize for Unwritable {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("canary"))
    }
}

#[test]
fn an_empty_post_says_its_length_and_a_get_does_not() {
    let post = endpoint();
    let request = post.empty();
    assert_eq!(request.headers()["content-length"], "0");
    assert!(!request.headers().contains_key("content-type"));
    let get = post.clone().with_get();
    assert_eq!(get.route.method, Method::GET);
    assert_eq!(post.route.method, Method::POST, "a clone changes alone");
    assert!(get.empty().headers().is_empty());
}

#[test]
fn segments_are_added_encoded_and_never_lead_elsewhere() {
    let endpoint = endpoint();
    for (segment, path) in [
        ("abc-1", "/base/send/abc-1"),
        ("a/b", "/base/send/a%2Fb"),
        ("a b?c#d", "/base/send/a%20b%3Fc%23d"),
        ("%2f", "/base/send/%252f"),
        ("...", "/base/send/..."),
        ("a..b", "/base/send/a..b"),
        ("ş", "/base/send/%C5%9F"),
    ] {
        let request = endpoint.empty().with_segment(segment).expect(segment);
        assert_eq!(request.url().path(), path);
        assert_eq!(request.url().query(), None);
    }
    let request = endpoint.empty().with_segment("a").expect("a");
    let request = request.with_segment("sms").expect("sms");
    assert_eq!(request.url().path(), "/base/send/a/sms");
    for segment in [
        "", ".", "..", "%2e", "%2E.", ".%2e", "%2e%2E", ".\t.", ".\n.", "..\r", "\t", "a\tb",
    ] {
        let error = endpoint.empty().with_segment(segment).expect_err(segment);
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{segment}");
    }
}
