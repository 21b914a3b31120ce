//! reqwest and nothing else: bytes in, bytes out, through its builder; no JSON, no form, the address parsed once.

use bytes::Bytes;
use reqwest::Url;
use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};

use super::{Client, expect, reqwest_with_timeouts};
use crate::calls::{Call, Failure};

pub(super) struct Bare {
    client: reqwest::Client,
    url: Url,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
    answer: &'static [u8],
}

impl Bare {
    pub(super) fn new(server: &str, call: Call) -> Result<Self, Failure> {
        let content_type = HeaderValue::from_static(call.content_type());
        let own = call.headers().iter().map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        });
        Ok(Self {
            client: reqwest_with_timeouts()?,
            url: format!("{server}{}", call.path()).parse()?,
            headers: std::iter::once((CONTENT_TYPE, content_type))
                .chain(own)
                .collect(),
            body: call.body()?.into(),
            answer: call.answer().as_bytes(),
        })
    }
}

impl Client for Bare {
    async fn call(&self) -> Result<(), Failure> {
        let mut request = self.client.post(self.url.clone()).body(self.body.clone());
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let response = request.send().await?;
        let is_success = response.status() == 200;
        expect(is_success && response.bytes().await? == self.answer)
    }
}
