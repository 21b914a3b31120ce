//! The checkout example, run as a reader runs it: what costs money happens once, and nothing is lost.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use onay::paytr_link::{CALLBACK_REPLY, Credentials, Signed};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, StatusCode, header};
use serde_json::{Value, json};

use crate::examples::example;

const PHONE: &str = "0555 000 00 42";
const FORM: &str = "value=verify";

/// The shop in a process of its own, and one customer's browser.
struct Shop {
    process: Process,
    address: String,
    api: String,
    browser: Client,
    cookie: String,
}

/// Ends with the test, however that ends.
struct Process(Option<Child>);

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(mut child) = self.0.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Shop {
    async fn open() -> Self {
        let mut program = example("checkout");
        let program = program.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = program.spawn().expect("it starts");
        let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let process = Process(Some(child));
        let mut lines = stdout.lines().map_while(Result::ok);
        let mut address = |name: &str| {
            let line = lines.next().expect("a line");
            let address = line.strip_prefix(name).expect(name).trim();
            address.trim_end_matches('/').to_owned()
        };
        let mut shop = Self {
            address: address("Shop:"),
            api: address("Inbox:") + "/api/v1",
            process,
            browser: Client::builder().no_proxy().build().expect("a client"),
            cookie: String::new(),
        };
        shop.next_customer().await;
        shop
    }

    /// Another browser, without a cookie.
    async fn next_customer(&mut self) {
        let browser = Client::builder().no_proxy().redirect(Policy::none());
        let browser = browser.build().expect("a client");
        let page = browser.get(&self.address).send().await.expect("a page");
        let cookie = page.headers().get(header::SET_COOKIE).expect("a cookie");
        let cookie = cookie.to_str().expect("text");
        let pair = cookie.strip_suffix("; Path=/; HttpOnly; SameSite=Lax");
        self.cookie = pair.expect("a safe cookie").into();
    }

    async fn page(&self) -> String {
        let request = self.browser.get(&self.address);
        shown(request.header(header::COOKIE, &self.cookie)).await
    }

    /// Presses a button; gives the page that follows.
    async fn press(&self, button: &str, typed: &str) -> String {
        shown(
            self.form(button, typed)
                .header(header::ORIGIN, &self.address),
        )
        .await
    }

    /// A form that does not say which page it is on.
    fn form(&self, button: &str, typed: &str) -> RequestBuilder {
        let request = self.browser.post(&self.address);
        let form = [("button", button), ("typed", typed)];
        request.header(header::COOKIE, &self.cookie).form(&form)
    }

    async fn messages(&self) -> Vec<Value> {
        let response = self.browser.get(format!("{}/messages", self.api)).send();
        let messages: Value = response
            .await
            .expect("a response")
            .json()
            .await
            .expect("JSON");
        messages["messages"].as_array().expect("a list").clone()
    }

    /// What the newest message holds.
    async fn delivered(&self, field: &str) -> String {
        let messages = self.messages().await;
        messages[0][field].as_str().expect(field).to_owned()
    }

    async fn sandbox(&self, method: Method, path: &str, body: Value) -> Value {
        let request = self.browser.request(method, format!("{}/{path}", self.api));
        let response = request.json(&body).send().await.expect("a response");
        response.json().await.expect("JSON")
    }

    async fn fault(&self, operation: &str, fault: Value) {
        let rules = json!({"rules": [{"operation": operation, "times": 1, "fault": fault}]});
        let set = self.sandbox(Method::PUT, "faults", rules).await;
        assert!(set["rules"].is_array(), "{set}");
    }

    /// Pays by the link of the newest message, on PayTR's page.
    async fn pay(&self) -> Value {
        let link = self.delivered("link").await;
        let id = link.rsplit('/').next().expect("an id");
        self.sandbox(Method::POST, &format!("links/{id}/pay"), json!({}))
            .await
    }

    /// Posts a callback as PayTR signs it.
    async fn call_back(
        &self,
        order: &str,
        merchant_oid: &str,
        amount: &str,
    ) -> (StatusCode, String) {
        let keys = Credentials::parse("100001", "sandbox-merchant-key", "sandbox-merchant-salt");
        let signed = Signed::Callback {
            callback_id: order,
            merchant_oid,
            status: "success",
            total_amount: amount,
        };
        let form = [
            ("callback_id", order),
            ("merchant_oid", merchant_oid),
            ("status", "success"),
            ("total_amount", amount),
            ("hash", &signed.token(&keys.expect("credentials"))),
        ];
        let request = self.browser.post(format!("{}/callback", self.address));
        let response = request.form(&form).send().await.expect("a response");
        (response.status(), response.text().await.expect("text"))
    }

    /// Stops it as Ctrl-C does; gives what it logged.
    async fn stop(mut self) -> String {
        let child = self.process.0.take().expect("it runs");
        let signal = Command::new("kill")
            .args(["-INT", &child.id().to_string()])
            .status();
        assert!(signal.expect("kill runs").success());
        let ended = tokio::task::spawn_blocking(|| child.wait_with_output());
        let Output { status, stderr, .. } = ended.await.expect("joined").expect("it ended");
        assert!(status.success(), "{status}");
        String::from_utf8(stderr).expect("text")
    }
}

