//! What every test here needs: one call, and its error in full.

use std::time::Duration;

use onay_core::Error;
use onay_http::{Answer, BaseUrl, HttpClient, HttpClientBuilder};

/// Long enough for a loaded machine, short enough for a test that waits for it.
pub(crate) const SHORT: Duration = Duration::from_millis(300);

pub(crate) const BODY: &str = r#"{"to":"5550000042"}"#;

/// A client that never waits long.
pub(crate) fn builder() -> HttpClientBuilder {
    HttpClient::builder()
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_secs(20))
}

/// One call, whatever the answer says.
pub(crate) async fn call(client: &HttpClient, base: &str) -> Result<Answer, Error> {
    let base = BaseUrl::parse(base).expect("a base URL");
    client
        .endpoint("acme", "send_otp", &base, "/send")
        .expect("an endpoint")
        .post(BODY.into(), Ok)
        .await
}
