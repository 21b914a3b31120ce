//! `spoil` changes a response that was ready as a fault demands.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use hyper::body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

use crate::cut::{ConnectionHandle, Cut};
use crate::fault::Fault;

/// The page of a firewall that blocks a request.
const PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Access Restricted</title></head>\n\
    <body><h1>Access Restricted</h1></body></html>\n";

/// Lets a fault at an answer, which may never leave.
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
        Fault::Status(code) => {
            *answer.status_mut() = StatusCode::from_u16(*code).unwrap_or_default();
            without_body(answer)
        }
        Fault::AcceptThenCut => gone(wire, Cut::Closed).await,
        Fault::CutBeforeRead => gone(wire, Cut::Reset).await,
        Fault::Html => {
            *answer.status_mut() = StatusCode::OK;
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
            with_body(answer, |whole| Body::new(Truncated::new(whole, most))).await
        }
        Fault::Drip(pause) => {
            let pause = *pause;
            with_body(answer, move |whole| Body::new(Dripping::new(whole, pause))).await
        }
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
#[derive(Debug)]
struct Truncated {
    length: u64,
    part: Option<Bytes>,
    written: bool,
}

impl Truncated {
    fn new(mut whole: Bytes, most: usize) -> Self {
        let length = whole.len();
        whole.truncate(most.min(length.saturating_sub(1)));
        Self {
            length: length as u64,
            part: Some(whole).filter(|part| !part.is_empty()),
            written: false,
        }
    }
}

impl HttpBody for Truncated {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(part) = self.part.take() {
            return Poll::Ready(Some(Ok(Frame::data(part))));
        }
        if self.written {
            return Poll::Ready(Some(Err(io::ErrorKind::BrokenPipe.into())));
        }
        // Pending bytes are written before a body is asked again.
        self.written = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}

/// A body that comes byte by byte.
#[derive(Debug)]
struct Dripping {
    rest: Bytes,
    pause: Duration,
    next: Pin<Box<Sleep>>,
}

impl Dripping {
    fn new(rest: Bytes, pause: Duration) -> Self {
        Self {
            rest,
            pause,
            next: Box::pin(sleep(pause)),
        }
    }
}

impl HttpBody for Dripping {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        ready!(self.next.as_mut().poll(context));
        let pause = self.pause;
        self.next.as_mut().reset(Instant::now() + pause);
        let byte = self.rest.split_to(1);
        Poll::Ready(Some(Ok(Frame::data(byte))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}
