//! What each answer becomes: the documented ones, every reason, and what is malformed.

use onay_core::ErrorKind::{self, Credentials, Refused, TooSoon, Unreadable, Upstream};
use onay_core::{Error, LinkId, ProviderCode, ProviderText, WebAddress};
use onay_paytr_link::Deleted;
use onay_testkit::{Behaviour, SocketServer};

use crate::support::{answering, email, link, paytr, phone, product, subject};

/// What all four calls make of the same answer.
async fn all(answer: Behaviour) -> [Result<(), Error>; 4] {
    let server = SocketServer::start(answer).await;
    let paytr = paytr(&server.url());
    [
        paytr.create(product()).await.map(drop),
        paytr.send_sms(&link(), &phone()).await.map(drop),
        paytr.send_email(&link(), &email()).await.map(drop),
        paytr.delete(&[link()]).await.map(drop),
    ]
}

/// The same error of all four calls, with its kind's dispatch.
async fn all_fail(status: u16, body: &str, kind: ErrorKind) -> [Error; 4] {
    let results = all(Behaviour::answer(status, "text/html", body)).await;
    results.map(|result| {
        let error = result.expect_err(body);
        assert_eq!(error.kind(), kind, "{status} {body}");
        assert_eq!(error.dispatch(), kind.usual_dispatch(), "{status} {body}");
        assert_eq!(error.http_status(), Some(status));
        assert_eq!(error.provider(), Some("paytr-link"));
        error
    })
}

async fn deletion(status: u16, json: &str, links: &[LinkId]) -> Result<Deleted, Error> {
    let server = SocketServer::start(Behaviour::answer(status, "text/html", json)).await;
    paytr(&server.url()).delete(links).await
}

fn ids(links: &[LinkId]) -> Vec<&str> {
    links.iter().map(LinkId::as_str).collect()
}

