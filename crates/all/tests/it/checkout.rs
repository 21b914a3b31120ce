//! The shop of the checkout example, used by a customer who has a phone.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use reqwest::{Client, Response, StatusCode, header};
use serde_json::{Value, json};

use crate::support::example;

const PHONE: &str = "0555 000 00 42";

/// A shop in a process of its own, and one customer's browser.
struct Shop {
    process: Child,
    address: String,
    inbox: String,
    browser: Client,
    cookie: String,
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Shop {
    async fn open() -> Self {
        let mut process = example("checkout")
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let told = process.stdout.take().expect("a pipe");
        let mut lines = BufReader::new(told).lines().map_while(Result::ok);
        let mut address = |name: &str| {
            let line = lines.next().expect("a line");
            let address = line.strip_prefix(name).expect(name).trim();
            address.trim_end_matches('/').to_owned()
        };
        let mut shop = Self {
            address: address("Shop:"),
            inbox: address("Inbox:"),
            process,
            browser: Client::builder().no_proxy().build().expect("a client"),
            cookie: String::new(),
        };
        let first = shop.browser.get(&shop.address).send().await;
        shop.keep_cookie(&first.expect("a page"));
        shop
    }

    fn keep_cookie(&mut self, response: &Response) {
        let cookie = response.headers().get(header::SET_COOKIE);
        let cookie = cookie.expect("a cookie").to_str().expect("text");
        assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"));
        self.cookie = cookie.split(';').next().expect("a pair").to_owned();
    }

    async fn open_page(&self, path: &str) -> String {
        let request = self.browser.get(format!("{}{path}", self.address));
        text(request.header(header::COOKIE, &self.cookie)).await
    }

    /// Submits a form and follows to the page that comes then.
    async fn submit(&self, path: &str, form: &[(&str, &str)]) -> String {
        let request = self.browser.post(format!("{}{path}", self.address));
        text(request.header(header::COOKIE, &self.cookie).form(form)).await
    }

    /// The newest message on the phone.
    async fn message(&self) -> Value {
        let mut inbox = self.inbox().await;
        inbox.drain(..1).next().expect("a message")
    }

    async fn inbox(&self) -> Vec<Value> {
        let request = self.browser.get(format!("{}/api/v1/messages", self.inbox));
        let mut answer: Value = request
            .send()
            .await
            .expect("an answer")
            .json()
            .await
            .expect("JSON");
        match answer.pointer_mut("/messages").map(Value::take) {
            Some(Value::Array(messages)) => messages,
            _ => panic!("{answer}"),
        }
    }

    async fn code(&self) -> String {
        let message = self.message().await;
        message
            .pointer("/otp")
            .and_then(Value::as_str)
            .expect("a code")
            .to_owned()
    }

    async fn tell_sandbox(&self, path: &str, body: Value) -> Value {
        let request = self.browser.post(format!("{}/api/v1/{path}", self.inbox));
        let answer = request.json(&body).send().await.expect("an answer");
        answer.json().await.expect("JSON")
    }
}

async fn text(request: reqwest::RequestBuilder) -> String {
    let response = request.send().await.expect("a response");
    assert_eq!(response.status(), StatusCode::OK);
    let policy = response.headers().get(header::CONTENT_SECURITY_POLICY);
    assert!(policy.is_some());
    let text = response.text().await.expect("text");
    assert!(!text.contains("5550000042"), "a page shows no full number");
    assert!(!text.contains("{{"), "{text}");
    text
}

#[track_caller]
fn assert_says(page: &str, wanted: &str) {
    assert!(page.contains(wanted), "{wanted}\n{page}");
}

#[tokio::test]
async fn a_card_is_paid_with_the_code_that_was_sent() {
    let shop = Shop::open().await;
    let page = shop.submit("/card", &[("phone", PHONE)]).await;
    assert_says(&page, "+90 555 *** ** 42");
    let wait = page
        .split_once("data-wait=\"")
        .and_then(|(_, rest)| rest.split_once('"'));
    let seconds: u64 = wait.expect("a countdown").0.parse().expect("seconds");
    assert!((120..=180).contains(&seconds), "{seconds}");

    let page = shop.submit("/card/verify", &[("code", "XXXX")]).await;
    assert_says(&page, "Kod yanlış");
    let page = shop.submit("/card/verify", &[("code", " ")]).await;
    assert_says(&page, "kodu girin");

    let page = shop.submit("/card/resend", &[]).await;
    assert_says(&page, "henüz erken: ");
    // Back to the first page, and once more from there: the same conversation.
    let page = shop
        .submit("/card", &[("phone", "+90 555 000 00 42")])
        .await;
    assert_says(&page, "henüz erken: ");
    assert_eq!(shop.inbox().await.len(), 1);

    let code = shop.code().await;
    let page = shop.submit("/card/verify", &[("code", &code)]).await;
    assert_says(&page, "Kartınızla ödediniz.");
    assert_says(&shop.open_page("/card").await, "Kartınızla ödediniz.");
}

#[tokio::test]
async fn an_expired_code_and_too_many_wrong_ones_lead_to_a_new_code() {
    let shop = Shop::open().await;
    shop.submit("/card", &[("phone", PHONE)]).await;
    let late = shop.code().await;
    shop.tell_sandbox("clock/advance", json!({"seconds": 181}))
        .await;
    let page = shop.submit("/card/verify", &[("code", &late)]).await;
    assert_says(&page, "süresi doldu");
    assert!(!page.contains("name=\"code\""), "{page}");

    shop.submit("/card/resend", &[]).await;
    assert_eq!(shop.inbox().await.len(), 2);
    for _ in 0..3 {
        let page = shop.submit("/card/verify", &[("code", "XXXX")]).await;
        assert_says(&page, "Kod yanlış");
    }
    let code = shop.code().await;
    let page = shop.submit("/card/verify", &[("code", &code)]).await;
    assert_says(&page, "Çok fazla yanlış kod");
    // Not by another number either: guesses would cost no more than messages.
    for form in [("/card/resend", ""), ("/card", "0555 000 00 43")] {
        let page = shop.submit(form.0, &[("phone", form.1)]).await;
        assert_says(&page, "henüz erken: ");
    }
    assert_eq!(shop.inbox().await.len(), 2);
}

#[tokio::test]
async fn a_link_is_paid_and_told_once() {
    let shop = Shop::open().await;
    let page = shop.submit("/link", &[("phone", PHONE)]).await;
    assert_says(&page, "Bağlantıyı SMS ile gönderdik.");
    // A double click makes no second link and no second message.
    shop.submit("/link", &[("phone", PHONE)]).await;
    assert_eq!(shop.inbox().await.len(), 1);

    let message = shop.message().await;
    let link = message.pointer("/link").and_then(Value::as_str);
    let id = link.expect("a link").rsplit('/').next().expect("an id");
    let paid = shop
        .tell_sandbox(&format!("links/{id}/pay"), json!({}))
        .await;
    assert_eq!(paid.pointer("/callback/accepted"), Some(&json!(true)));
    assert_eq!(paid.pointer("/callback/body"), Some(&json!("OK")));
    let page = shop.open_page("/link").await;
    assert_says(&page, "Ödeme bağlantısı ile ödediniz.");
}

#[tokio::test]
async fn a_double_click_is_one_message() {
    let shop = Shop::open().await;
    tokio::join!(
        shop.submit("/card", &[("phone", PHONE)]),
        shop.submit("/card", &[("phone", PHONE)])
    );
    assert_eq!(shop.inbox().await.len(), 1);
}

#[tokio::test]
async fn whoever_paid_by_card_cannot_pay_by_the_link_as_well() {
    let shop = Shop::open().await;
    shop.submit("/link", &[("phone", PHONE)]).await;
    let message = shop.message().await;
    let link = message.pointer("/link").and_then(Value::as_str);
    let id = link.expect("a link").rsplit('/').next().expect("an id");
    shop.submit("/card", &[("phone", PHONE)]).await;
    let code = shop.code().await;
    shop.submit("/card/verify", &[("code", &code)]).await;
    let refused = shop
        .tell_sandbox(&format!("links/{id}/pay"), json!({}))
        .await;
    assert!(refused.pointer("/error").is_some(), "{refused}");
    assert_says(&shop.open_page("/").await, "Kartınızla ödediniz.");
}

#[tokio::test]
async fn what_is_not_signed_is_not_paid() {
    let shop = Shop::open().await;
    let forged = [
        ("callback_id", "S0123456789"),
        ("merchant_oid", "PT1"),
        ("status", "success"),
        ("total_amount", "91350"),
        ("hash", "k14/bsJpS8jmNObpZ/RIKnFSauBL57oP6AB/HeVVIEA="),
    ];
    let request = shop.browser.post(format!("{}/callback", shop.address));
    let answer = request.form(&forged).send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert_says(&shop.open_page("/paid").await, "Siparişiniz");
}

#[tokio::test]
async fn what_is_no_number_is_said_and_nothing_is_sent() {
    let shop = Shop::open().await;
    for path in ["/card", "/link"] {
        let page = shop.submit(path, &[("phone", "<b>0212")]).await;
        assert_says(&page, "Bu bir cep telefonu numarası değil");
    }
    assert_eq!(shop.inbox().await.len(), 0);
}
