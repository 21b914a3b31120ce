//! An answer in a provider's own dialect, and what it has to be read as.

use std::time::Duration;

use onay_core::{Dispatch, ErrorKind, OtpChallenge};

use serde_json::Value;

use super::canary::SHORTEST;
use crate::Behaviour;

/// An answer as the provider gives it.
#[derive(Clone, Debug)]
pub struct Sample {
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
}

impl Sample {
    /// Any answer.
    pub fn new(status: u16, content_type: &str, body: &str) -> Self {
        Self {
            status,
            content_type: content_type.to_owned(),
            headers: Vec::new(),
            body: body.to_owned(),
        }
    }

    /// A JSON answer of status 200.
    pub fn json(body: &str) -> Self {
        Self::new(200, "application/json; charset=utf-8", body)
    }

    /// The same answer under another HTTP status.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(super) fn with_body(&self, body: &str) -> Self {
        Self {
            body: body.to_owned(),
            ..self.clone()
        }
    }

    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        (self.status, self.body.trim()) == (other.status, other.body.trim())
    }

    pub(super) fn behaviour(&self) -> Behaviour {
        Behaviour::Answer(self.bytes())
    }

    /// The answer as bytes, for a server that breaks off in the middle of them.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let length = format!("content-length: {}\r\n", self.body.len());
        [self.head(&length).as_bytes(), self.body.as_bytes()].concat()
    }

    /// The head alone, with these lines for the body's length.
    pub(super) fn head(&self, length: &str) -> String {
        let (status, content_type) = (self.status, &self.content_type);
        let headers = self.headers.iter();
        let headers = headers.map(|(name, value)| format!("{name}: {value}\r\n"));
        let headers: String = headers.collect();
        format!("HTTP/1.1 {status} Test\r\ncontent-type: {content_type}\r\n{headers}{length}\r\n")
    }

    /// The texts that the answer brings and that may stand nowhere else by chance.
    pub(super) fn texts(&self) -> Vec<String> {
        let mut texts: Vec<String> = self
            .headers
            .iter()
            .map(|(_, value)| value.clone())
            .collect();
        match serde_json::from_str::<Value>(&self.body) {
            Ok(value) => add_texts(&value, &mut texts),
            Err(_) => texts.push(self.body.trim().to_owned()),
        }
        texts.retain(|text| text.chars().count() >= SHORTEST && !is_word(text));
        texts
    }
}

fn add_texts(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| add_texts(item, texts)),
        Value::Object(fields) => fields.values().for_each(|field| add_texts(field, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A word of the dialect, such as `pending` or `TOKEN_IS_NOT_VALID`: ours may use the same.
fn is_word(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
}

/// What a refusal has to be read as.
///
/// The dispatch is the kind's usual one unless told otherwise.
#[derive(Clone, Debug)]
pub struct Expected {
    pub(super) kind: ErrorKind,
    pub(super) dispatch: Dispatch,
    pub(super) code: Option<String>,
    pub(super) wait: Option<Duration>,
    pub(super) http_status: Option<u16>,
    pub(super) challenge: Option<OtpChallenge>,
}

impl Expected {
    /// This kind, with its usual dispatch.
    pub fn new(kind: ErrorKind) -> Self {
        Self {
            kind,
            dispatch: kind.usual_dispatch(),
            code: None,
            wait: None,
            http_status: None,
            challenge: None,
        }
    }

    /// Another dispatch than such an error usually means.
    #[must_use]
    pub fn with_dispatch(mut self, dispatch: Dispatch) -> Self {
        self.dispatch = dispatch;
        self
    }

    /// The provider's code, verbatim.
    #[must_use]
    pub fn with_code(mut self, code: &str) -> Self {
        self.code = Some(code.to_owned());
        self
    }

    /// How long the provider says to wait.
    #[must_use]
    pub fn with_wait(mut self, wait: Duration) -> Self {
        self.wait = Some(wait);
        self
    }

    /// The HTTP status that the error names.
    #[must_use]
    pub fn with_http_status(mut self, status: u16) -> Self {
        self.http_status = Some(status);
        self
    }

    /// The challenge that the refusal renews. Without it the one that was given has to go
    /// on.
    #[must_use]
    pub fn with_challenge(mut self, challenge: OtpChallenge) -> Self {
        self.challenge = Some(challenge);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_of_a_sample_is_sent_and_is_one_of_its_texts() {
        let sample = Sample::json("{}").with_header("x-request-id", "canary-1234");
        let sent = String::from_utf8(sample.bytes()).expect("text");
        let (head, body) = sent.split_once("\r\n\r\n").expect("a head");
        assert!(head.lines().any(|line| line == "x-request-id: canary-1234"));
        assert_eq!(body, "{}");
        assert_eq!(sample.texts(), ["canary-1234"]);
    }

    #[test]
    fn the_texts_of_an_answer_are_what_it_brings_and_not_its_words() {
        let body = r#"{"status":"pending","code":"R-1","text":"Ay\u015fe Y\u0131lmaz","to":["+905557654321"]}"#;
        let sample = Sample::json(body).with_header("x-trace", "canary-1");
        let mut texts = sample.texts();
        texts.sort_unstable();
        assert_eq!(texts, ["+905557654321", "Ayşe Yılmaz", "canary-1"]);
        assert_eq!(
            Sample::new(200, "text/plain", "OK").texts(),
            Vec::<String>::new()
        );
    }
}
