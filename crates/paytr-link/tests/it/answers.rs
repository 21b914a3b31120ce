//! Every documented answer, and everything else that could come instead.

use onay_core::{Delivery, Error, ErrorKind, LinkId};
use onay_testkit::{Behaviour, SocketServer};

use crate::support::{answering, email, gsm, link, paytr, product};

/// What all four calls make of the same answer.
async fn all(behaviour: Behaviour) -> [Result<(), Error>; 4] {
    let server = SocketServer::start(behaviour).await;
    let paytr = paytr(&server.url());
    let results = [
        paytr.create(product()).await.map(drop),
        paytr.send_sms(&link(), &gsm()).await.map(drop),
        paytr.send_email(&link(), &email()).await.map(drop),
        paytr.delete(&[link()]).await.map(drop),
    ];
    assert_eq!(server.requests().len(), 4);
    results
}

async fn refused(behaviour: Behaviour) -> [Error; 4] {
    all(behaviour)
        .await
        .map(|result| result.expect_err("no yes"))
}

#[tokio::test]
async fn a_yes_is_a_yes_whatever_its_content_type() {
    let json = r#"{"status":"success","id":"NB2Zlz3","link":"https://www.paytr.com/link/NB2Zlz3"}"#;
    for content_type in ["application/json", "text/html; charset=utf-8", "text/plain"] {
        for result in all(Behaviour::answer(200, content_type, json)).await {
            result.expect(content_type);
        }
    }
    let (paytr, _server) = answering(json).await;
    let created = paytr.create(product()).await.expect("created");
    assert_eq!(created.id(), &link());
    assert_eq!(created.url(), Some("https://www.paytr.com/link/NB2Zlz3"));
}

