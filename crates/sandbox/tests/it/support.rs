//! A small client that sends what a test tells it to, right or wrong.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use onay_sandbox::Sandbox;
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::paytr_support::PaytrCaller;

pub(crate) const KEY: &str = "sck_test_demo";
pub(crate) const NUMBER: &str = "5550000042";
pub(crate) const PRIVATE_KEY: &str = "test-key-private";
pub(crate) const CLIENT_KEY: &str = "test-client-private";
pub(crate) const MASTERPASS: &str = "/paywall/api/paywall/masterpass";

/// The rows of a table, each with its cells.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let rows = table.lines().filter(|line| !line.is_empty());
    rows.map(|row| row.split(" | ").collect())
}

/// A sandbox, and who calls Paynet and the test API in it.
pub(crate) async fn paynet() -> (Sandbox, Caller) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = Caller::new(&sandbox);
    (sandbox, caller)
}

/// A sandbox, and who calls Paywall in it.
pub(crate) async fn paywall() -> (Sandbox, PaywallCaller) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = PaywallCaller::new(&sandbox);
    (sandbox, caller)
}

/// A sandbox, and who calls PayTR in it.
pub(crate) async fn paytr() -> (Sandbox, PaytrCaller) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = PaytrCaller::new(&sandbox);
    (sandbox, caller)
}

/// A response that was read to its end.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Response {
    pub(crate) async fn of(request: RequestBuilder) -> Self {
        Self::read(request.send().await.expect("an answer")).await
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().expect("text")
    }

    async fn read(response: reqwest::Response) -> Self {
        Self {
            status: response.status(),
            headers: response.headers().clone(),
            text: response.text().await.expect("an answer"),
        }
    }
}

/// Calls Paynet with one key, and the test API.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    http: Client,
    url: String,
    key: String,
}

impl Caller {
    pub(crate) fn new(sandbox: &Sandbox) -> Self {
        Self::with_key(sandbox, KEY)
    }

    pub(crate) fn with_key(sandbox: &Sandbox, key: &str) -> Self {
        Self {
            http: Client::builder().no_proxy().build().expect("a client"),
            url: sandbox.url(),
            key: key.to_owned(),
        }
    }

    /// Another key over the same connections.
    pub(crate) fn with_other_key(&self, key: &str) -> Self {
        Self {
            key: key.to_owned(),
            ..self.clone()
        }
    }

    /// A well-formed call, to be spoilt.
    pub(crate) fn call(&self, operation: &str) -> RequestBuilder {
        self.http
            .post(format!("{}/paynet/v1/card/{operation}", self.url))
            .header("authorization", format!("Basic {}", self.key))
            .header("accept", "application/json; charset=UTF-8")
            .header("content-type", "application/json; charset=UTF-8")
    }

    pub(crate) async fn send(&self, session: &str, number: &str) -> Response {
        let body = json!({"user_gsm": number, "otp_session_id": session});
        Response::of(self.call("send_otp").body(body.to_string())).await
    }

    pub(crate) async fn check(&self, session: &str, number: &str, code: &str) -> Response {
        let body = json!({"user_gsm": number, "otp_session_id": session, "otp_code": code});
        Response::of(self.call("check_otp").body(body.to_string())).await
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(format!("{}{path}", self.url))
    }

    pub(crate) fn post(&self, path: &str) -> RequestBuilder {
        self.http.post(format!("{}{path}", self.url))
    }

    pub(crate) fn put(&self, path: &str) -> RequestBuilder {
        self.http.put(format!("{}{path}", self.url))
    }

    pub(crate) fn with_method(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url))
    }

    pub(crate) fn delete(&self, path: &str) -> RequestBuilder {
        self.http.delete(format!("{}{path}", self.url))
    }

    /// What the test API answers to a good question.
    pub(crate) async fn ask(&self, path: &str) -> Value {
        let answer = Response::of(self.get(path)).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        answer.json()
    }

    /// The doctor's word on the last call.
    pub(crate) async fn word(&self) -> String {
        text_of(&self.doctor().await)
    }

    /// What the doctor said about the last call, or null.
    pub(crate) async fn doctor(&self) -> Value {
        self.ask("/api/v1/journal?limit=1").await["calls"][0]["doctor"].clone()
    }
}

/// The fields of a session that is good.
pub(crate) fn session_fields() -> Value {
    json!({"ReferenceCode": "order-1", "UserId": "test-user", "UserPhone": "905550000042"})
}

/// Calls Paywall with one pair of keys.
#[derive(Clone, Debug)]
pub(crate) struct PaywallCaller {
    pub(crate) plain: Caller,
    private: String,
}

impl PaywallCaller {
    pub(crate) fn new(sandbox: &Sandbox) -> Self {
        Self::with_key(sandbox, PRIVATE_KEY)
    }

    pub(crate) fn with_key(sandbox: &Sandbox, private: &str) -> Self {
        Self {
            plain: Caller::new(sandbox),
            private: private.to_owned(),
        }
    }

    /// A well-formed call, to be spoilt.
    pub(crate) fn request(&self, operation: &str) -> RequestBuilder {
        self.plain
            .post(&format!("{MASTERPASS}/{operation}"))
            .header("apikeyprivate", &self.private)
            .header("apiclientprivate", CLIENT_KEY)
            .header("content-type", "application/json")
    }

    pub(crate) async fn call(&self, operation: &str, body: &Value) -> Response {
        Response::of(self.request(operation).body(body.to_string())).await
    }

    /// Opens a session.
    pub(crate) async fn session(&self) -> String {
        let opened = self.call("session", &session_fields()).await;
        text_of(&opened.json()["Body"]["SessionId"])
    }

    /// Asks for an OTP to link the account.
    pub(crate) async fn link(&self, session: &str) -> String {
        let linked = self
            .call("merchant/link", &json!({"SessionId": session}))
            .await;
        token_of(&linked)
    }

    pub(crate) async fn resend(&self, session: &str, token: &str) -> Response {
        let body = json!({"SessionId": session, "OtpToken": token});
        self.call("otp/resend", &body).await
    }

    pub(crate) async fn verify(&self, session: &str, token: &str, code: &str) -> Response {
        let body = json!({
            "SessionId": session,
            "OtpToken": token,
            "OtpCode": code,
            "ForLinkToMerchant": true,
        });
        self.call("otp/verify", &body).await
    }
}

/// A sandbox in which an OTP to link an account is on its way, whom it is for, and the session and
/// the token to verify it with.
pub(crate) async fn linked() -> (Sandbox, PaywallCaller, String, String) {
    let (sandbox, caller) = paywall().await;
    let session = caller.session().await;
    let token = caller.link(&session).await;
    (sandbox, caller, session, token)
}

/// The token that an answer brings.
pub(crate) fn token_of(answer: &Response) -> String {
    text_of(&answer.json()["Body"]["Masterpass"]["Result"]["Token"])
}

/// The code of the exception in an answer, or null.
pub(crate) fn exception_of(answer: &Response) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["Body"]["Masterpass"]["Exception"]["Code"].clone()
}

pub(crate) fn text_of(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("no text: {value}"))
        .to_owned()
}

/// The code in the newest message.
pub(crate) fn newest_code(sandbox: &Sandbox) -> String {
    let messages = sandbox.messages();
    messages[0].otp().expect("a code").to_owned()
}

/// Sends bytes as they are and reads until the server closes.
pub(crate) async fn raw(address: SocketAddr, request: String) -> String {
    let answer = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).expect("a connection");
        stream.write_all(request.as_bytes()).expect("written");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("text");
        answer
    });
    answer.await.expect("no panic")
}
