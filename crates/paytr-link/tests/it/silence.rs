//! No key, salt, token, number or address in any output, through every outcome, at TRACE.

use std::fmt::Debug;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use onay_core::{EmailAddress, Error, Gsm};
use onay_paytr_link::{Credentials, PaytrLink, ProductLink, Signed};
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

/// A no that quotes the token of the very call, behind a colon and in base64 once more.
#[tokio::test]
async fn the_token_of_a_call_is_hidden_in_other_writings_too() {
    let credentials = Credentials::parse("123456", KEY, SALT).expect("credentials");
    let link = link();
    let signed = Signed::Delete { id: link.as_str() };
    let token = signed.token(&credentials);
    let quoted = STANDARD_NO_PAD.encode(format!(":{token}"));
    let answer = format!(r#"{{"status":"error","err_no":"{quoted}","reason":"{quoted}"}}"#);
    let server = SocketServer::start(Behaviour::json(&answer)).await;
    let paytr = PaytrLink::builder()
        .credentials(credentials)
        .base_url(server.url().parse().expect("a base URL"))
        .build()
        .expect("built");
    let error = paytr.delete(&[link]).await.expect_err("refused");
    let requests = server.requests();
    let posted = requests.first().expect("a request").text();
    assert!(
        posted.contains(
            &token
                .replace('+', "%2B")
                .replace('/', "%2F")
                .replace('=', "%3D")
        )
    );
    assert_eq!(error.code(), Some("***"));
    let heart = quoted.get(2..).expect("base64");
    assert!(!printed(&error).contains(heart), "{error:?}");
}
