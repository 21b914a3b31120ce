//! Every stored message is reached: older ones, one alone, one less; callbacks are sent again.

use onay_sandbox::Sandbox;
use serde_json::json;

use crate::browser::Browser;
use crate::clients::{NUMBER, send, sent_link};
use crate::page::Page;

pub(crate) async fn reaches_everything(browser: Browser) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    for session in 0..203 {
        let number = format!("0555 010 {:02} {:02}", session / 100, session % 100);
        send(&sandbox, &format!("s-{session}"), &number)
            .await
            .expect("sent");
    }
    let page = Page::open(browser, &sandbox).await;
    page.until("counted", "at('count').textContent === '200 of 203'")
        .await;
    // The oldest is found although it is not shown.
    page.fill("search", "to:0555 010 00 00").await;
    page.has_messages(1).await;
    page.until("said", "location.search.includes('q=to')").await;
    page.fill("search", " ").await;
    page.has_messages(200).await;
    page.says("at('show-older').click()").await;
    page.has_messages(203).await;
    page.until("all", "at('show-older').hidden").await;

    page.go("/?lang=en&item=m1").await;
    page.is_live().await;
    page.has_messages(1).await;
    assert_eq!(page.text("to").await, "+905550100000");
    page.click("remove-message").await;
    page.until("gone", "all('message').length === 0").await;
    assert_eq!(sandbox.messages().len(), 202);
    page.has_no_complaints().await;
}

pub(crate) async fn sends_a_callback_again(browser: Browser) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let link = sent_link(&sandbox, "http://127.0.0.1:9/").await;
    let page = Page::open(browser, &sandbox).await;
    page.has_messages(1).await;
    sandbox.pay(link.id().as_str()).await.expect("paid");
    page.until("paid", "all('paid').some((one) => !one.hidden)")
        .await;
    let callbacks = "all('operation').filter((one) => one.textContent === 'callback').length";
    page.until("there", &format!("{callbacks} === 1")).await;
    page.says("all('send-again').find((one) => !one.hidden).click()")
        .await;
    page.until("again", &format!("{callbacks} === 2")).await;
    assert_eq!(page.text("version").await, "Onay sandbox 0.1.0");
    // While it is hidden, the page counts what comes.
    page.says("(Object.defineProperty(document, 'hidden', {value: true, configurable: true}), 0)")
        .await;
    send(&sandbox, "s-1", NUMBER).await.expect("sent");
    page.until("counted", "document.title.startsWith('(1) ')")
        .await;
    assert_eq!(page.says("all('message').length").await, json!(2));
    // It soon holds no connection any more, and counts on.
    page.says("(document.dispatchEvent(new Event('visibilitychange')), 0)")
        .await;
    page.until("rests", "at('live').dataset.state === 'reconnecting'")
        .await;
    send(&sandbox, "s-2", NUMBER).await.expect("sent");
    page.until("counted", "document.title.startsWith('(2) ')")
        .await;
    page.has_no_complaints().await;
}
