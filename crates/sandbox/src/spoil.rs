//! `spoil` applies a fault to a response that is ready to be sent.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use tokio::task::yield_now;
use tokio::time::sleep;
use tokio_stream::StreamExt;

use crate::connections::{ConnectionHandle, Cut};
use crate::fault::Fault;

/// The page of a firewall that blocks a request.
const PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Access Restricted</title></head>\n\
    <body><h1>Access Restricted</h1></body></html>\n";

/// Applies a fault; one that cuts the connection sends nothing.
pub(crate) async fn spoil(
    mut answer: Response,
    fault: &Fault,
    wire: &ConnectionHandle,
) -> Response {
    match fault {
        Fault::Delay(by) => {
            sleep(*by).await;
            answer
        }
        Fault::Status(_) => {
            *answer.status_mut() = fault.status().unwrap_or_default();
            without_body(answer)
        }
        Fault::AcceptThenCut => gone(wire, Cut::Closed).await,
        Fault::CutBeforeRead => gone(wire, Cut::Reset).await,
        Fault::Html(_) => {
            *answer.status_mut() = fault.status().unwrap_or_default();
            let html = HeaderValue::from_static("text/html; charset=utf-8");
            answer.headers_mut().insert(CONTENT_TYPE, html);
            answer.map(|_| Body::from(PAGE))
        }
        Fault::Empty => {
            *answer.status_mut() = StatusCode::OK;
            without_body(answer)
        }
        Fault::Truncate(bytes) => {
            let most = usize::try_from(*bytes).unwrap_or(usize::MAX);
            with_body(answer, |whole| truncated(&whole, most)).await
        }
        Fault::Drip(pause) => with_body(answer, |whole| dripping(whole, *pause)).await,
        Fault::Refuse(_) | Fault::UnknownCode | Fault::RotateToken | Fault::RenewSession => answer,
    }
}

/// Ends the connection. Nothing comes after it.
async fn gone(wire: &ConnectionHandle, cut: Cut) -> Response {
    wire.cut(cut);
    std::future::pending().await
}

fn without_body(mut answer: Response) -> Response {
    answer.headers_mut().remove(CONTENT_TYPE);
    answer.map(|_| Body::empty())
}

async fn with_body(answer: Response, spoilt: impl FnOnce(Bytes) -> Body) -> Response {
    let (mut head, body) = answer.into_parts();
    // What is in memory already is read without an error.
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    head.headers.insert(CONTENT_LENGTH, whole.len().into());
    Response::from_parts(head, spoilt(whole))
}

/// A body that breaks off, although its length was promised.
fn truncated(whole: &Bytes, most: usize) -> Body {
    let part = whole.slice(..most.min(whole.len().saturating_sub(1)));
    let parts = tokio_stream::iter([Some(part), None]);
    Body::from_stream(parts.then(|part| async move {
        if part.is_none() {
            // Pending bytes are written before a body is asked again.
            yield_now().await;
        }
        part.ok_or(io::Error::from(io::ErrorKind::BrokenPipe))
    }))
}

/// A body that comes byte by byte.
fn dripping(whole: Bytes, pause: Duration) -> Body {
    let bytes = tokio_stream::iter(whole);
    Body::from_stream(bytes.then(move |byte| async move {
        sleep(pause).await;
        Ok::<_, Infallible>(Bytes::from_owner([byte]))
    }))
}
