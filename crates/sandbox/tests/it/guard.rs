//! No web page from elsewhere gets at the test API or the inbox page.

use onay_sandbox::{Sandbox, SandboxError};
use reqwest::RequestBuilder;

use crate::support::{Answer, Caller, NUMBER, PaywallCaller, raw, session_fields};

const GUARDED: [&str; 5] = [
    "/",
    "/assets/inbox.css",
    "/assets/inbox.js",
    "/api/v1/messages",
    "/api/v1/messages/wait?timeout_ms=0",
];

async fn is_refused(request: RequestBuilder) -> bool {
    let answer = Answer::of(request).await;
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
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = Caller::new(&sandbox);
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
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = Caller::new(&sandbox);
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
async fn providers_and_health_answer_under_any_name() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let paywall = PaywallCaller::new(&sandbox);
    let foreign = |request: RequestBuilder| {
        request
            .header("host", "gateway.example")
            .header("origin", "https://shop.example")
    };
    let body = session_fields().to_string();
    let session = Answer::of(foreign(paywall.request("session")).body(body)).await;
    assert_eq!(session.status, 200);
    let body = r#"{"user_gsm": "5550000042", "otp_session_id": "s"}"#;
    let sent = Answer::of(foreign(paywall.plain.call("send_otp")).body(body)).await;
    assert_eq!(sent.json()["code"], 0);
    for path in ["/livez", "/readyz"] {
        let alive = Answer::of(foreign(paywall.plain.get(path))).await;
        assert_eq!(alive.status, 200);
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
