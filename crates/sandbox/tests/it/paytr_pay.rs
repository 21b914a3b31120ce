//! Paying by a link: on its page, over the test API and from the library.

use std::collections::HashMap;

use onay_sandbox::SandboxError;
use reqwest::{Client, redirect};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::paytr_support::{
    MERCHANT_KEY, MERCHANT_SALT, PaytrCaller, Shop, called_back, collection, deletion, mail,
    product, set, sms, token, with_link,
};
use crate::support::{Response, text_of};

const OK: &[(u16, &str)] = &[(200, "OK")];
const NOT_OK: &[(u16, &str)] = &[(200, "OK <script>x</script>")];
const BROKEN: &[(u16, &str)] = &[(500, "OK")];

async fn pay(caller: &PaytrCaller, id: &str) -> Response {
    Response::of(caller.plain.post(&format!("/api/v1/links/{id}/pay"))).await
}

#[tokio::test]
async fn paying_posts_a_signed_callback() {
    let shop = Shop::answering(OK).await;
    let (_sandbox, caller, id) = with_link(called_back(&shop.url)).await;
    let paid = pay(&caller, &id).await.json();
    let oid = text_of(&paid["merchant_oid"]);
    assert_eq!(
        paid,
        json!({
            "merchant_oid": oid,
            "callback_number": 1,
            "callback": {
                "status": 200,
                "body": "OK",
                "accepted": true,
                "shown": "OK",
                "cause": null,
            },
        })
    );
    let request = shop.told().remove(0);
    assert!(request.starts_with("POST /bildirim?x=1 HTTP/1.1\r\n"));
    assert!(request.contains("content-type: application/x-www-form-urlencoded"));
    let (_, body) = request.split_once("\r\n\r\n").expect("a body");
    let fields: HashMap<String, String> = serde_html_form(body);
    let hash = token(
        MERCHANT_KEY,
        &format!("ORDER0001{oid}{MERCHANT_SALT}success1445"),
    );
    for (name, value) in [
        ("hash", hash.as_str()),
        ("merchant_oid", &oid),
        ("status", "success"),
        ("total_amount", "1445"),
        ("payment_amount", "1445"),
        ("payment_type", "card"),
        ("currency", "TL"),
        ("callback_id", "ORDER0001"),
        ("merchant_id", "100001"),
        ("test_mode", "1"),
    ] {
        assert_eq!(fields.get(name).map(String::as_str), Some(value), "{name}");
    }
    assert_eq!(fields.len(), 10);
}

/// Reads a form with another reader than the sandbox's.
fn serde_html_form(body: &str) -> HashMap<String, String> {
    let url = format!("http://localhost/?{body}");
    let url = reqwest::Url::parse(&url).expect("a URL");
    url.query_pairs().into_owned().collect()
}

#[tokio::test]
async fn what_is_not_exactly_ok_is_not_accepted() {
    for (answer, status, body) in [(NOT_OK, 200, "OK <script>x</script>"), (BROKEN, 500, "OK")] {
        let shop = Shop::answering(answer).await;
        let (sandbox, _caller, id) = with_link(called_back(&shop.url)).await;
        let paid = sandbox.pay(&id).await.expect("paid");
        let callback = paid.callback().expect("a callback");
        assert_eq!(callback.status(), Some(status));
        assert_eq!(callback.body(), Some(body));
        assert!(!callback.is_accepted() && callback.error().is_none());
        assert!(paid.merchant_oid().starts_with("PT"));
    }
}

#[tokio::test]
async fn a_merchant_who_is_down_or_elsewhere_is_named() {
    let free = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = free.local_addr().expect("an address").port();
    drop(free);
    for (link, word) in [
        (
            format!("http://127.0.0.1:{port}/bildirim"),
            "cannot connect to 127.0.0.1:",
        ),
        (
            "https://127.0.0.1/bildirim".to_owned(),
            "nothing was posted",
        ),
        (
            "http://example.com/bildirim".to_owned(),
            "nothing was posted",
        ),
    ] {
        let (_sandbox, caller, id) = with_link(called_back(&link)).await;
        let paid = pay(&caller, &id).await;
        assert_eq!(paid.status, 200);
        let callback = &paid.json()["callback"];
        assert_eq!(callback["accepted"], false);
        assert_eq!(callback["status"], Value::Null);
        let error = text_of(&callback["error"]);
        assert!(error.starts_with(word), "{error}");
    }
}

#[tokio::test]
async fn a_merchant_who_is_silent_is_waited_for_ten_seconds() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let link = format!("http://localhost:{port}/bildirim");
    let (sandbox, _caller, id) = with_link(called_back(&link)).await;
    tokio::time::pause();
    let paid = sandbox.pay(&id).await.expect("paid");
    let callback = paid.callback().expect("a callback");
    assert_eq!(callback.error(), Some("no answer came within 10 seconds"));
}

