//! Sends one request until a response comes or the request may have left, and reads the response.

use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use onay_core::{Error, ErrorKind, Reason};
use tokio::time::{Instant, timeout_at};

use crate::Response;
use crate::classify::{self, NOT_HTTP};
use crate::one_shot::BodyState;
use crate::response::Arrival;
use crate::settings::Settings;
use crate::trace::CallTrace;
use crate::transport::{Chunks, Outgoing, Transport};

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
    trace: &mut CallTrace<'_>,
) -> Result<Response, Error> {
    let settings = transport.settings();
    let mut made = 0;
    let mut incoming = loop {
        let state = trace.new_body();
        let sent = timeout_at(
            trace.started() + settings.timeout,
            transport.send(prepare(state.clone())),
        )
        .await;
        let error = match sent.unwrap_or_else(|late| Err(late.into())) {
            Ok(incoming) => break incoming,
            Err(failure) => classify::sending(failure, &state),
        };
        match pause_before_retry(&error, made, settings, trace) {
            Some(pause) => tokio::time::sleep(pause).await,
            None => return Err(error),
        }
        made += 1;
    };
    if !incoming.is_http {
        // A builder that was handed in can allow it; any bytes would be a success.
        return Err(Error::new(ErrorKind::Unreadable).with_reason(NOT_HTTP));
    }
    trace.answered(incoming.status);
    let arrival = Arrival {
        instant: Instant::now().into_std(),
        time: incoming.body.time().unwrap_or_else(SystemTime::now),
    };
    let body = whole(&mut incoming.body, settings.max_response_bytes);
    let body = timeout_at(trace.started() + settings.timeout, body).await;
    let body = body.unwrap_or_else(|late| Err(classify::reading(late.into())));
    Ok(Response::new(
        incoming.status,
        incoming.headers,
        body.map_err(|error| error.with_http_status(incoming.status))?,
        arrival,
        keys_in_headers,
    ))
}

async fn whole(chunks: &mut Chunks, max_bytes: usize) -> Result<Bytes, Error> {
    let mut body = Bytes::new();
    while let Some(chunk) = chunks.chunk().await.map_err(classify::reading)? {
        if body.len() + chunk.len() > max_bytes {
            return Err(Error::new(ErrorKind::Unreadable).with_reason(TOO_LONG));
        }
        body = joined(body, chunk);
    }
    Ok(body)
}

fn pause_before_retry(
    error: &Error,
    made: u32,
    settings: &Settings,
    trace: &CallTrace<'_>,
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
