//! No web page from elsewhere gets at the test API or the inbox page.

use onay_sandbox::{Sandbox, SandboxError};
use reqwest::RequestBuilder;
use serde_json::json;

use crate::support::{Caller, NUMBER, PaywallCaller, Response, paynet, raw, session_fields};

const GUARDED: [&str; 7] = [
    "/",
    "/assets/inbox.css",
    "/assets/inbox.js",
    "/api/v1/messages",
    "/api/v1/events?after=x",
    "/paytr/link/abc",
    "/api/v1/messages/wait?timeout_ms=0",
];

async fn is_refused(request: RequestBuilder) -> bool {
    let answer = Response::of(request).await;
    if answer.status != 403 {
        return false;
    }
    assert_eq!(answer.header("content-type"), "application/json");
    let error = &answer.json()["error"];
    assert_eq!(error["code"], "forbidden");
    assert!(!answer.text.contains("rebound.example"));
    true
}

#[tokio::test]
async fn a_foreign_host_is_refused() {
    let (sandbox, caller) = paynet().await;
    caller.send("s", NUMBER).await;
    for path in GUARDED {
        for host in ["rebound.example", "rebound.example:8027", "192.0.2.1", ""] {
            let foreign = caller.get(path).header("host", host);
            assert!(is_refused(foreign).await, "{path} {host}");
        }
        for host in ["localhost", "LOCALHOST:1", "127.0.0.2:3000", "[::1]:8027"] {
            let own = caller.get(path).header("host", host);
            assert!(!is_refused(own).await, "{path} {host}");
        }
    }
    let reset = caller
        .post("/api/v1/reset")
        .header("host", "rebound.example");
    assert!(is_refused(reset).await);
    assert_eq!(sandbox.messages().len(), 1, "nothing was reset");
}

#[tokio::test]
async fn a_foreign_host_in_the_target_is_refused() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let get = |target: &str| {
        let target = target.to_owned();
        raw(
            sandbox.local_addr(),
            format!("GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"),
        )
    };
    let foreign = get("http://rebound.example/api/v1/tenants").await;
    assert!(foreign.starts_with("HTTP/1.1 403"), "{foreign}");
    let own = get("http://localhost/api/v1/tenants").await;
    assert!(own.starts_with("HTTP/1.1 200"), "{own}");
}

#[tokio::test]
async fn a_page_of_another_site_is_refused() {
    let (sandbox, caller) = paynet().await;
    caller.send("s", NUMBER).await;
    for (name, value) in [
        ("origin", "https://rebound.example"),
        ("origin", "http://localhost.rebound.example:8027"),
        ("origin", "null"),
        ("origin", ""),
        ("sec-fetch-site", "cross-site"),
    ] {
        let reset = caller.post("/api/v1/reset").header(name, value);
        assert!(is_refused(reset).await, "{name}: {value}");
        let page = caller.get("/").header(name, value);
        assert!(is_refused(page).await, "{name}: {value}");
    }
    assert_eq!(sandbox.messages().len(), 1, "nothing was reset");
    for (name, value) in [
        ("origin", sandbox.url().as_str()),
        ("origin", "http://localhost:3000"),
        ("sec-fetch-site", "same-origin"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "none"),
    ] {
        let page = caller.get("/").header(name, value);
        assert!(!is_refused(page).await, "{name}: {value}");
    }
}

#[tokio::test]
async fn a_link_to_a_page_can_be_followed_from_anywhere_and_not_be_framed_or_fetched() {
    let (_sandbox, caller) = paynet().await;
    let asked = |path: &str, mode: &str, dest: &str| {
        let request = caller.get(path).header("sec-fetch-site", "cross-site");
        let request = request.header("sec-fetch-mode", mode);
        request.header("sec-fetch-dest", dest)
    };
    let opened = Response::of(asked("/", "navigate", "document")).await;
    assert_eq!(opened.status, 200);
    let link = Response::of(asked("/paytr/link/unknown", "navigate", "document")).await;
    assert_eq!(link.status, 404, "no such link, but the page is shown");
    for (path, mode, dest) in [
        ("/", "navigate", "iframe"),
        ("/", "no-cors", "image"),
        ("/", "cors", "empty"),
        ("/api/v1/messages", "navigate", "document"),
    ] {
        assert!(
            is_refused(asked(path, mode, dest)).await,
            "{path} {mode} {dest}"
        );
    }
    let posted = caller.post("/paytr/link/abc/pay");
    let posted = posted.header("sec-fetch-site", "cross-site");
    let posted = posted.header("sec-fetch-mode", "navigate");
    assert!(is_refused(posted.header("sec-fetch-dest", "document")).await);
}

