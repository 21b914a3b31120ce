//! What is still there when the sandbox or the visitor comes back.

use onay_sandbox::Sandbox;
use serde_json::json;

use crate::browser::Browser;
use crate::clients::{NUMBER, send};
use crate::page::Page;

async fn sandbox() -> Sandbox {
    Sandbox::start().await.expect("a sandbox")
}

pub(crate) async fn reconnects(browser: Browser) {
    let sandbox = sandbox().await;
    send(&sandbox, "s-1", NUMBER).await.expect("sent");
    let page = Page::open(browser, &sandbox).await;
    page.has_messages(1).await;
    let listen = sandbox.local_addr();
    sandbox.stop().await;
    page.until(
        "reconnecting",
        "at('live').dataset.state === 'reconnecting'",
    )
    .await;
    // Another sandbox at the same place knows nothing of what this page has seen.
    let another = Sandbox::builder()
        .listen(listen)
        .start()
        .await
        .expect("a sandbox");
    page.until("live", "at('live').dataset.state === 'live'")
        .await;
    page.until("empty", "!at('empty').hidden").await;
    send(&another, "s-2", "0555 000 00 43").await.expect("sent");
    page.until("there", "all('to')[0].textContent === '+905550000043'")
        .await;
    page.has_messages(1).await;
}

/// A browser opens six connections to one place: a page that is not in front holds none.
pub(crate) async fn eight_pages_share(browser: Browser) {
    let sandbox = sandbox().await;
    let first = browser.client.window().await.expect("a window");
    let page = Page::open(browser.clone(), &sandbox).await;
    let mut opened = Vec::new();
    for _ in 0..7 {
        let window = browser.client.new_window(true).await.expect("a tab");
        let switched = browser.client.switch_to_window(window.handle.clone()).await;
        switched.expect("in front");
        browser.cdp("Page.bringToFront", json!({})).await;
        page.go("/?lang=en").await;
        page.is_live().await;
        opened.push(window.handle);
    }
    send(&sandbox, "s-1", NUMBER).await.expect("sent");
    page.has_messages(1).await;
    page.click("advance-60").await;
    page.until("moved", "at('offset').textContent.startsWith('1 min')")
        .await;
    // The first shows what came meanwhile.
    for handle in opened {
        let switched = browser.client.switch_to_window(handle).await;
        switched.expect("in front");
        browser.client.close_window().await.expect("closed");
    }
    let switched = browser.client.switch_to_window(first).await;
    switched.expect("in front");
    browser.cdp("Page.bringToFront", json!({})).await;
    page.is_live().await;
    page.has_messages(1).await;
    page.until("moved", "at('offset').textContent.startsWith('1 min')")
        .await;
    page.has_no_complaints().await;
}

pub(crate) async fn remembers_the_language(browser: Browser) {
    let sandbox = sandbox().await;
    send(&sandbox, "s-1", NUMBER).await.expect("sent");
    let page = Page::open(browser, &sandbox).await;
    assert_eq!(page.text("language").await, "Türkçe");
    page.click("language").await;
    page.until(
        "turkish",
        "document.documentElement.lang === 'tr' && at('live').textContent === 'Bağlı'",
    )
    .await;
    assert!(
        page.text("nothing-is-sent")
            .await
            .contains("hiçbir şey gönderilmez")
    );
    page.until(
        "counting",
        "at('expiry').textContent.includes('kalan süre')",
    )
    .await;
    // The code beside it stays where it is under both words of the button.
    let width = "(at('copy').textContent = 'Kopyala', at('copy').offsetWidth)";
    let copied = "(at('copy').textContent = 'Kopyalandı', at('copy').offsetWidth)";
    assert_eq!(page.says(width).await, page.says(copied).await);
    // The address says nothing, and the browser speaks English.
    page.go("/").await;
    page.until("turkish", "document.documentElement.lang === 'tr'")
        .await;
    page.click("language").await;
    page.until("english", "document.documentElement.lang === 'en'")
        .await;
    page.has_no_complaints().await;
}
