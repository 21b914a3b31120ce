//! The calls as a merchant writes them without Onay: with reqwest as its documentation teaches, and on raw hyper.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http_body_util::{BodyExt, Full};
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Request, Uri};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use reqwest::{RequestBuilder, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;

use super::Failure;
use super::wire::{self, Operation, RESEND, SEND_OTP};

/// What the operation says in the answer; `true` is a success.
trait Reply: DeserializeOwned {
    fn is_success(&self) -> bool;
}

/// Paynet's answer. Under an error status `code` repeats the status.
#[derive(Deserialize)]
struct PaynetReply {
    code: i64,
    result_code: Option<i64>,
    message: String,
    otp_expire: Option<String>,
}

impl Reply for PaynetReply {
    fn is_success(&self) -> bool {
        self.result_code.unwrap_or(self.code) == 0
    }
}

/// Masterpass' answer: what a caller needs of it.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct MasterpassReply {
    result: bool,
    body: MasterpassBody,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct MasterpassBody {
    session: Session,
    masterpass: Masterpass,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Session {
    session_renewed: bool,
    session_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Masterpass {
    status_code: u16,
    result: Option<Verdict>,
    exception: Option<Exception>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Verdict {
    token: String,
    retrieval_reference_number: String,
    response_code: String,
    description: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Exception {
    code: String,
    message: String,
}

impl Reply for MasterpassReply {
    fn is_success(&self) -> bool {
        let inner = &self.body.masterpass;
        let verdict = inner.result.as_ref();
        self.result
            && inner.status_code == 200
            && verdict.is_some_and(|verdict| verdict.response_code == "5001")
    }
}

/// PayTR's answer.
#[derive(Deserialize)]
struct PaytrReply {
    status: String,
    reason: Option<String>,
}

impl Reply for PaytrReply {
    fn is_success(&self) -> bool {
        self.status == "success"
    }
}

/// PayTR's token.
pub(crate) fn token(mut hmac: Hmac<Sha256>) -> String {
    for part in [
        wire::LINK,
        wire::MERCHANT_ID,
        wire::LINK_PHONE,
        wire::MERCHANT_SALT,
    ] {
        hmac.update(part.as_bytes());
    }
    STANDARD.encode(hmac.finalize().into_bytes())
}

/// The key as a token needs it.
pub(crate) fn token_key() -> Result<Hmac<Sha256>, Failure> {
    Ok(Hmac::new_from_slice(wire::MERCHANT_KEY.as_bytes())?)
}

fn form(token: &str) -> [(&'static str, &str); 5] {
    [
        ("merchant_id", wire::MERCHANT_ID),
        ("id", wire::LINK),
        ("cell_phone", wire::LINK_PHONE),
        ("debug_on", "1"),
        ("paytr_token", token),
    ]
}

/// reqwest with the three timeouts that Onay sets, and otherwise as it comes.
pub(crate) fn reqwest_with_timeouts() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(30))
        .pool_idle_timeout(Duration::from_secs(4))
        .build()
}

/// reqwest by hand.
pub(crate) async fn call(request: RequestBuilder, operation: &str) -> Result<bool, Failure> {
    match operation {
        "send_otp" => {
            let request = request
                .header("accept", "application/json; charset=UTF-8")
                .header("authorization", "Basic sck_test_demo");
            read::<PaynetReply>(request.json(&SEND_OTP)).await
        }
        "resend" => {
            let request = request
                .header("accept", "application/json")
                .header("apikeyprivate", wire::PRIVATE_KEY)
                .header("apiclientprivate", wire::PRIVATE_CLIENT);
            read::<MasterpassReply>(request.json(&RESEND)).await
        }
        _ => {
            let token = token(token_key()?);
            read::<PaytrReply>(request.form(&form(&token))).await
        }
    }
}

async fn read<R: Reply>(request: RequestBuilder) -> Result<bool, Failure> {
    let response = request.send().await?;
    let is_good = response.status().is_success();
    Ok(response.json::<R>().await?.is_success() && is_good)
}

/// hyper-util's client, which lies under reqwest: serde both ways, no timeouts, no TLS, no redirects.
#[derive(Debug)]
pub(crate) struct RawHyper {
    client: Client<HttpConnector, Full<Bytes>>,
    uri: Uri,
    headers: HeaderMap,
    key: Hmac<Sha256>,
    operation: &'static Operation,
}

impl RawHyper {
    pub(crate) fn new(server: &str, operation: &'static Operation) -> Result<Self, Failure> {
        let mut connector = HttpConnector::new();
        // As reqwest sets it.
        connector.set_nodelay(true);
        Ok(Self {
            client: Client::builder(TokioExecutor::new()).build(connector),
            uri: format!("{server}{}", operation.path).parse()?,
            headers: headers(operation).into_iter().collect(),
            key: token_key()?,
            operation,
        })
    }

    pub(crate) async fn call(&self) -> Result<bool, Failure> {
        match self.operation.name {
            "send_otp" => {
                self.post::<PaynetReply>(serde_json::to_vec(&SEND_OTP)?)
                    .await
            }
            "resend" => {
                self.post::<MasterpassReply>(serde_json::to_vec(&RESEND)?)
                    .await
            }
            _ => {
                let token = token(self.key.clone());
                let body = serde_urlencoded::to_string(form(&token))?;
                self.post::<PaytrReply>(body.into_bytes()).await
            }
        }
    }

    async fn post<R: Reply>(&self, body: Vec<u8>) -> Result<bool, Failure> {
        let mut request = Request::new(Full::from(body));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        let response = self.client.request(request).await?;
        let is_good = response.status().is_success();
        let body = response.into_body().collect().await?.to_bytes();
        Ok(serde_json::from_slice::<R>(&body)?.is_success() && is_good)
    }
}

/// reqwest and nothing else: the answer is compared and not read.
pub(crate) async fn bare(
    client: &reqwest::Client,
    url: &Url,
    headers: &[(HeaderName, HeaderValue)],
    operation: &Operation,
) -> Result<bool, Failure> {
    let body = Bytes::from_static(operation.body.as_bytes());
    let mut request = client.post(url.clone()).body(body);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let response = request.send().await?;
    let status = response.status().as_u16();
    let body = response.bytes().await?;
    let is = |(expected, text): (u16, &str)| status == expected && body == text;
    match (is(operation.success), is(operation.refusal)) {
        (false, false) => Err(format!("HTTP {status}: {body:?}").into()),
        (is_success, _) => Ok(is_success),
    }
}

/// The headers of a call, for clients that prepare them.
pub(crate) fn headers(operation: &Operation) -> Vec<(HeaderName, HeaderValue)> {
    let headers = operation.headers.iter().map(|(name, value)| {
        (
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        )
    });
    headers.collect()
}
