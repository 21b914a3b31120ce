//! What every test here needs: one call, and its error in full.

use std::process::Command;
use std::time::Duration;

use onay_core::{Error, Operation};
use onay_http::reqwest::ClientBuilder;
use onay_http::{BaseUrl, HttpClient, HttpClientBuilder};
use serde_json::value::RawValue;

/// Long enough for a loaded machine, short enough for a test that waits for it.
pub(crate) const SHORT: Duration = Duration::from_millis(300);

pub(crate) const BODY: &str = r#"{"to":"5550000042"}"#;

/// A client that never waits long.
pub(crate) fn builder() -> HttpClientBuilder {
    HttpClient::builder()
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_secs(20))
}

/// A reqwest builder to hand in, in a process that may do so with `rustls-ring` too.
pub(crate) fn to_hand_in() -> ClientBuilder {
    #[cfg(feature = "rustls-ring")]
    let _ = rustls::crypto::ring::default_provider().install_default();
    ClientBuilder::new()
}

/// This program once more, for the one test of that name: where a test wants an environment or a
/// whole process to itself.
pub(crate) fn once_more(test: &str) -> Command {
    let mut child = Command::new(std::env::current_exe().expect("this program"));
    child.args(["--exact", test]);
    child
}

/// Runs it, and passes its failure on.
pub(crate) async fn must_pass(mut child: Command) {
    let output = tokio::task::spawn_blocking(move || child.output());
    let output = output.await.expect("ran").expect("ran");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("1 passed"), "it ran: {said}");
}

/// One call that takes every response; its body.
pub(crate) async fn call(client: &HttpClient, base: &str) -> Result<Vec<u8>, Error> {
    let base = BaseUrl::parse(base).expect("a base URL");
    client
        .endpoint("acme", Operation::SEND_OTP, &base, "/send")
        .expect("an endpoint")
        .json(&raw(BODY))?
        .send(|response| Ok(response.body().to_vec()))
        .await
}

/// A body as it stands.
pub(crate) fn raw(json: &str) -> Box<RawValue> {
    RawValue::from_string(json.to_owned()).expect("JSON")
}
