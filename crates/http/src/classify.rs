//! What a failure of the connection means: did the request leave or not?

use std::error::Error as StdError;

use onay_core::{Delivery, Error, ErrorKind};

use crate::one_shot::BodyState;

/// A failure before the head of an answer was there.
///
/// Only the body knows whether the request may have left, and from here on it stays so. The HTTP library's own words do not tell:
/// "connection reset" and "incomplete message" come both before and after a message went out.
pub(crate) fn sending(error: reqwest::Error, body: &BodyState) -> Error {
    let kind = match body.settle() {
        Delivery::NotSent if error.is_builder() => ErrorKind::Config,
        Delivery::NotSent => ErrorKind::Unreachable,
        _ if is_garbage(&error) => ErrorKind::Unreadable,
        _ => ErrorKind::Interrupted,
    };
    let reason = reason(kind, &error);
    let error = Error::new(kind).with_source(error.without_url());
    match reason {
        Some(reason) => error.with_reason(reason),
        None => error,
    }
}

/// A failure after the head was there: the provider answered, but not to the end.
pub(crate) fn reading(error: reqwest::Error) -> Error {
    let reason = if error.is_timeout() {
        "time ran out while the answer was read"
    } else {
        "the connection broke while the answer was read"
    };
    Error::new(ErrorKind::Interrupted)
        .with_reason(reason)
        .with_source(error.without_url())
}

fn reason(kind: ErrorKind, error: &reqwest::Error) -> Option<&'static str> {
    let reason = match kind {
        ErrorKind::Unreachable if error.is_dns() => "the host name is unknown",
        ErrorKind::Unreachable if error.is_timeout() => "no connection in time",
        ErrorKind::Unreachable => "the server cannot be reached",
        ErrorKind::Unreadable => "the answer is not HTTP",
        ErrorKind::Interrupted if error.is_timeout() => "no answer in time",
        ErrorKind::Interrupted => "the connection broke before an answer came",
        _ => return None,
    };
    Some(reason)
}

fn is_garbage(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(error) = cause {
        if error.downcast_ref().is_some_and(hyper::Error::is_parse) {
            return true;
        }
        cause = error.source();
    }
    false
}
