//! What is on the wire, and nothing else.

use std::time::Duration;

use onay_http::{Said, loose};
use serde::{Deserialize, Serialize};

pub(crate) const JSON: &str = "application/json";

pub(crate) const SEND_OTP: &str = "/not-written-yet/the-path-that-sends-a-code";
pub(crate) const VERIFY_OTP: &str = "/not-written-yet/the-path-that-checks-a-code";

/// The request of [`SEND_OTP`].
#[derive(Serialize)]
pub(crate) struct SendOtp<'a> {
    #[serde(rename = "not written yet: the field of the number")]
    pub(crate) number: &'a str,
    #[serde(rename = "not written yet: the field of the session")]
    pub(crate) session: &'a str,
}

/// The request of [`VERIFY_OTP`].
#[derive(Serialize)]
pub(crate) struct VerifyOtp<'a> {
    #[serde(rename = "not written yet: the field of the number")]
    pub(crate) number: &'a str,
    #[serde(rename = "not written yet: the field of the session")]
    pub(crate) session: &'a str,
    #[serde(rename = "not written yet: the field of the code that was typed")]
    pub(crate) code: &'a str,
}

/// Every answer, good and bad. Any field may be missing: an answer without a code is no failure of
/// the parser but neither yes nor no.
#[derive(Deserialize)]
pub(crate) struct Envelope {
    #[serde(default)]
    #[serde(rename = "not written yet: the field that says yes or no, by a code")]
    pub(crate) code: Said<String>,
    #[serde(default, deserialize_with = "loose::text")]
    #[serde(rename = "not written yet: the field of the text beside the code")]
    pub(crate) message: Option<String>,
    /// Until another message may be asked for.
    #[serde(default, deserialize_with = "loose::text")]
    #[serde(rename = "not written yet: the field of the wait in seconds, if there is one")]
    pub(crate) wait: Option<String>,
}

impl Envelope {
    pub(crate) fn wait(&self) -> Option<Duration> {
        let seconds = self.wait.as_deref()?.trim().parse().ok()?;
        Some(Duration::from_secs(seconds))
    }
}
