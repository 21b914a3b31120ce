//! An answer byte for byte, and what has to come of it.

use super::{Failed, body, head};
use crate::every_call::Call;

/// What has to come of it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Must {
    /// It is a yes by the documented rules, and here is which.
    BeYes(&'static str),
    /// Nobody can tell: never a yes, and never a certain no.
    BeUnclear,
}

/// What the server writes: something, then something again and again, then something.
pub(super) struct Answer {
    pub(super) first: Vec<u8>,
    pub(super) again: Vec<u8>,
    pub(super) times: u64,
    pub(super) last: Vec<u8>,
    pub(super) must: Must,
}

impl Answer {
    /// All at once.
    pub(super) fn whole(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            first: bytes.into(),
            again: Vec::new(),
            times: 0,
            last: Vec::new(),
            must: Must::BeUnclear,
        }
    }

    /// A good head, and this body.
    pub(super) fn body(body: impl Into<Vec<u8>>) -> Self {
        Self::typed("application/json; charset=utf-8", body)
    }

    /// A good head that says this of its body.
    pub(super) fn typed(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::headed(&format!("content-type: {content_type}"), body)
    }

    /// A good head with this header line, and a body as long as it says.
    pub(super) fn headed(header: &str, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        let length = body.len();
        let head = format!("HTTP/1.1 200 OK\r\n{header}\r\ncontent-length: {length}\r\n\r\n");
        Self::whole([head.into_bytes(), body].concat())
    }

    /// These bytes again, as often as this.
    pub(super) fn then(mut self, again: impl Into<Vec<u8>>, times: u64) -> Self {
        self.again = again.into();
        self.times = times;
        self
    }

    /// And these at the end.
    pub(super) fn last(mut self, last: impl Into<Vec<u8>>) -> Self {
        self.last = last.into();
        self
    }

    /// It is a yes.
    pub(super) fn yes(mut self, why: &'static str) -> Self {
        self.must = Must::BeYes(why);
        self
    }

    /// More than any bound.
    pub(super) fn is_endless(&self) -> bool {
        self.again.len() as u64 * self.times > super::MOST_WRITTEN
    }
}

/// How an answer to a call is made.
pub(super) type Make = fn(Call) -> Answer;

/// Every answer by its name.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    all().map(|(name, _)| *name)
}

/// The answer of this name to this call.
pub(super) fn of(name: &str, call: Call) -> Result<Answer, Failed> {
    let found = all().find(|(given, _)| *given == name);
    let (_, make) = found.ok_or("no such answer")?;
    Ok(make(call))
}

fn all() -> impl Iterator<Item = &'static (&'static str, Make)> {
    head::ANSWERS.iter().chain(body::ANSWERS)
}
