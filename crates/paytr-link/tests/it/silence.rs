//! No key, salt, token, number or address in any output, through every outcome, at TRACE.

use std::fmt::Debug;

use onay_core::{EmailAddress, Error, Gsm};
use onay_paytr_link::{Credentials, PaytrLink, ProductLink};
use onay_testkit::{Behaviour, SocketServer, TraceCapture, printed};

use crate::support::{SHORT, link};

const KEY: &str = "canary-key";
const SALT: &str = "canary-salt";
const NUMBER: &str = "5557654321";
const EMAIL: &str = "canary.name@example.com";
const NAME: &str = "canary name of a customer";

fn said<T: Debug>(result: Result<T, Error>) -> String {
    match result {
        Ok(value) => format!("{value:?}"),
        Err(error) => printed(&error),
    }
}

/// Everything that the calls print, whatever comes of them.
async fn call(base: &str) -> String {
    let http = onay_http::HttpClient::builder()
        .timeout(SHORT)
        .build()
        .expect("a client");
    let credentials = Credentials::parse("123456", KEY, SALT).expect("credentials");
    let builder = PaytrLink::builder()
        .credentials(credentials.clone())
        .base_url(base.parse().expect("a base URL"))
        .http_client(http);
    let paytr = builder.clone().build().expect("built");
    let gsm = Gsm::parse(NUMBER).expect("a number");
    let email = EmailAddress::parse(EMAIL).expect("an address");
    let price = "14.45 TL".parse().expect("a price");
    let product = ProductLink::new(NAME, price, 1).expect("a product");
    [
        format!("{paytr:?} {builder:?} {credentials:?} {product:?}"),
        said(paytr.create(product).await),
        said(paytr.send_sms(&link(), &gsm).await),
        said(paytr.send_email(&link(), &email).await),
        said(paytr.delete(&[link()]).await),
    ]
    .join("\n")
}

#[tokio::test]
async fn no_canary_anywhere() {
    let capture = TraceCapture::start();
    let quoted = format!("{KEY} {SALT} {NUMBER} +90 555 765 43 21 canary.name");
    let answer = |status: &str, reason: &str| {
        Behaviour::json(&format!(
            r#"{{"status":"{status}","reason":"{reason}","err_no":"{quoted}"}}"#
        ))
    };
    let mut printed = String::new();
    for behaviour in [
        answer("success", ""),
        answer("error", &format!("{KEY} {SALT} {NUMBER} {EMAIL}")),
        answer("error", &format!("paytr_token {KEY}")),
        answer("canary", &quoted),
        Behaviour::answer(500, "text/html", &format!("<html>{KEY}</html>")),
        Behaviour::AnswerAndClose(format!("{KEY}\r\n\r\n").into_bytes()),
        Behaviour::CloseAfterRequest,
    ] {
        let server = SocketServer::start(behaviour).await;
        printed += &call(&server.url()).await;
    }
    let traced = capture.text();
    assert!(
        traced.contains("provider=\"paytr-link\""),
        "the capture works"
    );
    for canary in [KEY, SALT, NUMBER, "765 43 21", EMAIL, NAME] {
        assert!(!printed.contains(canary), "{canary} in {printed}");
        assert!(!traced.contains(canary), "{canary} in {traced}");
    }
}
