//! One headless Chromium for all stories.

use std::sync::Arc;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::process::Driver;

const FLAGS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en-GB",
];

/// The browser, and the driver that it is spoken to through.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    pub(crate) client: Client,
    driver: Arc<Driver>,
    plain: reqwest::Client,
    session: String,
}

impl Browser {
    /// Starts it; `None`, said loudly, where there is none.
    #[expect(clippy::print_stderr, reason = "a skipped test says so loudly")]
    pub(crate) async fn start() -> Option<Self> {
        let Some(driver) = Driver::start() else {
            assert!(
                std::env::var_os("CI").is_none(),
                "chromium or chromium-driver is missing, and CI must not skip this"
            );
            eprintln!(
                "SKIPPED: chromium and chromium-driver are not installed, so no page is seen"
            );
            return None;
        };
        let wanted = json!({
            "goog:chromeOptions": {"args": FLAGS},
            "goog:loggingPrefs": {"browser": "ALL"},
        });
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted.as_object().expect("an object").clone())
            .connect(&driver.address)
            .await
            .expect("a browser");
        let session = client.session_id().await.expect("a session");
        Some(Self {
            client,
            driver: Arc::new(driver),
            plain: reqwest::Client::builder()
                .no_proxy()
                .build()
                .expect("a client"),
            session: session.expect("an id"),
        })
    }

    /// A command of the browser's own protocol.
    pub(crate) async fn cdp(&self, command: &str, parameters: Value) -> Value {
        let body = json!({"cmd": command, "params": parameters});
        self.post("goog/cdp/execute", &body).await
    }

    /// What the console said since it was last asked: errors of scripts and of the page's manners.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        let log = self.post("se/log", &json!({"type": "browser"})).await;
        let entries = log.as_array().cloned().unwrap_or_default();
        let said = |entry: &Value| {
            let level = entry.get("level").and_then(Value::as_str)?;
            let message = entry.get("message").and_then(Value::as_str)?;
            (level == "SEVERE" || level == "WARNING").then(|| message.to_owned())
        };
        entries.iter().filter_map(said).collect()
    }

    /// As the next story expects it.
    pub(crate) async fn tidy_up(&self) {
        self.client.goto("about:blank").await.expect("a blank page");
        self.complaints().await;
    }

    pub(crate) async fn stop(self) {
        let _ = self.client.close().await;
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        let url = format!("{}/session/{}/{path}", self.driver.address, self.session);
        let answer = self.plain.post(url).json(body).send().await;
        let answer = answer.expect("the driver answers");
        let mut answer: Value = answer.json().await.expect("JSON");
        let value = answer.get_mut("value").map(Value::take).unwrap_or_default();
        assert!(value.get("error").is_none(), "{path}: {value}");
        value
    }
}
