//! The inbox page.

use std::time::Duration;

use onay_sandbox::{Fault, FaultRule, Sandbox};

use crate::support::{Caller, NUMBER, Response, newest_code, paynet};

async fn page(caller: &Caller, path: &str) -> String {
    let answer = Response::of(caller.get(path)).await;
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
    assert!(page.contains("PAYNET_BASE_URL=") && page.contains("onay otp send --provider paynet"));
    assert_eq!(page.matches("<script").count(), 1, "its own");
}

#[tokio::test]
async fn magic_numbers_that_are_off_are_not_shown() {
    for (on, mark) in [
        (true, r#""magic-panel" >"#),
        (false, r#""magic-panel" hidden>"#),
    ] {
        let sandbox = Sandbox::builder().magic_numbers(on).start().await;
        let sandbox = sandbox.expect("a sandbox");
        let page = page(&Caller::new(&sandbox), "/").await;
        assert!(page.contains(mark), "{mark}");
    }
}

#[tokio::test]
async fn messages_are_shown_newest_first() {
    let (sandbox, caller) = paynet().await;
    caller.send("1", NUMBER).await;
    caller.send("2", "5550000043").await;
    let shown = page(&caller, "/").await;
    assert!(shown.contains(r#"data-testid="empty" hidden"#));
    assert_eq!(shown.matches(r#"data-testid="message""#).count(), 2);
    assert!(
        shown.find("+905550000043").expect("found") < shown.find("+905550000042").expect("found")
    );
    let code = newest_code(&sandbox);
    assert!(shown.contains(&format!(r#"data-testid="otp">{code}<"#)));
    assert!(shown.contains(r#"expiry-label">valid until<"#));
    assert!(shown.contains(sandbox.messages()[0].text()));

    sandbox.advance(Duration::from_secs(180));
    let shown = page(&caller, "/").await;
    let (valid, expired) = (
        r#"expiry-label">valid until<"#,
        r#"expiry-label">expired at<"#,
    );
    assert!(shown.contains(expired) && !shown.contains(valid));
}

#[tokio::test]
async fn the_page_speaks_turkish() {
    let (_sandbox, caller) = paynet().await;
    let asked = page(&caller, "/?lang=tr").await;
    assert!(asked.contains(r#"<html lang="tr">"#));
    assert!(asked.contains("Gelen kutusu") && asked.contains("Gerçekte hiçbir şey gönderilmez"));
    let accepted = Response::of(
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
    let shown = Response::of(request).await;
    assert!(shown.status.is_success() || shown.status.is_client_error());
    assert!(!shown.text.contains("<script>") && !shown.text.contains("<img"));
    for broken in ["/?lang=%ff", "/?lang=tr&lang=en", "/?<script>"] {
        let shown = page(&caller, broken).await;
        assert!(!shown.contains("<script>"), "{broken}");
    }
    let plain = page(&caller, "/?lang=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(!plain.contains("<script>") && !plain.contains("<img"));
}

#[tokio::test]
async fn refused_and_struck_calls_are_shown_with_the_reason() {
    let (sandbox, caller) = paynet().await;
    caller.send("1", "05550000042").await;
    sandbox
        .fault(FaultRule::new(Fault::Html(200)).times(1))
        .expect("a rule");
    caller.send("2", NUMBER).await;
    let shown = page(&caller, "/").await;
    let doctor = caller.ask("/api/v1/journal").await["calls"][1]["doctor"].clone();
    let doctor = doctor.as_str().expect("a word").replace('\'', "&#39;");
    assert!(shown.contains(&format!(
        r#"data-testid="doctor">{}<"#,
        doctor.replace('"', "&#34;")
    )));
    assert!(shown.contains(r#"data-testid="fault-kind">html<"#));
    assert!(shown.contains("Refused") && shown.contains("send_otp"));
    // The request is masked here as it is in the journal.
    assert!(shown.contains("&#34;user_gsm&#34;: &#34;+90 555 *** ** 42&#34;"));
}

#[tokio::test]
async fn one_tenants_page_shows_nobody_elses() {
    let (sandbox, caller) = paynet().await;
    caller.send("1", NUMBER).await;
    caller
        .with_other_key("sck_test_other")
        .send("1", "5550000043")
        .await;
    let messages = sandbox.messages();
    let shown = page(&caller, &format!("/?tenant={}", messages[0].tenant())).await;
    assert!(shown.contains("+905550000043") && !shown.contains("+905550000042"));
    let nobody = page(&caller, "/?tenant=nobody").await;
    assert!(!nobody.contains("+90555000004"));
}

#[tokio::test]
async fn the_page_has_manners() {
    let (_sandbox, caller) = paynet().await;
    let page = page(&caller, "/").await;
    let mut files: Vec<_> = ["icon.svg", "inbox.css", "inbox.js"]
        .map(|file| format!("/assets/{file}"))
        .into();
    assert!(
        files
            .iter()
            .all(|file| page.contains(&format!("\"{file}\"")))
    );
    // What a script imports, and what that imports.
    let mut place = 0;
    while let Some(path) = files.get(place).cloned() {
        let file = Response::of(caller.get(&path)).await;
        for rest in file.text.split("from \"./").skip(1) {
            let (name, _) = rest.split_once('"').expect("a name");
            let imported = format!("/assets/{name}");
            if !files.contains(&imported) {
                files.push(imported);
            }
        }
        place += 1;
    }
    assert_eq!(files.len(), 12, "{files:?}");
    for path in files.iter().map(String::as_str).chain(["/"]) {
        let answer = Response::of(caller.get(path)).await;
        assert_eq!(answer.status, 200, "{path}");
        let content_type = match path.rsplit_once('.') {
            Some((_, "js")) => "text/javascript; charset=utf-8",
            Some((_, "css")) => "text/css; charset=utf-8",
            Some((_, "svg")) => "image/svg+xml",
            _ => "text/html; charset=utf-8",
        };
        assert_eq!(answer.header("content-type"), content_type);
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
             img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        let kept = if path == "/" { "no-store" } else { "no-cache" };
        assert_eq!(answer.header("cache-control"), kept);
    }
}

#[tokio::test]
async fn a_file_that_a_browser_has_is_not_sent_again() {
    let (_sandbox, caller) = paynet().await;
    let file = Response::of(caller.get("/assets/inbox.js")).await;
    let tag = file.header("etag").to_owned();
    for (known, status) in [
        (tag.clone(), 304),
        (format!("\"other\", W/{tag}"), 304),
        ("\"other\"".to_owned(), 200),
    ] {
        let request = caller
            .get("/assets/inbox.js")
            .header("if-none-match", known);
        let answer = Response::of(request).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.text.is_empty(), status == 304);
        assert_eq!(answer.header("etag"), tag);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    let style = Response::of(caller.get("/assets/inbox.css")).await;
    assert_ne!(style.header("etag"), tag);
}
