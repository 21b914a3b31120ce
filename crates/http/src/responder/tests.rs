//! Each cell of the table that says whether the provider answered.

use std::error::Error as _;

use onay_core::Dispatch;
use onay_core::ErrorKind::{Credentials, Refused, TooSoon, Unreadable, Upstream};

use super::*;
use crate::response::tests::{keys_in_body, response};

const PAGES: [&str; 3] = [
    "<!DOCTYPE html><html><head><title>Request blocked</title></head><body>canary: your address is not on the list</body></html>",
    "\n\n<html>canary</html>",
    "<?xml version=\"1.0\"?><Error>canary</Error>",
];

fn error(response: &Response) -> Error {
    let error = response.object().expect_err("no object");
    assert_eq!(error.http_status(), Some(response.status()));
    let cause = error.source().map(ToString::to_string).unwrap_or_default();
    let shown = format!("{error} {error:?} {response:?} {cause}");
    assert!(!shown.contains("canary"), "{shown}");
    error
}

#[test]
fn the_table_holds() {
    const IN_BETWEEN: [Reason; 3] = [PAGE_IN_BETWEEN, TEXT_IN_BETWEEN, EMPTY_IN_BETWEEN];
    const PLAIN: [Reason; 3] = [PAGE, TEXT, EMPTY];
    for (statuses, kind, reasons) in [
        (&[200, 204, 403, 404, 429][..], Unreadable, IN_BETWEEN),
        (&[400, 405, 422], Refused, PLAIN),
        (&[408, 500, 502, 503], Upstream, PLAIN),
        (&[301, 302, 303], Unreadable, [REDIRECT; 3]),
        (&[307, 308], Refused, [REDIRECT; 3]),
        (&[101, 600], Unreadable, [NO_STATUS; 3]),
    ] {
        let bodies = [PAGES[0], "Request blocked: canary", ""];
        for (status, (body, reason)) in statuses.iter().flat_map(|status| {
            bodies
                .into_iter()
                .zip(reasons)
                .map(move |cell| (*status, cell))
        }) {
            let response = response(status, &[], body.as_bytes());
            let error = error(&response);
            let found = (error.kind(), error.reason(), error.dispatch());
            let expected = (kind, Some(reason), kind.usual_dispatch());
            assert_eq!(found, expected, "{status} {body}");
            let response = keys_in_body(response);
            assert_eq!(self::error(&response).kind(), kind, "{status} {body}");
        }
    }
}

#[test]
fn an_empty_401_speaks_of_keys_where_they_travel_in_headers() {
    for body in ["", " \r\n"] {
        let at = |response| (error(&response).kind(), error(&response).dispatch());
        let empty = || response(401, &[], body.as_bytes());
        assert_eq!(at(empty()), (Credentials, Dispatch::Refused));
        assert_eq!(at(keys_in_body(empty())), (Unreadable, Dispatch::MaybeSent));
    }
    for page in PAGES {
        let error = error(&response(401, &[], page.as_bytes()));
        assert_eq!(
            (error.kind(), error.reason()),
            (Unreadable, Some(PAGE_IN_BETWEEN))
        );
    }
}

#[test]
fn what_came_instead_is_named() {
    for (body, reason) in [
        (&b"canary"[..], TEXT_IN_BETWEEN),
        (b"\"canary\"", NO_OBJECT),
        (b"[{\"canary\":1}]", NO_OBJECT),
        (b"12", NO_OBJECT),
        (b"{\"canary\":", CUT),
        (b"{\"code\":0,\"text\":\"canary", CUT),
        (b"{\"canary\" 1}", DAMAGED),
        (b"{\"code\":0} canary", DAMAGED),
        (b"{canary", DAMAGED),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\x03canary", COMPRESSED),
    ] {
        let error = error(&response(200, &[], body));
        let shown = String::from_utf8_lossy(body);
        assert_eq!(
            (error.kind(), error.reason()),
            (Unreadable, Some(reason)),
            "{shown}"
        );
    }
    for (coding, reason) in [
        ("gzip", COMPRESSED),
        ("br", COMPRESSED),
        ("identity", TEXT_IN_BETWEEN),
        ("", TEXT_IN_BETWEEN),
    ] {
        let error = error(&response(200, &[(CONTENT_ENCODING, coding)], b"\x01canary"));
        assert_eq!(error.reason(), Some(reason), "{coding}");
    }
    let honest = response(200, &[(CONTENT_ENCODING, "gzip")], b"{}");
    honest.object().expect("an object under any header");
}

#[test]
fn the_status_speaks_for_itself() {
    for (statuses, kind) in [
        (&[302, 303, 101, 600, 999][..], Some(Unreadable)),
        (&[307, 308], Some(Refused)),
        (&[401, 403], Some(Credentials)),
        (&[408, 500, 503], Some(Upstream)),
        (&[429], Some(TooSoon)),
        (&[200, 204, 400, 404, 422], None),
    ] {
        for status in statuses {
            let found = by_status(&response(*status, &[], b""));
            assert_eq!(found.map(|error| error.kind()), kind, "{status}");
        }
    }
}

#[test]
fn a_redirect_says_so_beside_a_no_too() {
    for (status, reason) in [(302, REDIRECT), (307, REDIRECT), (600, NO_STATUS)] {
        let found = by_status(&response(status, &[], b"{}"));
        assert_eq!(
            found.and_then(|error| error.reason()),
            Some(reason),
            "{status}"
        );
    }
}

#[test]
fn the_cause_of_broken_json_says_where() {
    for (body, said) in [
        (
            &b"{\"code\":"[..],
            Some("it ends too early, at line 1 column 8"),
        ),
        (b"{\"code\" 1}", Some("it is malformed, at line 1 column 9")),
        (b"text", None),
    ] {
        let cause = error(&response(200, &[], body));
        let cause = cause.source().map(ToString::to_string);
        assert_eq!(cause.as_deref(), said);
    }
}
