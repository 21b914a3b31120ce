//! Accessibility of every view, in both themes and languages.

use onay_sandbox::{Fault, FaultRule, Sandbox};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::clients::{KEY, NUMBER, SALT, merchant, paytr, send, sent_link};
use crate::npm;
use crate::page::Page;

pub(crate) async fn is_for_everyone(browser: Browser) {
    let Some(axe) = fetched() else {
        return;
    };
    let empty = Sandbox::start().await.expect("a sandbox");
    let full = Sandbox::start().await.expect("a sandbox");
    let once = FaultRule::new(Fault::AcceptThenCut).times(1);
    let link = sent_link(&full, "http://127.0.0.1:9/").await;
    full.fault(once).expect("a rule");
    let _ = send(&full, "s-1", NUMBER).await;
    full.fault(FaultRule::new(Fault::Html(200)).chance(0.01))
        .expect("a rule");
    full.fault(FaultRule::new(Fault::Status(503)).operation("create"))
        .expect("a rule");
    let _ = send(&full, "s-1", NUMBER).await;
    for theme in ["light", "dark"] {
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": theme}]});
        browser.cdp("Emulation.setEmulatedMedia", media).await;
        for language in ["en", "tr"] {
            let home = format!("/?lang={language}");
            let what = |shown: &str| format!("{shown}, {theme}, {language}");
            let page = Page::open_at(browser.clone(), &empty, &home).await;
            page.until("empty", "!at('empty').hidden").await;
            finds_nothing(&page, &axe, &what("empty")).await;
            let page = Page::open_at(browser.clone(), &full, &home).await;
            page.until(
                "full",
                "all('message').length === 2 && all('rule').length === 2",
            )
            .await;
            page.opens_all(true).await;
            finds_nothing(&page, &axe, &what("everything open")).await;
            page.opens_all(false).await;
            page.click("clear").await;
            finds_nothing(&page, &axe, &what("a question")).await;
            page.go(&format!("/paytr/link/{}?lang={language}", link.id()))
                .await;
            page.until("a link", "at('pay')").await;
            finds_nothing(&page, &axe, &what("a link")).await;
            page.click("pay").await;
            page.until("paid", "at('verdict')").await;
            finds_nothing(&page, &axe, &what("paid")).await;
        }
    }
    browser
        .cdp("Emulation.setEmulatedMedia", json!({"features": []}))
        .await;
}

/// Nothing sticks out at the width of a phone, however much is open.
pub(crate) async fn fits_a_phone(browser: Browser) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let link = sent_link(&sandbox, "http://127.0.0.1:9/").await;
    let phone = json!({"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": false});
    browser
        .cdp("Emulation.setDeviceMetricsOverride", phone)
        .await;
    for language in ["en", "tr"] {
        let page = Page::open_at(browser.clone(), &sandbox, &format!("/?lang={language}")).await;
        let fits = "document.documentElement.scrollWidth <= 390 && innerWidth === 390";
        page.has_messages(1).await;
        page.opens_all(true).await;
        page.until("as wide as a phone", fits).await;
        page.click("clear").await;
        page.click("confirm-clear").await;
        page.until("empty", "!at('empty').hidden").await;
        page.until("as wide as a phone", fits).await;
        page.go(&format!("/paytr/link/{}?lang={language}", link.id()))
            .await;
        page.until("as wide as a phone", fits).await;
        let phone = onay::PhoneNumber::parse(NUMBER).expect("a number");
        let client = paytr(&sandbox, merchant(KEY, SALT));
        client.send_sms(link.id(), &phone).await.expect("sent");
    }
    browser
        .cdp("Emulation.clearDeviceMetricsOverride", json!({}))
        .await;
}

/// The script, where npm can fetch it.
fn fetched() -> Option<String> {
    let script = npm::installed("axe", &[])?.join("node_modules/axe-core/axe.min.js");
    Some(std::fs::read_to_string(script).expect("axe-core"))
}

/// That axe finds nothing on the page as it is now.
async fn finds_nothing(page: &Page, axe: &str, what: &str) {
    let script = format!(
        "{axe}
         const done = arguments[arguments.length - 1];
         axe.run(document, {{resultTypes: ['violations']}}).then(
           ({{violations}}) => done(violations.map(({{id, nodes}}) =>
             id + ': ' + nodes.map((node) => node.html + ' ' + node.failureSummary).join(' | '))),
           (error) => done([String(error)]));"
    );
    let found = page.browser.client.execute_async(&script, Vec::new()).await;
    let found = found.unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(found, Value::Array(Vec::new()), "{what}");
}