#[tokio::test]
async fn a_link_is_created_with_its_address_or_with_none() {
    for (address, expected) in [
        (
            r#""https://www.paytr.com/link/NB2Zlz3""#,
            Some("https://www.paytr.com/link/NB2Zlz3"),
        ),
        (r#""https://x/\u001b]0;pwned\u0007""#, None),
        (r#""https://x/\u202emoc""#, None),
        (r#""javascript:alert(1)""#, None),
        (r#""""#, None),
        ("7", None),
        ("null", None),
    ] {
        let json = format!(r#"{{"status":"success","id":"NB2Zlz3","link":{address}}}"#);
        let (paytr, _server) = answering(&json).await;
        let created = paytr.create(product()).await.expect("created");
        assert_eq!(
            (created.id(), created.url().map(WebAddress::as_str)),
            (&link(), expected),
            "{address}"
        );
    }
    for id in ["", r#","id":"""#, r#","id":null"#] {
        let (paytr, _server) = answering(&format!(r#"{{"status":"success"{id}}}"#)).await;
        let error = paytr.create(product()).await.expect_err("no proof");
        assert_eq!(error.kind(), Unreadable, "{id}");
    }
}

#[tokio::test]
async fn a_no_is_read_by_its_reason_which_is_kept() {
    let token = "paytr_token gonderilmedi veya gecersiz";
    for (reason, kind) in [
        ("İşlem başarısız. Geçersiz id.", Refused),
        ("Bu servis mağazanız için tanımlı değil", Refused),
        (token, Credentials),
        ("SMS servisi zaman aşımı", Upstream),
        ("SMS servisi zaman asimi", Upstream),
        ("timeout", Upstream),
        ("Sunucu hatası, lütfen tekrar deneyin", Upstream),
    ] {
        for (status, field) in [("error", "reason"), ("failed", "err_msg")] {
            let json = format!(r#"{{"status":"{status}","{field}":"{reason}"}}"#);
            for error in all_fail(200, &json, kind).await {
                assert_eq!(error.provider_text(), Some(&ProviderText::new(reason)));
                assert!(!error.to_string().contains(reason) || reason == "timeout");
            }
        }
    }
    for (number, code) in [("7", "7"), ("\"007\"", "007")] {
        let json = format!(r#"{{"status":"failed","err_msg":"x","err_no":{number}}}"#);
        for error in all_fail(200, &json, Refused).await {
            assert_eq!(
                error.code(),
                Some(&ProviderCode::Unknown(ProviderText::new(code)))
            );
        }
    }
    all_fail(200, r#"{"status":"error"}"#, Refused).await;
}

#[tokio::test]
async fn what_says_neither_yes_nor_no_may_have_sent() {
    for body in [
        "{}",
        "null",
        r#"{"status":"ok"}"#,
        r#"{"status":"success","status":"error"}"#,
    ] {
        all_fail(200, body, Unreadable).await;
    }
    // It may have been a yes, so no status makes a certain no of it. (`verdict` has them all.)
    let ids = r#""id":"NB2Zlz3","success_deletes":"NB""#;
    for json in [
        format!(r#"{{"status":"success",{ids},"reason":"SMS gonderilemedi"}}"#),
        format!(r#"{{"status":["success"],{ids}}}"#),
    ] {
        for (status, kind) in [(200, Unreadable), (403, Unreadable), (502, Upstream)] {
            all_fail(status, &json, kind).await;
        }
    }
}

#[tokio::test]
async fn a_deletion_says_what_is_gone() {
    let two = [link(), LinkId::parse("B2").expect("a link")];
    let one = &two[..1];
    for (json, links, deleted, failed) in [
        (r#"{"status":"success"}"#, one, vec!["NB2Zlz3"], vec![]),
        (
            r#"{"status":"success","success_deletes":["NB2Zlz3"],"failed_deletes":[]}"#,
            one,
            vec!["NB2Zlz3"],
            vec![],
        ),
        // What was never asked for is nowhere.
        (
            r#"{"status":"success","reason":"biri silinemedi","success_deletes":["NB2Zlz3","A1"]}"#,
            one,
            vec!["NB2Zlz3"],
            vec![],
        ),
        (
            r#"{"status":"success","failed_deletes":"NB2Zlz3"}"#,
            one,
            vec![],
            vec!["NB2Zlz3"],
        ),
        // A no that leaves some links undeleted is one in part.
        (
            r#"{"status":"error","reason":"x","success_deletes":["NB2Zlz3"],"failed_deletes":["B2"]}"#,
            &two,
            vec!["NB2Zlz3"],
            vec!["B2"],
        ),
        (
            r#"{"status":"failed","reason":"zaman asimi","success_deletes":["NB2Zlz3","A1"]}"#,
            &two,
            vec!["NB2Zlz3"],
            vec![],
        ),
    ] {
        let result = deletion(200, json, links).await.expect(json);
        assert_eq!(ids(result.deleted()), deleted, "{json}");
        assert_eq!(ids(result.failed()), failed, "{json}");
    }
    // Not under a bad HTTP status, and not where the token was wrong.
    for (status, reason, kind) in [(400, "x", Refused), (200, "paytr_token", Credentials)] {
        let json = format!(
            r#"{{"status":"error","reason":"{reason}","success_deletes":["NB2Zlz3"],"failed_deletes":["B2"]}}"#
        );
        let error = deletion(status, &json, &two).await.expect_err(&json);
        assert_eq!(error.kind(), kind, "{json}");
    }
}

/// Either no link is named, or all are in a no for the whole: one of the two is wrong.
#[tokio::test]
async fn a_deletion_that_contradicts_itself_is_neither_yes_nor_no() {
    for json in [
        r#"{"status":"success","success_deletes":[],"failed_deletes":[]}"#,
        r#"{"status":"success","success_deletes":[]}"#,
        r#"{"status":"success","success_deletes":["A1"]}"#,
        r#"{"status":"success","success_deletes":{}}"#,
        r#"{"status":"success","success_deletes":["NB2Zlz3"],"failed_deletes":false}"#,
        r#"{"status":"failed","reason":"x","success_deletes":["NB2Zlz3"],"failed_deletes":[]}"#,
        r#"{"status":"error","reason":"x","success_deletes":["NB2Zlz3"],"failed_deletes":["A1"]}"#,
        r#"{"status":"error","reason":"zaman asimi","success_deletes":["NB2Zlz3"]}"#,
        r#"{"status":"error","reason":"paytr_token","success_deletes":["NB2Zlz3"]}"#,
        r#"{"status":"error","err_no":7,"success_deletes":"NB2Zlz3"}"#,
    ] {
        for (status, kind) in [(200, Unreadable), (401, Unreadable), (503, Upstream)] {
            let error = deletion(status, json, &[link()]).await.expect_err(json);
            assert_eq!(error.kind(), kind, "{status} {json}");
            assert_eq!(error.dispatch(), kind.usual_dispatch(), "{status} {json}");
            let code = error.code().and_then(ProviderCode::printable);
            let known = ["zaman", "paytr_token", "err_no"]
                .into_iter()
                .position(|sign| json.contains(sign));
            let expected = known.map(|at| ["timeout", "paytr_token", "7"][at]);
            assert_eq!(code, expected, "{status} {json}");
        }
    }
}

/// The documented form of a reason names the operation and the field.
#[tokio::test]
async fn a_refusal_names_the_field_that_paytr_names() {
    let json = r#"{"status":"error","reason":"Zorunlu alan degeri gecersiz veya gonderilmedi (Link API - create): price"}"#;
    for error in all_fail(200, json, Refused).await {
        assert_eq!(subject(&error), Some("price"));
        let code = error.code().and_then(ProviderCode::printable);
        assert_eq!(code, Some("required_field"));
        let line = error.to_string();
        assert!(
            line.ends_with(": price is missing or not valid, says PayTR"),
            "{line}"
        );
    }
}

#[tokio::test]
async fn a_yes_counts_under_every_content_type() {
    let json = r#"{"status":"success","id":"NB2Zlz3","link":"https://www.paytr.com/link/NB2Zlz3"}"#;
    for content_type in ["application/json", "text/html; charset=utf-8", "text/plain"] {
        for result in all(Behaviour::answer(200, content_type, json)).await {
            result.expect(content_type);
        }
    }
}

#[tokio::test]
async fn the_http_status_speaks_too() {
    let yes = r#"{"status":"success","id":"NB2Zlz3"}"#;
    for (status, body, kind) in [
        (429, r#"{"status":"error"}"#, TooSoon),
        (500, yes, Upstream),
        (400, yes, Unreadable),
        (400, r#"{"status":"error","reason":"olmadı"}"#, Refused),
    ] {
        all_fail(status, body, kind).await;
    }
}