async fn shown(request: RequestBuilder) -> String {
    let page = request.send().await.expect("a page");
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.expect("text");
    assert!(!page.contains("5550000042"), "a page shows no full number");
    page
}

#[track_caller]
fn assert_says(page: &str, wanted: &str) {
    assert!(page.contains(wanted), "{wanted}\n{page}");
}

#[tokio::test]
async fn a_card_is_paid_with_the_code_that_was_sent_and_a_double_click_sends_one() {
    let mut shop = Shop::open().await;
    assert_says(
        &shop.press("card", "<b>0212").await,
        "Cep telefonu numarası",
    );
    tokio::join!(shop.press("card", PHONE), shop.press("card", PHONE));
    let page = shop.page().await;
    assert_says(&page, "+90 555 *** ** 42");
    assert_says(&shop.press("verify", "AAAA").await, "Kod onaylanmadı");
    assert_says(&shop.press("card", "").await, "saniye sonra istenebilir");
    // The same number in another order: the guard knows it, and no code is asked for.
    let cookie = shop.cookie.clone();
    shop.next_customer().await;
    let page = shop.press("card", "+90 555 000 00 42").await;
    assert_says(&page, "saniye sonra istenebilir");
    assert!(!page.contains(FORM), "{page}");
    shop.cookie = cookie;
    assert_eq!(shop.messages().await.len(), 1);

    let code = shop.delivered("otp").await;
    let (one, other) = tokio::join!(shop.press("verify", &code), shop.press("verify", &code));
    for page in [one, other] {
        assert_says(&page, "Kartınızla ödediniz.");
    }
    for button in ["card", "verify", "link"] {
        assert_says(&shop.press(button, PHONE).await, "Kartınızla ödediniz.");
    }
    assert_eq!(shop.messages().await.len(), 1);
    assert!(!shop.press("again", "").await.contains(&shop.cookie));
}

#[tokio::test]
async fn used_up_tries_begin_anew_and_each_number_has_its_session() {
    let shop = Shop::open().await;
    shop.press("card", PHONE).await;
    for _ in 0..3 {
        assert_says(&shop.press("verify", "AAAA").await, "Kod onaylanmadı");
    }
    let code = shop.delivered("otp").await;
    let page = shop.press("verify", &code).await;
    assert_says(&page, "artık geçerli değil");
    assert!(!page.contains(FORM), "{page}");
    // The code of one number does not approve the session of another.
    shop.press("card", "0555 000 00 43").await;
    assert_eq!(shop.messages().await.len(), 2);
    assert_says(&shop.press("verify", &code).await, "Kod onaylanmadı");
    let code = shop.delivered("otp").await;
    assert_says(&shop.press("verify", &code).await, "Kartınızla ödediniz.");
}

#[tokio::test]
async fn a_code_that_may_have_been_sent_is_asked_for_and_not_sent_again() {
    let shop = Shop::open().await;
    shop.fault("send_otp", json!({"kind": "accept_then_cut"}))
        .await;
    let page = shop.press("card", PHONE).await;
    assert_says(&page, "Yanıt gecikti");
    assert_says(&page, FORM);
    shop.press("card", "").await;
    assert_eq!(shop.messages().await.len(), 1);
    shop.fault("check_otp", json!({"kind": "cut_before_read"}))
        .await;
    let code = shop.delivered("otp").await;
    assert_says(&shop.press("verify", &code).await, "Kod onaylanmadı");
    assert_says(&shop.press("verify", &code).await, "Kartınızla ödediniz.");
}

#[tokio::test]
async fn a_customer_who_closes_the_tab_loses_nothing() {
    let shop = Shop::open().await;
    shop.fault("send_otp", json!({"kind": "delay", "ms": 500}))
        .await;
    let closed = tokio::time::timeout(Duration::from_millis(200), shop.press("card", PHONE)).await;
    assert!(closed.is_err(), "the tab was closed in time");
    assert_says(&shop.page().await, FORM);
    let code = shop.delivered("otp").await;
    assert_says(&shop.press("verify", &code).await, "Kartınızla ödediniz.");
}