#[tokio::test]
async fn a_link_is_paid_as_often_as_it_can_be() {
    let (sandbox, caller, twice) = with_link(set(product(), "max_count", "2")).await;
    let once = caller.create(collection()).await;
    let endless = caller.create(product()).await;
    for (id, times) in [(&twice, 2), (&once, 1), (&endless, 5)] {
        let mut orders = Vec::new();
        for _ in 0..times {
            let paid = pay(&caller, id).await.json();
            assert_eq!(paid["callback"], Value::Null);
            orders.push(text_of(&paid["merchant_oid"]));
        }
        orders.dedup();
        assert_eq!(orders.len(), times);
    }
    let refused = pay(&caller, &twice).await;
    assert_eq!(refused.status, 409);
    assert_eq!(refused.json()["error"]["code"], "not_payable");
    let error = sandbox.pay(&once).await.expect_err("refused");
    assert!(matches!(error, SandboxError::NotPayable { .. }));

    caller.call("delete", deletion(&endless)).await;
    let error = sandbox.pay(&endless).await.expect_err("refused");
    assert_eq!(error.to_string(), "the link was deleted");
    let error = sandbox.pay("AAAAAAA").await.expect_err("refused");
    assert!(matches!(error, SandboxError::UnknownLink));
    assert_eq!(pay(&caller, "AAAAAAA").await.status, 404);
}

#[tokio::test]
async fn the_page_pays_and_shows_what_came_back() {
    let shop = Shop::answering(NOT_OK).await;
    let name = "<script>alert('Şölen')</script>";
    let (_sandbox, caller, id) = with_link(set(called_back(&shop.url), "name", name)).await;
    let path = format!("/paytr/link/{id}");
    let page = Response::of(caller.plain.get(&path)).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains(r#"<html lang="tr">"#));
    assert!(page.text.contains("&#60;script&#62;alert(&#39;Şölen&#39;)"));
    assert!(page.text.contains("14,45 TL") && page.text.contains(">Öde<"));
    assert!(page.text.contains(r#"data-testid="pay""#));
    assert!(
        page.header("content-security-policy")
            .contains("form-action 'self'")
    );
    assert_eq!(page.header("referrer-policy"), "same-origin");
    let english = Response::of(caller.plain.get(&format!("{path}?lang=en"))).await;
    assert!(english.text.contains(">Pay<") && english.text.contains(">Decline<"));

    let request = caller.plain.post(&format!("{path}/pay?lang=en"));
    let paid = Response::of(request.header("content-length", "0")).await;
    assert_eq!(paid.status, 200);
    assert!(paid.text.contains("not exactly OK"));
    assert!(paid.text.contains("OK &#60;script&#62;x&#60;/script&#62;"));
    for page in [&page, &english, &paid] {
        assert!(!page.text.contains("<script") && !page.text.contains("{{"));
    }
}

#[tokio::test]
async fn the_page_of_every_state_is_in_both_languages() {
    let shop = Shop::answering(OK).await;
    let (sandbox, caller, id) = with_link(set(called_back(&shop.url), "max_count", "1")).await;
    let deleted = caller.create(product()).await;
    caller.call("delete", deletion(&deleted)).await;
    sandbox.pay(&id).await.expect("paid");
    let free = caller.create(product()).await;
    sandbox.pay(&free).await.expect("paid");
    for (id, status, turkish, english) in [
        (&id, 200, "tam olarak OK yanıtını", "answered exactly OK"),
        (&id, 200, "ödemelerin tümü", "as often as it can be"),
        (&free, 200, "bildirim gönderilmedi", "nothing was posted"),
        (
            &deleted,
            200,
            "Mağaza bu bağlantıyı sildi",
            "deleted this link",
        ),
        (
            &"AAAAAAA".to_owned(),
            404,
            "Böyle bir bağlantı yok",
            "no such link",
        ),
    ] {
        for (lang, expected) in [("tr", turkish), ("en", english)] {
            let path = format!("/paytr/link/{id}?lang={lang}");
            let page = Response::of(caller.plain.get(&path)).await;
            assert_eq!(page.status, status);
            assert!(page.text.contains(expected), "{expected}: {}", page.text);
            assert!(!page.text.contains("{{"));
        }
    }
}

#[tokio::test]
async fn declining_posts_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let link = format!("http://127.0.0.1:{port}/bildirim");
    let (_sandbox, caller, id) = with_link(called_back(&link)).await;
    let path = format!("/paytr/link/{id}/decline?lang=en");
    let declined = Response::of(caller.plain.post(&path)).await;
    assert_eq!(declined.status, 200);
    assert!(declined.text.contains("Nothing was posted"));
    assert!(declined.text.contains(r#"data-testid="pay""#));
    let posted = tokio::time::timeout(std::time::Duration::from_millis(50), listener.accept());
    assert!(posted.await.is_err());

    // What follows a button is an address here, with any path.
    let client = Client::builder()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .build()
        .expect("a client");
    let hostile = caller
        .plain
        .post("/paytr/link/%2f%2fexample.com%0d%0a/decline?lang=%0d%0ax");
    let answer = client.execute(hostile.build().expect("a request")).await;
    let answer = answer.expect("an answer");
    assert_eq!(
        answer.headers()["location"],
        "/paytr/link/examplecom?declined=1"
    );
}

#[tokio::test]
async fn the_inbox_shows_the_link() {
    let (_sandbox, caller, id) = with_link(product()).await;
    caller.call("send-sms", sms(&id)).await;
    caller.call("send-email", mail(&id)).await;
    let page = Response::of(caller.plain.get("/?lang=en")).await.text;
    let link = format!("/paytr/link/{id}\">Open the payment page");
    assert_eq!(page.matches(&link).count(), 2);
    assert!(page.contains(">PayTR<") && page.contains(">E-mail<"));
}
