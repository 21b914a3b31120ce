//! The page without a mouse.

use fantoccini::key::Key;
use onay_sandbox::Sandbox;
use serde_json::json;

use crate::browser::Browser;
use crate::clients::{NUMBER, send};
use crate::page::Page;

pub(crate) async fn is_enough(browser: Browser) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    send(&sandbox, "s-1", NUMBER).await.expect("sent");
    send(&sandbox, "s-2", "0555 000 00 43").await.expect("sent");
    let page = Page::open(browser, &sandbox).await;
    let permissions = json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]});
    page.browser
        .cdp("Browser.grantPermissions", permissions)
        .await;
    page.has_messages(2).await;
    page.press("j").await;
    page.until("first", "document.activeElement === all('message')[0]")
        .await;
    page.press("j").await;
    page.until("second", "document.activeElement === all('message')[1]")
        .await;
    page.press("c").await;
    page.until("copied", "all('copy')[1].textContent === 'Copied'")
        .await;
    let copied = page.says("navigator.clipboard.readText()").await;
    assert_eq!(copied, page.says("all('otp')[1].textContent").await);
    let enter = char::from(Key::Enter).to_string();
    page.press(&enter).await;
    page.until(
        "open",
        "all('exchange')[1].open && !all('exchange')[0].open",
    )
    .await;
    page.press(&enter).await;
    page.until("closed", "!all('exchange')[1].open").await;
    page.press(&char::from(Key::Up).to_string()).await;
    page.until("first", "document.activeElement === all('message')[0]")
        .await;
    page.press("/").await;
    page.until("search", "document.activeElement === at('search')")
        .await;
    page.press("0043").await;
    page.has_messages(1).await;
    assert_eq!(page.says("at('search').value").await, json!("0043"));
    let escape = char::from(Key::Escape).to_string();
    page.press(&escape).await;
    page.has_messages(2).await;
    let still = "document.activeElement === at('search') && at('search').value === ''";
    page.until("cleared", still).await;
    page.press(&escape).await;
    page.until("left", "document.activeElement !== at('search')")
        .await;
    page.press("t").await;
    page.until("tools", "document.activeElement === at('tools')")
        .await;
    page.press("?").await;
    page.until("keys", "at('keys').open").await;
    page.press(&escape).await;
    page.until("gone", "!at('keys').open").await;
    // By Tab alone, from the top: every control that a mouse reaches.
    page.says("document.activeElement.blur()").await;
    let mut reached = Vec::new();
    for _ in 0..40 {
        page.press(&char::from(Key::Tab).to_string()).await;
        let name = page
            .says("document.activeElement.dataset.testid ?? ''")
            .await;
        reached.push(name.as_str().expect("a name").to_owned());
    }
    for name in ["search", "tenant-switch", "clear", "copy", "advance-60"] {
        assert!(reached.iter().any(|one| one == name), "{name}: {reached:?}");
    }
    page.has_no_complaints().await;
}