#[tokio::test]
async fn a_link_is_created_although_its_address_is_none() {
    for address in [
        r#""https://x/\u001b]0;pwned\u0007""#,
        r#""https://x/\u202emoc""#,
        r#""https://x/ y""#,
        r#""javascript:alert(1)""#,
        r#""""#,
        "7",
        "null",
    ] {
        let json = format!(r#"{{"status":"success","id":"NB2Zlz3","link":{address}}}"#);
        let (paytr, _server) = answering(&json).await;
        let created = paytr.create(product()).await.expect("created");
        assert_eq!((created.id(), created.url()), (&link(), None), "{address}");
    }
}

#[tokio::test]
async fn a_created_link_without_an_id_is_no_proof() {
    for json in [
        r#"{"status":"success"}"#,
        r#"{"status":"success","id":""}"#,
        r#"{"status":"success","id":null,"link":"https://example.com"}"#,
    ] {
        let (paytr, _server) = answering(json).await;
        let error = paytr.create(product()).await.expect_err("no id");
        assert_eq!(
            (error.kind(), error.delivery()),
            (ErrorKind::Unreadable, Delivery::MaybeSent)
        );
    }
}

#[tokio::test]
async fn a_no_is_read_by_its_reason() {
    for (json, kind, code) in [
        (
            r#"{"status":"error","reason":"İşlem başarısız. Geçersiz id."}"#,
            ErrorKind::Refused,
            None,
        ),
        (
            r#"{"status":"failed","err_msg":"servis tanımlı değil","err_no":7}"#,
            ErrorKind::Refused,
            Some("7"),
        ),
        (
            r#"{"status":"error","err_no":"007","reason":"x"}"#,
            ErrorKind::Refused,
            Some("007"),
        ),
        (r#"{"status":"error"}"#, ErrorKind::Refused, None),
        (
            r#"{"status":"error","err_msg":"paytr_token gonderilmedi veya gecersiz"}"#,
            ErrorKind::Credentials,
            None,
        ),
        (
            r#"{"status":"failed","reason":"paytr_token gonderilmedi veya gecersiz"}"#,
            ErrorKind::Credentials,
            None,
        ),
    ] {
        for error in refused(Behaviour::json(json)).await {
            assert_eq!((error.kind(), error.code()), (kind, code), "{json}");
            assert_eq!(error.delivery(), Delivery::Refused);
            assert_eq!(error.provider(), Some("paytr-link"));
        }
    }
    let verbatim = r#"{"status":"error","reason":"Bu servis mağazanız için tanımlı değil"}"#;
    for error in refused(Behaviour::json(verbatim)).await {
        assert_eq!(
            error.message(),
            Some("Bu servis mağazanız için tanımlı değil")
        );
    }
}

#[tokio::test]
async fn what_says_neither_yes_nor_no_is_unreadable() {
    for body in [
        "",
        "<html><body>Access Restricted</body></html>",
        "{}",
        "[]",
        "null",
        "success",
        "{\"status\":\"suc",
        r#"{"status":null}"#,
        r#"{"status":"Success"}"#,
        r#"{"status":"ok"}"#,
        r#"{"status":1}"#,
        r#"{"status":true}"#,
        r#"{"status":"success","status":"error"}"#,
    ] {
        for error in refused(Behaviour::answer(200, "text/html", body)).await {
            assert_eq!(error.kind(), ErrorKind::Unreadable, "{body}");
            assert_eq!(error.delivery(), Delivery::MaybeSent, "{body}");
        }
    }
}

#[tokio::test]
async fn the_http_status_speaks_too() {
    let yes = r#"{"status":"success","id":"NB2Zlz3"}"#;
    let no = r#"{"status":"error","reason":"olmadı"}"#;
    for (status, body, kind) in [
        (302, "", ErrorKind::Refused),
        (400, "", ErrorKind::Refused),
        (
            403,
            "<html>Access Restricted</html>",
            ErrorKind::Credentials,
        ),
        (404, "<html></html>", ErrorKind::Refused),
        (429, "", ErrorKind::TooSoon),
        (500, yes, ErrorKind::Upstream),
        (400, yes, ErrorKind::Unreadable),
        (400, no, ErrorKind::Refused),
    ] {
        for error in refused(Behaviour::answer(status, "text/html", body)).await {
            assert_eq!(error.kind(), kind, "{status} {body}");
            assert_eq!(error.http_status(), Some(status));
        }
    }
}

#[tokio::test]
async fn a_success_that_names_a_reason_is_neither_yes_nor_no() {
    let ids = r#""id":"NB2Zlz3","success_deletes":"NB""#;
    for json in [
        format!(r#"{{"status":"success",{ids},"err_no":"005","err_msg":"SMS gonderilemedi"}}"#),
        format!(r#"{{"status":"success",{ids},"reason":"SMS gonderilemedi"}}"#),
        format!(r#"{{"status":"success",{ids},"err_no":[7]}}"#),
        format!(r#"{{"status":true,{ids}}}"#),
        format!(r#"{{"status":["success"],{ids}}}"#),
        format!(r#"{{"status":"success ",{ids}}}"#),
    ] {
        for (status, kind) in [
            (200, ErrorKind::Unreadable),
            (302, ErrorKind::Unreadable),
            (400, ErrorKind::Unreadable),
            (403, ErrorKind::Unreadable),
            (429, ErrorKind::Unreadable),
            (502, ErrorKind::Upstream),
        ] {
            for error in refused(Behaviour::answer(status, "text/html", &json)).await {
                assert_eq!(error.kind(), kind, "{status} {json}");
                assert_eq!(error.delivery(), Delivery::MaybeSent, "{status} {json}");
            }
        }
    }
}

#[tokio::test]
async fn a_timeout_at_paytr_may_have_sent() {
    for reason in [
        "SMS servisi zaman aşımı",
        "SMS servisi zaman asimi",
        "timeout",
        "Sunucu hatası, lütfen tekrar deneyin",
    ] {
        let json = format!(r#"{{"status":"error","reason":"{reason}"}}"#);
        for error in refused(Behaviour::json(&json)).await {
            assert_eq!(error.kind(), ErrorKind::Upstream, "{reason}");
            assert_eq!(error.delivery(), Delivery::MaybeSent, "{reason}");
            assert_eq!(error.message(), Some(reason));
        }
    }
}

#[tokio::test]
async fn a_deletion_that_names_none_of_the_links_is_no_yes() {
    for json in [
        r#"{"status":"success","success_deletes":[],"failed_deletes":[]}"#,
        r#"{"status":"success","success_deletes":[]}"#,
        r#"{"status":"success","success_deletes":["A1"]}"#,
        r#"{"status":"success","success_deletes":{}}"#,
        r#"{"status":"success","success_deletes":["NB2Zlz3"],"failed_deletes":false}"#,
    ] {
        let (paytr, _server) = answering(json).await;
        let error = paytr.delete(&[link()]).await.expect_err("no proof");
        assert_eq!(error.kind(), ErrorKind::Unreadable, "{json}");
        assert_eq!(error.delivery(), Delivery::MaybeSent, "{json}");
    }
}

#[tokio::test]
async fn a_deletion_says_what_is_gone() {
    for (json, deleted, failed) in [
        (r#"{"status":"success"}"#, vec!["NB2Zlz3"], vec![]),
        (
            r#"{"status":"success","success_deletes":["NB2Zlz3"],"failed_deletes":[]}"#,
            vec!["NB2Zlz3"],
            vec![],
        ),
        (
            r#"{"status":"success","reason":"biri silinemedi","success_deletes":["NB2Zlz3","A1"]}"#,
            vec!["NB2Zlz3"],
            vec![],
        ),
        (
            r#"{"status":"success","failed_deletes":"NB2Zlz3"}"#,
            vec![],
            vec!["NB2Zlz3"],
        ),
    ] {
        let (paytr, _server) = answering(json).await;
        let result = paytr.delete(&[link()]).await.expect("done");
        assert_eq!(ids(result.deleted()), deleted, "{json}");
        assert_eq!(ids(result.failed()), failed, "{json}");
        // What was never asked for is nowhere.
        assert!(!format!("{result:?}").contains("A1"), "{result:?}");
    }
}

#[tokio::test]
async fn a_no_that_leaves_some_links_undeleted_is_one_in_part() {
    let links = [link(), LinkId::parse("B2").expect("a link")];
    for json in [
        r#"{"status":"error","reason":"x","success_deletes":["NB2Zlz3"],"failed_deletes":["B2"]}"#,
        r#"{"status":"failed","reason":"zaman asimi","success_deletes":["NB2Zlz3","A1"]}"#,
    ] {
        let (paytr, _server) = answering(json).await;
        let result = paytr.delete(&links).await.expect("done");
        assert_eq!(ids(result.deleted()), ["NB2Zlz3"], "{json}");
    }
}

/// A no for the whole, and nothing that is left: one of the two is wrong.
#[tokio::test]
async fn a_no_that_leaves_nothing_undeleted_is_contradictory() {
    for json in [
        r#"{"status":"failed","reason":"x","success_deletes":["NB2Zlz3"],"failed_deletes":[]}"#,
        r#"{"status":"error","reason":"x","success_deletes":["NB2Zlz3"],"failed_deletes":["A1"]}"#,
        r#"{"status":"error","reason":"zaman asimi","success_deletes":["NB2Zlz3"]}"#,
        r#"{"status":"error","reason":"paytr_token","success_deletes":["NB2Zlz3"]}"#,
        r#"{"status":"error","err_no":7,"success_deletes":"NB2Zlz3"}"#,
    ] {
        for (status, kind) in [
            (200, ErrorKind::Unreadable),
            (401, ErrorKind::Unreadable),
            (404, ErrorKind::Unreadable),
            (503, ErrorKind::Upstream),
        ] {
            let server = SocketServer::start(Behaviour::answer(status, "text/html", json)).await;
            let result = paytr(&server.url()).delete(&[link()]).await;
            let error = result.expect_err("no yes");
            assert_eq!(error.kind(), kind, "{status} {json}");
            assert_eq!(error.delivery(), Delivery::MaybeSent, "{status} {json}");
            let code = json.contains("err_no").then_some("7");
            assert_eq!(error.code(), code, "{status} {json}");
        }
    }
}

fn ids(links: &[LinkId]) -> Vec<&str> {
    links.iter().map(LinkId::as_str).collect()
}
