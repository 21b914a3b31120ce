//! The calls on hyper-util's client, which lies under reqwest: serde both ways, no timeouts, no TLS, no redirects.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http_body_util::{BodyExt, Full};
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Request, Uri};
use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;

use super::by_hand::Resent;
use super::{Client, expect};
use crate::calls::{self, Call, Failure};

struct Prepared {
    client: HyperClient<HttpConnector, Full<Bytes>>,
    uri: Uri,
    headers: HeaderMap,
}

impl Prepared {
    fn new(server: &str, call: Call) -> Result<Self, Failure> {
        let mut connector = HttpConnector::new();
        // As reqwest sets it.
        connector.set_nodelay(true);
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(call.content_type()));
        for (name, value) in call.headers() {
            headers.insert(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
        }
        Ok(Self {
            client: HyperClient::builder(TokioExecutor::new()).build(connector),
            uri: format!("{server}{}", call.path()).parse()?,
            headers,
        })
    }

    async fn post<A: DeserializeOwned>(&self, body: Vec<u8>) -> Result<A, Failure> {
        let mut request = Request::new(Full::from(body));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        let response = self.client.request(request).await?;
        if !response.status().is_success() {
            return Err(format!("HTTP {}", response.status()).into());
        }
        let body = response.into_body().collect().await?.to_bytes();
        Ok(serde_json::from_slice(&body)?)
    }
}

pub(super) struct SendOtp(Prepared);

impl SendOtp {
    pub(super) fn new(server: &str) -> Result<Self, Failure> {
        Prepared::new(server, Call::SendOtp).map(Self)
    }
}

#[derive(Deserialize)]
struct OtpSent {
    otp_expire: String,
    code: i64,
    message: String,
}

impl Client for SendOtp {
    async fn call(&self) -> Result<(), Failure> {
        let body = serde_json::to_vec(&calls::SEND_OTP)?;
        let sent: OtpSent = self.0.post(body).await?;
        expect(sent.code == 0 && !sent.otp_expire.is_empty() && !sent.message.is_empty())
    }
}

pub(super) struct Resend(Prepared);

impl Resend {
    pub(super) fn new(server: &str) -> Result<Self, Failure> {
        Prepared::new(server, Call::Resend).map(Self)
    }
}

impl Client for Resend {
    async fn call(&self) -> Result<(), Failure> {
        let body = serde_json::to_vec(&calls::RESEND)?;
        let resent: Resent = self.0.post(body).await?;
        expect(resent.is_success())
    }
}

pub(super) struct Notify {
    prepared: Prepared,
    key: Hmac<Sha256>,
}

impl Notify {
    pub(super) fn new(server: &str) -> Result<Self, Failure> {
        Ok(Self {
            prepared: Prepared::new(server, Call::Notify)?,
            key: Hmac::new_from_slice(calls::MERCHANT_KEY.as_bytes())?,
        })
    }
}

#[derive(Deserialize)]
struct Notified {
    status: String,
}

impl Client for Notify {
    async fn call(&self) -> Result<(), Failure> {
        let mut hmac = self.key.clone();
        for part in [
            calls::LINK,
            calls::MERCHANT_ID,
            calls::LINK_PHONE,
            calls::MERCHANT_SALT,
        ] {
            hmac.update(part.as_bytes());
        }
        let token = STANDARD.encode(hmac.finalize().into_bytes());
        let form = serde_urlencoded::to_string(calls::Notify::with_token(&token))?;
        let notified: Notified = self.prepared.post(form.into_bytes()).await?;
        expect(notified.status == "success")
    }
}
