//! A page in the browser: what is asked of it, and waited for.

use std::time::{Duration, Instant};

use fantoccini::Locator;
use fantoccini::elements::Element;
use onay_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::browser::Browser;

/// Long, because other tests may want the same processor.
const PATIENCE: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_millis(20);

/// The inbox page of a sandbox, or a page that was reached from it.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) browser: Browser,
    url: String,
}

impl Page {
    /// The inbox, live.
    pub(crate) async fn open(browser: Browser, sandbox: &Sandbox) -> Self {
        Self::open_at(browser, sandbox, "/?lang=en").await
    }

    pub(crate) async fn open_at(browser: Browser, sandbox: &Sandbox, path: &str) -> Self {
        let page = Self {
            browser,
            url: sandbox.url(),
        };
        page.go(path).await;
        page.is_live().await;
        page
    }

    /// Anywhere in the sandbox.
    pub(crate) async fn go(&self, path: &str) {
        let url = format!("{}{path}", self.url);
        self.browser.client.goto(&url).await.expect("a page");
    }

    pub(crate) async fn is_live(&self) {
        self.until("live", "at('live').dataset.state === 'live'")
            .await;
    }

    /// What an expression says on the page. `at(name)` is the element of that `data-testid`,
    /// `all(name)` every one.
    pub(crate) async fn says(&self, expression: &str) -> Value {
        let script = format!(
            "const all = (name) => [...document.querySelectorAll(`[data-testid=\"${{name}}\"]`)];
             const at = (name) => all(name)[0];
             return {expression};"
        );
        let said = self.browser.client.execute(&script, Vec::new()).await;
        said.unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    pub(crate) async fn text(&self, name: &str) -> String {
        let text = self.says(&format!("at('{name}').textContent")).await;
        text.as_str().expect("text").to_owned()
    }

    /// Waits until an expression is true.
    pub(crate) async fn until(&self, what: &str, expression: &str) {
        let begun = Instant::now();
        let careful = format!(
            "(() => {{ try {{ return Boolean({expression}); }} catch {{ return false; }} }})()"
        );
        while self.says(&careful).await != json!(true) {
            if begun.elapsed() > PATIENCE {
                let stream = self.says("document.body.innerText").await;
                panic!("not {what}: {expression}\n{stream}");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits until there are so many messages.
    pub(crate) async fn has_messages(&self, count: usize) {
        self.until(
            "so many messages",
            &format!("all('message').length === {count}"),
        )
        .await;
    }

    pub(crate) async fn find(&self, name: &str) -> Element {
        let selector = format!("[data-testid=\"{name}\"]");
        let found = self.browser.client.find(Locator::Css(&selector)).await;
        found.unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) async fn click(&self, name: &str) {
        self.find(name).await.click().await.expect(name);
    }

    /// Opens or closes everything that unfolds.
    pub(crate) async fn opens_all(&self, open: bool) {
        let each = format!(
            "document.querySelectorAll('details').forEach((one) => {{ one.open = {open}; }})"
        );
        self.says(&each).await;
    }

    pub(crate) async fn fill(&self, name: &str, text: &str) {
        let element = self.find(name).await;
        element.clear().await.expect(name);
        element.send_keys(text).await.expect(name);
    }

    pub(crate) async fn choose(&self, name: &str, value: &str) {
        let element = self.find(name).await;
        element.select_by_value(value).await.expect(name);
    }

    /// Types wherever the focus is.
    pub(crate) async fn press(&self, keys: &str) {
        let element = self.browser.client.active_element().await.expect("focus");
        element.send_keys(keys).await.expect("typed");
    }

    /// That the console shows no error and no warning.
    pub(crate) async fn has_no_complaints(&self) {
        let complaints = self.browser.complaints().await;
        assert!(complaints.is_empty(), "{complaints:?}");
    }
}