/// No request waits for that call, and its end is in the log all the same.
#[cfg(unix)]
#[tokio::test]
async fn a_shop_that_is_stopped_waits_for_its_calls() {
    let shop = Shop::open().await;
    shop.press("card", PHONE).await;
    shop.fault("check_otp", json!({"kind": "drip", "ms_per_byte": 12}))
        .await;
    let wrong = shop.press("verify", "AAAA");
    let closed = tokio::time::timeout(Duration::from_millis(200), wrong).await;
    assert!(closed.is_err(), "the tab was closed in time");
    let log = shop.stop().await;
    assert!(log.contains("wrong code"), "{log}");
}

#[tokio::test]
async fn a_link_is_made_once_paid_and_shipped_once() {
    let shop = Shop::open().await;
    tokio::join!(shop.press("link", PHONE), shop.press("link", PHONE));
    assert_eq!(shop.messages().await.len(), 1);
    let page = shop.page().await;
    assert_says(&page, &shop.delivered("link").await);
    let (_, number) = page.split_once("Sipariş ").expect("a number");
    let number = &number[..11];

    let ok = (StatusCode::OK, CALLBACK_REPLY.to_owned());
    assert_eq!(shop.call_back(number, "PT1", "91349").await, ok);
    assert_says(&shop.page().await, "Ödeme bekleniyor");
    let paid = shop.pay().await;
    assert_eq!(paid["callback"]["accepted"], json!(true), "{paid}");
    let oid = paid["merchant_oid"].as_str().expect("a number of PayTR's");
    assert_eq!(shop.call_back(number, oid, "91350").await, ok);
    assert_says(&shop.page().await, "Ödeme bağlantısı ile ödediniz.");
    assert_eq!(shop.call_back(number, "PT2", "91350").await, ok);
    let log = shop.stop().await;
    assert_eq!(log.matches("paid too little").count(), 1, "{log}");
    assert_eq!(log.matches("paid twice").count(), 1, "of PT2 alone: {log}");
}

#[tokio::test]
async fn what_is_not_signed_or_not_known_is_not_ok() {
    let shop = Shop::open().await;
    let (status, _) = shop.call_back("S0123456789", "PT1", "91350").await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "PayTR calls again");
    let page = shop.page().await;
    let (_, number) = page.split_once("Sipariş ").expect("a number");
    let forged = [
        ("callback_id", &number[..11]),
        ("merchant_oid", "PT1"),
        ("status", "success"),
        ("total_amount", "91350"),
        ("hash", "k14/bsJpS8jmNObpZ/RIKnFSauBL57oP6AB/HeVVIEA="),
    ];
    let request = shop.browser.post(format!("{}/callback", shop.address));
    let response = request.form(&forged).send().await.expect("a response");
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert_says(&shop.page().await, "Siparişiniz");
}

#[tokio::test]
async fn an_order_that_was_paid_by_card_cannot_be_paid_by_its_link() {
    let shop = Shop::open().await;
    shop.press("link", PHONE).await;
    let link = shop.delivered("link").await;
    shop.press("card", PHONE).await;
    let code = shop.delivered("otp").await;
    shop.press("verify", &code).await;
    let id = link.rsplit('/').next().expect("an id");
    let path = format!("links/{id}/pay");
    let refused = shop.sandbox(Method::POST, &path, json!({})).await;
    assert!(refused["error"].is_object(), "{refused}");
}

#[tokio::test]
async fn a_link_that_may_exist_is_not_made_again() {
    let shop = Shop::open().await;
    shop.fault("create", json!({"kind": "accept_then_cut"}))
        .await;
    let page = shop.press("link", PHONE).await;
    assert_says(&page, "diğer ödeme yöntemini");
    assert!(!page.contains("value=link"), "{page}");
    shop.press("link", PHONE).await;
    let journal = shop.sandbox(Method::GET, "journal", json!({})).await;
    assert_eq!(
        journal["calls"].as_array().map(Vec::len),
        Some(1),
        "{journal}"
    );
}

#[tokio::test]
async fn a_form_of_another_site_does_nothing() {
    let shop = Shop::open().await;
    let elsewhere: [&[(&str, &str)]; 4] = [
        &[],
        &[("origin", "https://example.com")],
        &[("origin", "https://example.com:80")],
        &[("origin", "null")],
    ];
    let status = async |button, headers: &[(&str, &str)]| {
        let mut form = shop.form(button, PHONE);
        for (name, value) in headers {
            form = form.header(*name, *value);
        }
        form.send().await.expect("a response").status()
    };
    for headers in elsewhere {
        for button in ["card", "link", "again"] {
            let refused = status(button, headers).await;
            assert_eq!(refused, StatusCode::FORBIDDEN, "{button} {headers:?}");
        }
    }
    assert!(shop.messages().await.is_empty());
    let own = [("origin", shop.address.as_str())];
    assert_eq!(status("card", &own).await, StatusCode::OK);
    assert_eq!(shop.messages().await.len(), 1);
}
