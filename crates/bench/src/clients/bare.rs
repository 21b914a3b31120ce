//! The least that reqwest can do: bytes in, bytes out, address and headers prepared, no JSON, no form.

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Body, Method, Request, Url};

use super::{Client, expect, reqwest_with_timeouts};
use crate::calls::{Call, Failure};

pub(super) struct Bare {
    client: reqwest::Client,
    url: Url,
    headers: HeaderMap,
    body: Bytes,
    answer: &'static [u8],
}

impl Bare {
    pub(super) fn new(server: &str, call: Call) -> Result<Self, Failure> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(call.content_type()));
        for (name, value) in call.headers() {
            headers.insert(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
        }
        Ok(Self {
            client: reqwest_with_timeouts()?,
            url: format!("{server}{}", call.path()).parse()?,
            headers,
            body: call.body()?.into(),
            answer: call.answer().as_bytes(),
        })
    }
}

impl Client for Bare {
    async fn call(&self) -> Result<(), Failure> {
        let mut request = Request::new(Method::POST, self.url.clone());
        *request.headers_mut() = self.headers.clone();
        *request.body_mut() = Some(Body::from(self.body.clone()));
        let response = self.client.execute(request).await?;
        let is_success = response.status() == 200;
        expect(is_success && response.bytes().await? == self.answer)
    }
}
