//! Finding things among many, and clearing them away.

use onay_sandbox::Sandbox;

use crate::browser::Browser;
use crate::clients::{NUMBER, send, send_as, sent_link};
use crate::page::Page;

async fn sandbox() -> Sandbox {
    Sandbox::start().await.expect("a sandbox")
}

pub(crate) async fn finds(browser: Browser) {
    let sandbox = sandbox().await;
    send(&sandbox, "s-1", NUMBER).await.expect("sent");
    send(&sandbox, "s-2", "0555 000 00 43").await.expect("sent");
    sent_link(&sandbox, "http://127.0.0.1:9/").await;
    send(&sandbox, "s-2", "0555 000 00 43")
        .await
        .expect_err("too soon");
    let page = Page::open(browser, &sandbox).await;
    page.until(
        "all",
        "all('message').length === 3 && all('call').length === 2",
    )
    .await;
    for (find, messages, calls) in [
        ("to:0555 ", 3, 0),
        ("to:05550000043", 1, 0),
        ("to:0555 000 00 43", 1, 0),
        ("to: +90 555 000 00 43 send_otp", 1, 0),
        ("provider:paytr", 1, 1),
        ("PROVIDER:PAYTR", 1, 1),
        ("TOO_FREQUENT", 0, 0),
        ("BİSİKLET", 1, 0),
        ("BISIKLET kirmızı", 1, 0),
        ("operation:send-sms kırmızı", 1, 0),
        ("nothing like it", 0, 0),
        ("", 3, 2),
    ] {
        page.fill("search", find).await;
        if find.is_empty() {
            // Clearing by the driver is no typing.
            page.press(" ").await;
        }
        let shown =
            format!("all('message').length === {messages} && all('call').length === {calls}");
        page.until(find, &shown).await;
    }
    page.says("at('show-refused').click()").await;
    page.until(
        "refused",
        "all('message').length === 0 && all('call').length === 1",
    )
    .await;
    page.says("at('show-messages').click()").await;
    page.until(
        "messages",
        "all('message').length === 3 && all('call').length === 0",
    )
    .await;
    page.fill("search", "nothing").await;
    page.until(
        "nothing",
        "!at('nothing-found').hidden && at('empty').hidden",
    )
    .await;
    page.click("show-everything").await;
    page.until(
        "all",
        "all('message').length === 3 && all('call').length === 2",
    )
    .await;
    page.has_no_complaints().await;
}

pub(crate) async fn shows_one_tenant(browser: Browser) {
    let sandbox = sandbox().await;
    send_as(&sandbox, "sck_test_one", "s-1", NUMBER)
        .await
        .expect("sent");
    send_as(&sandbox, "sck_test_two", "s-1", NUMBER)
        .await
        .expect("sent");
    let page = Page::open(browser, &sandbox).await;
    page.has_messages(2).await;
    let messages = sandbox.messages();
    let newest = messages.first().expect("a message").tenant().to_owned();
    page.choose("tenant-switch", &newest).await;
    page.has_messages(1).await;
    let titled = format!("at('tenant').title === '{newest}'");
    page.until("named", &titled).await;
    assert_eq!(page.text("tenant").await, "Paynet …_two");
    send_as(&sandbox, "sck_test_one", "s-2", NUMBER)
        .await
        .expect("sent");
    send_as(&sandbox, "sck_test_two", "s-2", NUMBER)
        .await
        .expect("sent");
    page.has_messages(2).await;
    // The address says it, so that a bookmark is one tenant's inbox.
    page.browser.client.refresh().await.expect("reloaded");
    page.is_live().await;
    page.has_messages(2).await;
    page.until(
        "chosen",
        &format!("at('tenant-switch').value === '{newest}'"),
    )
    .await;
    page.choose("tenant-switch", "").await;
    page.has_messages(4).await;
    page.has_no_complaints().await;
}

pub(crate) async fn clears(browser: Browser) {
    let sandbox = sandbox().await;
    send(&sandbox, "s-1", NUMBER).await.expect("sent");
    send(&sandbox, "s-1", NUMBER).await.expect_err("too soon");
    let page = Page::open(browser, &sandbox).await;
    page.until("there", "all('call').length === 1").await;
    page.click("clear").await;
    page.click("cancel-clear").await;
    page.until("closed", "!at('confirm').open").await;
    page.has_messages(1).await;
    page.click("clear").await;
    page.click("confirm-clear").await;
    page.until("empty", "all('message').length + all('call').length === 0")
        .await;
    page.until("says how", "!at('empty').hidden").await;
    assert!(sandbox.messages().is_empty());
    page.has_no_complaints().await;
}
