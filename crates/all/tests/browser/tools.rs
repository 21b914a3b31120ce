//! The tools beside the stream: faults and the clock.

use onay::{Dispatch, ErrorKind};
use onay_sandbox::Sandbox;
use serde_json::json;

use crate::browser::Browser;
use crate::clients::{NUMBER, send, send_as};
use crate::page::Page;

pub(crate) async fn sets_a_fault(browser: Browser) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let page = Page::open(browser, &sandbox).await;
    page.says("at('fault-setter').open = true").await;
    page.choose("fault-provider", "paynet").await;
    page.choose("fault-operation", "send_otp").await;
    page.choose("fault-choice", "status").await;
    page.fill("fault-detail", "503").await;
    page.click("set-fault").await;
    page.until("set", "all('rule').length === 1").await;
    assert_eq!(sandbox.faults().len(), 1);
    let refused = send(&sandbox, "s-1", NUMBER).await.expect_err("a fault");
    assert_eq!(refused.kind(), ErrorKind::Upstream);
    assert_eq!(refused.dispatch(), Dispatch::MaybeSent);
    page.until(
        "used up",
        "all('rule').length === 0 && !at('no-rules').hidden",
    )
    .await;
    page.until("told", "at('fault-kind').textContent === 'status'")
        .await;
    assert_eq!(page.text("outcome").await, "Not handled");
    assert_eq!(page.text("fired").await, "Fired: status ×1");

    // The message goes out, and no answer comes.
    page.choose("fault-choice", "accept_then_cut").await;
    page.click("set-fault").await;
    page.until("set", "all('rule').length === 1").await;
    let lost = send(&sandbox, "s-2", NUMBER).await.expect_err("a fault");
    assert_eq!(lost.dispatch(), Dispatch::MaybeSent);
    page.has_messages(1).await;
    page.until(
        "named",
        "at('message').querySelector('[data-testid=fault-kind]').textContent === 'accept_then_cut'",
    )
    .await;
    assert_eq!(
        page.says("at('fault').checkVisibility()").await,
        json!(true)
    );

    for often in ["chance", "always"] {
        page.choose("fault-often", often).await;
        page.click("set-fault").await;
        page.until("no problem", "at('fault-problem').textContent === ''")
            .await;
    }
    page.until("two", "all('rule').length === 2").await;
    assert!(
        page.says("all('rule')[0].textContent")
            .await
            .to_string()
            .contains("20 %")
    );
    page.click("remove-rule").await;
    page.until("one", "all('rule').length === 1").await;
    page.says("at('set-fault').click()").await;
    page.until("two", "all('rule').length === 2").await;
    page.click("clear-faults").await;
    page.until("none", "all('rule').length === 0").await;
    assert!(sandbox.faults().is_empty());
    let focus = "document.activeElement === at('fault-setter').querySelector('summary')";
    page.until("at the next best", focus).await;
    page.has_no_complaints().await;
}

pub(crate) async fn explains_a_bad_fault(browser: Browser) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let page = Page::open(browser, &sandbox).await;
    page.says("at('fault-setter').open = true").await;
    page.choose("fault-choice", "refuse").await;
    page.fill("fault-detail", "0").await;
    page.click("set-fault").await;
    page.until(
        "told",
        "at('fault-problem').textContent.includes('That did not work')",
    )
    .await;
    assert!(sandbox.faults().is_empty());
    // The browser itself says that the sandbox refused.
    let complaints = page.browser.complaints().await;
    assert!(
        complaints.iter().all(|said| said.contains("400")),
        "{complaints:?}"
    );
}

pub(crate) async fn moves_one_clock(browser: Browser) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    send_as(&sandbox, "sck_test_one", "s-1", NUMBER)
        .await
        .expect("sent");
    send_as(&sandbox, "sck_test_two", "s-1", NUMBER)
        .await
        .expect("sent");
    let messages = sandbox.messages();
    let newest = messages.first().expect("a message").tenant().to_owned();
    let page = Page::open(browser, &sandbox).await;
    page.choose("tenant-switch", &newest).await;
    page.has_messages(1).await;
    page.click("advance-300").await;
    page.until("expired", "at('message').dataset.state === 'expired'")
        .await;
    page.until(
        "moved",
        "at('offset').textContent === '5 min ahead of real time'",
    )
    .await;
    page.choose("tenant-switch", "").await;
    page.has_messages(2).await;
    page.until(
        "one only",
        "all('message').map((one) => one.dataset.state).join() === 'expired,valid'",
    )
    .await;
    page.until(
        "marked",
        "[...document.querySelectorAll('.apart')].map((one) => one.checkVisibility()).join() \
         === 'true,false' && document.querySelector('.apart').textContent.endsWith('+5 min')",
    )
    .await;
    page.until(
        "real",
        "at('offset').textContent === 'the same as real time'",
    )
    .await;
    page.has_no_complaints().await;
}
