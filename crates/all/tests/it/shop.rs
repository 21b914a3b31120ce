//! The checkout example in a process of its own, and a customer with a browser and a phone.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use reqwest::{Client, RequestBuilder, Response, StatusCode, header};
use serde_json::Value;

use crate::support::example;

/// A shop in a process of its own, and one customer's browser.
pub(crate) struct Shop {
    process: Process,
    pub(crate) address: String,
    inbox: String,
    pub(crate) browser: Client,
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
    pub(crate) async fn open() -> Self {
        Self::start(example("checkout")).await
    }

    /// A shop whose Paynet is this server.
    pub(crate) async fn open_with_paynet(address: &str) -> Self {
        let mut program = example("checkout");
        program.env("SHOP_PAYNET", address).stderr(Stdio::piped());
        Self::start(program).await
    }

    /// A shop whose PayTR is this server.
    pub(crate) async fn open_with_paytr(address: &str) -> Self {
        let mut program = example("checkout");
        program.env("SHOP_PAYTR", address);
        Self::start(program).await
    }

    async fn start(mut program: Command) -> Self {
        let program = program.env_remove("SHOP_LISTEN").stdout(Stdio::piped());
        let mut child = program.spawn().expect("it starts");
        let told = child.stdout.take().expect("a pipe");
        let process = Process(Some(child));
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
        shop.cookie = shop.new_cookie().await;
        shop
    }

    /// Comes in without a cookie.
    pub(crate) async fn new_cookie(&self) -> String {
        let first = self.browser.get(&self.address).send().await;
        cookie_of(&first.expect("a page")).expect("a cookie")
    }

    /// Whoever comes now is somebody else.
    pub(crate) async fn next_customer(&mut self) {
        self.cookie = self.new_cookie().await;
    }

    /// The first page's answer to whoever brings this cookie. `None` where it was known.
    pub(crate) async fn cookie_instead_of(&self, cookie: &str) -> Option<String> {
        let request = self.browser.get(&self.address);
        let page = request.header(header::COOKIE, cookie).send().await;
        cookie_of(&page.expect("a page"))
    }

    pub(crate) fn cookie(&self) -> &str {
        &self.cookie
    }

    pub(crate) async fn open_page(&self, path: &str) -> String {
        let request = self.browser.get(format!("{}{path}", self.address));
        text(request.header(header::COOKIE, &self.cookie)).await
    }

    /// Submits a form and follows to the page that comes then.
    pub(crate) async fn submit(&self, path: &str, form: &[(&str, &str)]) -> String {
        let request = self.form(path).header(header::ORIGIN, &self.address);
        text(request.form(form)).await
    }

    /// A form of this customer that does not say whose page it is on.
    pub(crate) fn form(&self, path: &str) -> RequestBuilder {
        let request = self.browser.post(format!("{}{path}", self.address));
        request.header(header::COOKIE, &self.cookie)
    }

    /// Tells the shop to stop, as a service manager does, and waits until it has.
    #[cfg_attr(not(unix), expect(dead_code, reason = "only Unix has a signal for it"))]
    pub(crate) async fn stop(mut self) -> std::process::Output {
        let child = self.process.0.as_mut().expect("it runs");
        let pid = child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(told.expect("kill runs").success());
        let mut patience = 2000;
        while child.try_wait().expect("a child").is_none() {
            patience -= 1;
            assert!(patience > 0, "it goes on");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let child = self.process.0.take().expect("it ran");
        child.wait_with_output().expect("it has ended")
    }

    /// The newest message on the phone.
    pub(crate) async fn message(&self) -> Value {
        let mut inbox = self.inbox().await;
        inbox.drain(..1).next().expect("a message")
    }

    pub(crate) async fn inbox(&self) -> Vec<Value> {
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

    pub(crate) async fn code(&self) -> String {
        let message = self.message().await;
        message
            .pointer("/otp")
            .and_then(Value::as_str)
            .expect("a code")
            .to_owned()
    }

    pub(crate) async fn tell_sandbox(&self, path: &str, body: Value) -> Value {
        let request = self.browser.post(format!("{}/api/v1/{path}", self.inbox));
        let answer = request.json(&body).send().await.expect("an answer");
        answer.json().await.expect("JSON")
    }
}

/// The cookie that an answer sets.
pub(crate) fn cookie_of(response: &Response) -> Option<String> {
    let cookie = response.headers().get(header::SET_COOKIE)?;
    let cookie = cookie.to_str().expect("text");
    let pair = cookie.strip_suffix("; Path=/; HttpOnly; SameSite=Lax");
    Some(pair.expect("a safe cookie").to_owned())
}

async fn text(request: RequestBuilder) -> String {
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
pub(crate) fn assert_says(page: &str, wanted: &str) {
    assert!(page.contains(wanted), "{wanted}\n{page}");
}
