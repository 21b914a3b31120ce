//! Sends one request until a response comes or the request may have left, and reads the response.

use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use onay_core::{Error, ErrorKind, Reason};
use tokio::time::{Instant, timeout_at};

use crate::Response;
use crate::classify::{self, Failure, NOT_HTTP};
use crate::one_shot::BodyState;
use crate::response::Arrival;
use crate::settings::Settings;
use crate::trace::CallTrace;
use crate::transport::{Incoming, Outgoing, Transport};

const TOO_LONG: Reason = Reason::new(
    "response_too_long",
    "the response is too long",
    "yanıt çok uzun",
);

/// `prepare` makes the request anew for each try; all of them share the client's timeout.
pub(crate) async fn run(
    transport: &Transport,
    mut prepare: impl FnMut(BodyState) -> Outgoing,
    keys_in_headers: bool,
    trace: &mut CallTrace,
) -> Result<Response, Error> {
    let settings = transport.settings();
    let deadline = trace.started() + settings.timeout;
    let mut made = 0;
    loop {
        let state = trace.new_body();
        let sent = timeout_at(deadline, transport.send(prepare(state.clone()))).await;
        let error = match sent.unwrap_or_else(|late| Err(late.into())) {
            // A builder that was handed in can allow it; any bytes would be a success.
            Ok(incoming) if !incoming.is_http => {
                return Err(Error::new(ErrorKind::Unreadable).with_reason(NOT_HTTP));
            }
            Ok(incoming) => {
                trace.answered(incoming.status);
                return read_whole(incoming, settings, deadline, keys_in_headers).await;
            }
            Err(failure) => classify::sending(failure, &state),
        };
        match pause_before_retry(&error, made, settings, trace) {
            Some(pause) => tokio::time::sleep(pause).await,
            None => return Err(error),
        }
        made += 1;
    }
}

async fn read_whole(
    mut incoming: Incoming,
    settings: &Settings,
    deadline: Instant,
    keys_in_headers: bool,
) -> Result<Response, Error> {
    let arrival = Arrival {
        instant: Instant::now().into_std(),
        time: incoming.time.unwrap_or_else(SystemTime::now),
    };
    let status = incoming.status;
    let mut body = Bytes::new();
    loop {
        let chunk = timeout_at(deadline, incoming.body.chunk()).await;
        match chunk.unwrap_or_else(|late| Err(Failure::from(late))) {
            Ok(Some(chunk)) if body.len() + chunk.len() > settings.max_response_bytes => {
                return Err(Error::new(ErrorKind::Unreadable)
                    .with_http_status(status)
                    .with_reason(TOO_LONG));
            }
            Ok(Some(chunk)) => body = joined(body, chunk),
            Ok(None) => break,
            Err(failure) => return Err(classify::reading(failure).with_http_status(status)),
        }
    }
    let headers = incoming.headers;
    Ok(Response::new(
        status,
        headers,
        body,
        arrival,
        keys_in_headers,
    ))
}

fn pause_before_retry(
    error: &Error,
    made: u32,
    settings: &Settings,
    trace: &CallTrace,
) -> Option<Duration> {
    if error.kind() != ErrorKind::Unreachable {
        return None;
    }
    let pause = settings.retry?.pause_before(made)?;
    let in_time = trace.elapsed() + pause < settings.timeout;
    in_time.then_some(pause)
}

/// Copies nothing where the body comes in one piece, as it nearly always does.
fn joined(begun: Bytes, chunk: Bytes) -> Bytes {
    if begun.is_empty() {
        return chunk;
    }
    let mut whole = BytesMut::from(begun);
    whole.extend_from_slice(&chunk);
    whole.freeze()
}
