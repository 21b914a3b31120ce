//! The inbox page.

use std::time::Duration;

use onay_sandbox::Sandbox;

use crate::support::{Answer, Caller, NUMBER, PaywallCaller, newest_code};

async fn page(caller: &Caller, path: &str) -> String {
    let answer = Answer::of(caller.get(path)).await;
    assert_eq!(answer.status, 200);
    answer.text
}

#[tokio::test]
async fn an_empty_inbox_says_how_to_fill_it() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let page = page(&Caller::new(&sandbox), "/").await;
    assert!(page.contains(r#"data-testid="empty""#));
    assert!(page.contains("Nothing is really sent"));
    assert!(page.contains(&format!("curl {}/v1/card/send_otp", sandbox.paynet_url())));
    assert!(!page.contains("<script"));
}

#[tokio::test]
async fn messages_are_shown_newest_first() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = Caller::new(&sandbox);
    caller.send("1", NUMBER).await;
    caller.send("2", "5550000043").await;
    let shown = page(&caller, "/").await;
    assert!(!shown.contains(r#"data-testid="empty""#));
    assert_eq!(shown.matches(r#"data-testid="message""#).count(), 2);
    assert!(
        shown.find("+905550000043").expect("found") < shown.find("+905550000042").expect("found")
    );
    let code = newest_code(&sandbox);
    assert!(shown.contains(&format!(r#"data-testid="otp">{code}<"#)));
    assert!(shown.contains("valid until"));
    assert!(shown.contains(sandbox.messages()[0].text()));

    sandbox.advance(Duration::from_secs(180));
    let shown = page(&caller, "/").await;
    assert!(shown.contains("expired at") && !shown.contains("valid until"));
}

#[tokio::test]
async fn each_message_names_its_provider() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = PaywallCaller::new(&sandbox);
    let session = caller.session().await;
    caller.link(&session).await;
    let shown = page(&caller.plain, "/").await;
    assert!(shown.contains(r#"data-testid="provider">Paywall<"#));
    let code = newest_code(&sandbox);
    assert!(shown.contains(&format!(r#"data-testid="otp">{code}<"#)));
    assert!(shown.contains("Masterpass hesabınızı bağlamak için onay kodunuz"));
}

#[tokio::test]
async fn the_page_speaks_turkish() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = Caller::new(&sandbox);
    let asked = page(&caller, "/?lang=tr").await;
    assert!(asked.contains(r#"<html lang="tr">"#));
    assert!(asked.contains("Gelen kutusu") && asked.contains("Gerçekte hiçbir şey gönderilmez"));
    let accepted = Answer::of(
        caller
            .get("/")
            .header("accept-language", "tr-TR,tr;q=0.9,en;q=0.8"),
    )
    .await;
    assert!(accepted.text.contains(r#"<html lang="tr">"#));
    assert!(page(&caller, "/").await.contains(r#"<html lang="en">"#));
}

#[tokio::test]
async fn hostile_input_reaches_no_page() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = Caller::with_key(&sandbox, "sck_test_script");
    caller.send("<script>alert(1)</script>", NUMBER).await;
    caller
        .send(&"\u{202e}<img src=x onerror=alert(1)>".repeat(300), NUMBER)
        .await;
    caller
        .check("<script>", NUMBER, "<script>alert(1)</script>")
        .await;
    let request = caller
        .get("/?lang=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
        .header("accept-language", "<script>alert(1)</script>")
        .header("host", "<script>");
    let shown = Answer::of(request).await;
    assert!(shown.status.is_success() || shown.status.is_client_error());
    assert!(!shown.text.contains("<script") && !shown.text.contains("<img"));
    for broken in ["/?lang=%ff", "/?lang=tr&lang=en", "/?<script>"] {
        let shown = page(&caller, broken).await;
        assert!(!shown.contains("<script"), "{broken}");
    }
    let plain = page(&caller, "/?lang=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(!plain.contains("<script") && !plain.contains("<img"));
}

#[tokio::test]
async fn the_page_has_manners() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = Caller::new(&sandbox);
    for (path, content_type) in [
        ("/", "text/html; charset=utf-8"),
        ("/assets/inbox.css", "text/css; charset=utf-8"),
        ("/assets/icon.svg", "image/svg+xml"),
    ] {
        let answer = Answer::of(caller.get(path)).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), content_type);
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; \
             base-uri 'none'; form-action 'none'"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}