#[tokio::test]
async fn only_own_pages_and_no_others_of_this_machine_change_anything() {
    let (sandbox, caller) = paynet().await;
    caller.send("s", NUMBER).await;
    let own = sandbox.url();
    let port = sandbox.local_addr().port();
    let same_name = format!("http://localhost:{port}");
    let secure = format!("https://127.0.0.1:{port}");
    for (name, value) in [
        ("origin", "http://localhost:3000"),
        ("origin", "http://127.0.0.1"),
        ("origin", same_name.as_str()),
        ("origin", secure.as_str()),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "cross-site"),
    ] {
        for change in [
            caller.post("/api/v1/reset"),
            caller.delete("/api/v1/messages"),
            caller
                .put("/api/v1/faults")
                .json(&json!({"rules": [{"fault": {"kind": "html"}}]})),
            caller.post("/paytr/link/abc/pay"),
            caller
                .post("/api/v1/clock/advance")
                .json(&json!({"seconds": 60})),
        ] {
            assert!(is_refused(change.header(name, value)).await, "{value}");
        }
    }
    assert_eq!(sandbox.messages().len(), 1, "nothing was cleared");
    assert!(sandbox.faults().is_empty());
    let advance = |kind: Option<&str>| {
        let request = caller.post("/api/v1/clock/advance");
        let request = request.body(r#"{"seconds": 60}"#);
        kind.into_iter().fold(request, |request, kind| {
            request.header("content-type", kind)
        })
    };
    let json = Some("application/json; charset=utf-8");
    let here = advance(json)
        .header("origin", &own)
        .header("sec-fetch-site", "same-origin");
    assert_eq!(Response::of(here).await.status, 200);
    let tool = Response::of(advance(json)).await;
    assert_eq!(tool.status, 200, "who is no browser has no origin");
    assert_eq!(Response::of(advance(None)).await.status, 200, "nor a type");
    for other in [
        advance(Some("text/plain")),
        advance(Some("application/x-www-form-urlencoded")),
        advance(Some("multipart/form-data; boundary=x")),
        advance(None).header("origin", &own),
    ] {
        let refused = Response::of(other).await;
        assert_eq!(refused.status, 415, "a form has such a type, or none");
        assert_eq!(refused.json()["error"]["code"], "unsupported_media_type");
    }
    let typed = Response::of(
        caller
            .post("/api/v1/reset")
            .header("content-type", "text/plain"),
    );
    assert_eq!(typed.await.status, 204, "there is no body");
}

#[tokio::test]
async fn a_web_page_from_elsewhere_calls_no_provider() {
    let (sandbox, caller) = paynet().await;
    let body = r#"{"user_gsm": "5550000042", "otp_session_id": "s"}"#;
    for (name, value) in [
        ("origin", "https://rebound.example"),
        ("origin", "http://localhost:3000"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let send = caller.call("send_otp").body(body).header(name, value);
        assert!(is_refused(send).await, "{name}: {value}");
        for path in [
            "/paynet/nothing",
            "/paynet/",
            "/paywall/api/paywall/masterpass/session",
            "/paytr/odeme/api/link/create",
        ] {
            let foreign = caller.post(path).header(name, value);
            assert!(is_refused(foreign).await, "{path} {name}: {value}");
        }
    }
    assert!(sandbox.messages().is_empty());
    let journal = caller.ask("/api/v1/journal").await;
    let call = &journal["calls"][0];
    assert_eq!(
        (&call["provider"], &call["outcome"]),
        (&json!("paytr"), &json!("refused"))
    );
    assert_eq!(call["answer"]["status"], 403);
    let doctor = call["doctor"].as_str().expect("a word");
    assert!(doctor.contains("a web page from elsewhere"), "{doctor}");
    let rebound = caller
        .call("send_otp")
        .body(body)
        .header("host", "rebound.example:8027");
    for (name, value) in [
        ("origin", "http://rebound.example:8027"),
        ("sec-fetch-site", "same-origin"),
        ("sec-fetch-site", "none"),
    ] {
        let rebound = rebound.try_clone().expect("a request").header(name, value);
        assert!(is_refused(rebound).await, "{name}: {value}");
    }
    let own = caller.call("send_otp").body(body);
    let own = own.header("sec-fetch-site", "same-origin");
    assert_eq!(Response::of(own).await.json()["code"], 0);
}

#[tokio::test]
async fn providers_and_health_answer_under_any_name() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let paywall = PaywallCaller::new(&sandbox);
    let foreign = |request: RequestBuilder| request.header("host", "gateway.example");
    let body = session_fields().to_string();
    let session = Response::of(foreign(paywall.request("session")).body(body)).await;
    assert_eq!(session.status, 200);
    let body = r#"{"user_gsm": "5550000042", "otp_session_id": "s"}"#;
    let sent = Response::of(foreign(paywall.plain.call("send_otp")).body(body)).await;
    assert_eq!(sent.json()["code"], 0);
    for path in ["/livez", "/readyz"] {
        let alive = foreign(paywall.plain.get(path)).header("origin", "https://shop.example");
        let alive = Response::of(alive).await;
        assert_eq!(alive.status, 200);
        assert_eq!(alive.json(), json!({"status": "ok"}));
    }
}

#[tokio::test]
async fn a_name_that_was_allowed_is_the_sandboxs_own() {
    let sandbox = Sandbox::builder()
        .allow_host("onay-sandbox")
        .allow_host("mail.test_net.local")
        .start()
        .await
        .expect("a sandbox");
    let caller = Caller::new(&sandbox);
    for path in GUARDED {
        for host in ["onay-sandbox", "ONAY-sandbox:8027", "mail.test_net.local:1"] {
            let own = caller.get(path).header("host", host);
            let own = own.header("origin", format!("http://{host}"));
            assert!(!is_refused(own).await, "{path} {host}");
        }
        for host in ["sandbox", "onay-sandbox.rebound.example", "local"] {
            let foreign = caller.get(path).header("host", host);
            assert!(is_refused(foreign).await, "{path} {host}");
        }
    }
    // Its own page, with something that speaks TLS before it.
    for (origin, refused) in [
        ("https://onay-sandbox", false),
        ("https://onay-sandbox:8443", true),
        ("https://mail.test_net.local", true),
    ] {
        let paid = caller
            .post("/paytr/link/abc/pay")
            .header("host", "onay-sandbox");
        let paid = paid.header("origin", origin);
        let paid = paid.header("sec-fetch-site", "same-origin");
        assert_eq!(is_refused(paid).await, refused, "{origin}");
    }
    for name in [
        "",
        "onay:8027",
        "http://onay",
        "a b",
        "a..b",
        "*",
        "müşteri",
    ] {
        let refused = Sandbox::builder().allow_host(name).start().await;
        assert!(matches!(refused, Err(SandboxError::InvalidHost)), "{name}");
    }
}
