//! What comes, and what is done with it.

use std::time::Duration;

use onay_sandbox::Sandbox;
use serde_json::json;

use crate::browser::Browser;
use crate::clients::{KEY, NUMBER, SALT, merchant, paytr, send};
use crate::page::Page;

async fn sandbox() -> Sandbox {
    Sandbox::start().await.expect("a sandbox")
}

pub(crate) async fn comes_by_itself(browser: Browser) {
    let sandbox = sandbox().await;
    let page = Page::open(browser, &sandbox).await;
    page.until("empty", "!at('empty').hidden && at('stream').hidden")
        .await;
    page.says("window.stayed = true").await;
    send(&sandbox, "s-1", NUMBER).await.expect("sent");
    page.has_messages(1).await;
    let messages = sandbox.messages();
    let message = messages.first().expect("a message");
    assert_eq!(page.text("otp").await, message.otp().expect("a code"));
    assert_eq!(page.text("text").await, message.text());
    assert_eq!(page.text("to").await, "+905550000042");
    assert_eq!(page.text("provider").await, "Paynet");
    assert_eq!(page.text("channel").await, "SMS");
    page.until("call", "at('called').textContent === 'send_otp'")
        .await;
    assert_eq!(page.says("at('exchange').open").await, json!(false));
    assert!(page.text("request").await.contains("\"otp_session_id\""));
    assert!(!page.text("request").await.contains("5550000042"), "masked");
    assert!(page.text("answer").await.contains("\"code\": 0"));
    assert_eq!(page.says("window.stayed").await, json!(true), "no reload");
    page.until(
        "announced",
        "at('announcer').textContent.includes('+905550000042')",
    )
    .await;
    assert_eq!(page.says("at('empty').hidden").await, json!(true));
    page.has_no_complaints().await;
}

pub(crate) async fn keeps_the_place(browser: Browser) {
    let sandbox = sandbox().await;
    for session in 0..12 {
        send(&sandbox, &format!("s-{session}"), NUMBER)
            .await
            .expect("sent");
    }
    let page = Page::open(browser, &sandbox).await;
    page.has_messages(12).await;
    // The element, not only its looks, has to stay.
    page.says("window.eighth = all('message')[7]").await;
    page.says("(eighth.focus(), eighth.querySelector('details').open = true)")
        .await;
    let top = page
        .says("Math.round(eighth.getBoundingClientRect().top)")
        .await;
    send(&sandbox, "s-new", "0555 000 00 43")
        .await
        .expect("sent");
    page.has_messages(13).await;
    assert_eq!(
        page.says("all('to')[0].textContent").await,
        json!("+905550000043")
    );
    page.until(
        "where it was",
        &format!("Math.abs(eighth.getBoundingClientRect().top - {top}) < 3"),
    )
    .await;
    let same = "document.activeElement === eighth && all('message')[8] === eighth";
    assert_eq!(page.says(same).await, json!(true));
    assert_eq!(
        page.says("eighth.querySelector('details').open").await,
        json!(true)
    );
    page.has_no_complaints().await;
}

pub(crate) async fn copies_a_code(browser: Browser) {
    let sandbox = sandbox().await;
    send(&sandbox, "s-1", NUMBER).await.expect("sent");
    let page = Page::open(browser, &sandbox).await;
    let permissions = json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]});
    page.browser
        .cdp("Browser.grantPermissions", permissions)
        .await;
    page.click("copy").await;
    page.until("copied", "at('copy').textContent === 'Copied'")
        .await;
    let code = page.text("otp").await;
    let copied = page.says("navigator.clipboard.readText()").await;
    assert_eq!(copied, json!(code));
    page.until(
        "announced",
        &format!("at('announcer').textContent === 'Copied: {code}'"),
    )
    .await;
    page.until("as before", "at('copy').textContent === 'Copy'")
        .await;
    page.has_no_complaints().await;
}

pub(crate) async fn counts_down(browser: Browser) {
    let sandbox = sandbox().await;
    send(&sandbox, "s-1", NUMBER).await.expect("sent");
    let page = Page::open(browser, &sandbox).await;
    page.until(
        "counting",
        "/^expires in 2:[345]\\d$/.test(at('expiry').textContent.trim())",
    )
    .await;
    page.click("advance-60").await;
    page.until(
        "later",
        "/^expires in 1:/.test(at('expiry').textContent.trim())",
    )
    .await;
    page.until(
        "said",
        "at('offset').textContent === '1 min ahead of real time'",
    )
    .await;
    sandbox.advance(Duration::from_secs(100));
    page.until("soon", "at('message').dataset.state === 'soon'")
        .await;
    sandbox.advance(Duration::from_secs(60));
    page.until("expired", "at('message').dataset.state === 'expired'")
        .await;
    assert!(page.text("expiry").await.starts_with("expired at"));
    page.has_no_complaints().await;
}

pub(crate) async fn explains_a_refusal(browser: Browser) {
    let sandbox = sandbox().await;
    let page = Page::open(browser, &sandbox).await;
    let swapped = paytr(&sandbox, merchant(SALT, KEY));
    let link = "AB12CD3".parse().expect("a link");
    let phone = onay::PhoneNumber::parse(NUMBER).expect("a number");
    swapped.send_sms(&link, &phone).await.expect_err("refused");
    page.until("there", "all('call').length === 1").await;
    assert_eq!(page.text("outcome").await, "Refused");
    assert_eq!(page.text("operation").await, "send-sms");
    let word = page.text("doctor").await;
    assert!(
        word.contains("merchant_key") && word.contains("merchant_salt"),
        "{word}"
    );
    assert_eq!(
        page.says("at('doctor').checkVisibility()").await,
        json!(true)
    );
    page.until(
        "announced",
        "at('announcer').textContent.startsWith('Refused call')",
    )
    .await;
    page.has_no_complaints().await;
}
