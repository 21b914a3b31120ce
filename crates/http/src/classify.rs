//! What a failure of the connection means: did the request leave or not?

use onay_core::{Dispatch, Error, ErrorKind, Reason};
use tokio::time::error::Elapsed;

use crate::cause::{Source, chain};
use crate::one_shot::BodyState;
use crate::tls;

const LATE_BODY: Reason = Reason::new(
    "late_response_body",
    "time ran out while the response was read",
    "yanıt okunurken süre doldu",
);
const BROKE_IN_BODY: Reason = Reason::new(
    "broke_in_response",
    "the connection broke while the response was read",
    "yanıt okunurken bağlantı koptu",
);
const UNKNOWN_HOST: Reason = Reason::new(
    "unknown_host",
    "the host name is unknown",
    "sunucu adı bulunamadı",
);
const NO_CONNECTION_IN_TIME: Reason = Reason::new(
    "no_connection_in_time",
    "no connection in time",
    "süre dolmadan bağlantı kurulamadı",
);
const UNREACHABLE: Reason = Reason::new(
    "server_unreachable",
    "the server cannot be reached",
    "sunucuya ulaşılamıyor",
);
const NO_RESPONSE_IN_TIME: Reason = Reason::new(
    "no_response_in_time",
    "no response in time",
    "süre dolmadan yanıt gelmedi",
);
const BROKE: Reason = Reason::new(
    "broke_before_response",
    "the connection broke before a response came",
    "yanıt gelmeden bağlantı koptu",
);
pub(crate) const NOT_HTTP: Reason =
    Reason::new("not_http", "the response is not HTTP", "yanıt HTTP değil");

/// A failure of the HTTP library, or of the function in its place.
pub(crate) struct Failure {
    cause: Cause,
    source: Option<Source>,
}

/// What it is known to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cause {
    /// The client refused the request itself.
    Builder,
    Dns,
    Tls(Reason),
    NotHttp,
    Timeout,
    Other,
}

/// A failure before the head of a response was there.
///
/// Only the body knows whether the request may have left, and from here on it stays so. The HTTP
/// library's own words do not tell: "connection reset" and "incomplete message" come both before and
/// after a message went out.
pub(crate) fn sending(failure: Failure, body: &BodyState) -> Error {
    let kind = match body.settle() {
        Dispatch::NotSent if failure.cause == Cause::Builder => ErrorKind::Config,
        Dispatch::NotSent => ErrorKind::Unreachable,
        _ if failure.cause == Cause::NotHttp => ErrorKind::Unreadable,
        _ => ErrorKind::Interrupted,
    };
    let reason = match (kind, failure.cause) {
        (ErrorKind::Unreachable, Cause::Dns) => Some(UNKNOWN_HOST),
        (ErrorKind::Unreachable, Cause::Tls(reason)) => Some(reason),
        (ErrorKind::Unreachable, Cause::Timeout) => Some(NO_CONNECTION_IN_TIME),
        (ErrorKind::Unreachable, _) => Some(UNREACHABLE),
        (ErrorKind::Unreadable, _) => Some(NOT_HTTP),
        (ErrorKind::Interrupted, Cause::Timeout) => Some(NO_RESPONSE_IN_TIME),
        (ErrorKind::Interrupted, _) => Some(BROKE),
        _ => None,
    };
    let error = failure.explain(Error::new(kind));
    match reason {
        Some(reason) => error.with_reason(reason),
        None => error,
    }
}

/// A failure after the head was there: the provider answered, but not to the end.
pub(crate) fn reading(failure: Failure) -> Error {
    let reason = match failure.cause {
        Cause::Timeout => LATE_BODY,
        _ => BROKE_IN_BODY,
    };
    let error = Error::new(ErrorKind::Interrupted).with_reason(reason);
    failure.explain(error)
}

impl Failure {
    /// A failure without a source.
    #[cfg(any(feature = "simulation", test))]
    pub(crate) fn of(cause: Cause) -> Self {
        let source = None;
        Self { cause, source }
    }

    fn explain(self, error: Error) -> Error {
        match self.source {
            Some(source) => error.with_source(source),
            None => error,
        }
    }
}

impl From<Elapsed> for Failure {
    fn from(late: Elapsed) -> Self {
        Self {
            cause: Cause::Timeout,
            source: Some(Source::of(&late)),
        }
    }
}

impl From<reqwest::Error> for Failure {
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let cause = if error.is_builder() {
            Cause::Builder
        } else if error.is_dns() {
            Cause::Dns
        } else if let Some(reason) = tls::reason(&error) {
            Cause::Tls(reason)
        } else if error.is_timeout() {
            Cause::Timeout
        } else if chain(&error)
            .any(|error| error.downcast_ref().is_some_and(hyper::Error::is_parse))
        {
            Cause::NotHttp
        } else {
            Cause::Other
        };
        Self {
            cause,
            source: Some(Source::of(&error)),
        }
    }
}
