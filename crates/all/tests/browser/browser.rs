//! One headless Chromium for all stories.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

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

/// A running chromedriver.
#[derive(Debug)]
struct Driver {
    process: Child,
    address: String,
}

impl Driver {
    /// Starts it on a free port; `None` where it or its browser is not installed.
    fn start() -> Option<Self> {
        // Without it the driver starts and then has nothing to drive.
        let browser = Command::new("chromium").arg("--version").output();
        browser.ok().filter(|output| output.status.success())?;
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let told = process.stdout.take().expect("a pipe");
        let mut lines = BufReader::new(told).lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            let (_, port) = line.rsplit_once("started successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        // Somebody has to read on, or it stops when the pipe is full.
        std::thread::spawn(move || lines.for_each(drop));
        let port = port.expect("chromedriver says its port");
        Some(Self {
            process,
            address: format!("http://127.0.0.1:{port}"),
        })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
