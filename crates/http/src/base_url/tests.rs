//! Which addresses are taken, and which paths are added to them.

use onay_core::{Dispatch, ErrorKind};

use super::*;

#[test]
fn takes_https_and_loopback() {
    for (text, expected) in [
        ("https://api.example.com", "https://api.example.com"),
        ("https://api.example.com/", "https://api.example.com"),
        (
            "https://api.example.com:8443/a/b/",
            "https://api.example.com:8443/a/b",
        ),
        ("http://127.0.0.1:1", "http://127.0.0.1:1"),
        ("http://127.9.9.9:1/x", "http://127.9.9.9:1/x"),
        ("http://[::1]:1", "http://[::1]:1"),
        ("http://localhost:1", "http://localhost:1"),
        ("HTTP://LOCALHOST:1", "http://localhost:1"),
    ] {
        assert_eq!(BaseUrl::parse(text).expect(text).as_str(), expected);
    }
}

#[test]
fn loopback_is_told_by_the_host_alone() {
    for text in [
        "http://127.0.0.1:1/x",
        "http://localhost",
        "http://[::1]:1",
        "https://127.0.0.2",
    ] {
        assert!(BaseUrl::parse(text).expect(text).is_loopback(), "{text}");
    }
    for text in [
        "https://api.example.com/127.0.0.1",
        "https://localhost.example.com",
        "https://10.0.0.1",
    ] {
        assert!(!BaseUrl::parse(text).expect(text).is_loopback(), "{text}");
    }
}

#[test]
fn a_path_cannot_change_the_host_or_bring_a_query() {
    let base = BaseUrl::parse("https://api.example.com").expect("a base URL");
    for path in [
        "",
        "send",
        ".example.net/x",
        "@example.net/",
        "/x?token=1",
        "/x#y",
        "/a/../../admin",
        "/a/..",
        "/./a",
        "/a/%2e%2E/b",
        "/a/.%2e",
        "/a\\..\\b",
        "/a/.\t./b",
        "/a/b\n",
    ] {
        let error = base.join(path).expect_err(path);
        assert_eq!(error.subject(), Some(Subject::Argument("path")), "{path}");
    }
    assert_eq!(
        base.join("/x").expect("joined").as_str(),
        "https://api.example.com/x"
    );
}

#[test]
fn a_named_host_is_taken_by_its_whole_name_and_marked() {
    let hosts = ["onay-sandbox", "sandbox.internal"];
    for text in [
        "http://onay-sandbox:8027/paynet",
        "http://ONAY-SANDBOX",
        "http://onay-sandbox.:1",
        "http://sandbox.internal",
    ] {
        let base = BaseUrl::parse_sandbox(text, &hosts).expect(text);
        assert!(base.needs_sandbox(), "{text}");
    }
    for text in ["http://127.0.0.1:1", "https://onay-sandbox"] {
        let base = BaseUrl::parse_sandbox(text, &hosts).expect(text);
        assert!(!base.needs_sandbox(), "{text}");
    }
    for text in [
        "http://onay-sandbox.example.com",
        "http://internal",
        "http://user@onay-sandbox",
        "http://example.com/onay-sandbox",
        "ftp://onay-sandbox",
    ] {
        BaseUrl::parse_sandbox(text, &hosts).expect_err(text);
    }
}

#[test]
fn quotation_marks_are_named() {
    for text in ["\"https://api.example.com\"", "'http://127.0.0.1'"] {
        let error = BaseUrl::parse(text).expect_err(text);
        assert_eq!(error.reason(), Some(QUOTED), "{text}");
    }
}

#[test]
fn refuses_what_could_leak() {
    for text in [
        "",
        "api.example.com",
        "/relative",
        "http://api.example.com",
        "http://10.0.0.1",
        "http://0.0.0.0:1",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://example.com#127.0.0.1",
        "https://user@example.com",
        "https://user:canary@example.com",
        "https://example.com?key=canary",
        "https://example.com/#canary",
        "http://127.0.0.1:1/\n",
        "https://api.example.com/a b",
        "https://api.example.com/\u{fffd}",
        "ftp://localhost",
        "file:///etc/hosts",
    ] {
        let error = BaseUrl::parse(text).expect_err(text);
        assert_eq!(error.kind(), ErrorKind::Config, "{text}");
        assert_eq!(error.dispatch(), Dispatch::NotSent, "{text}");
        assert_eq!(
            error.subject(),
            Some(Subject::Argument("base_url")),
            "{text}"
        );
        assert!(!format!("{error} {error:?}").contains("canary"), "{text}");
    }
}
