//! The provider: a thread of its own on loopback that answers the exact request, and nothing else.

use std::convert::Infallible;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use super::Failure;
use super::wire::{OPERATIONS, Operation};

/// Starts one that accepts or refuses every well-made request until the process ends; returns its address.
pub(crate) fn start(accepts: bool) -> Result<String, Failure> {
    let runtime = super::runtime()?;
    let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0)))?;
    let address = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        super::pin(1);
        runtime.block_on(serve(listener, accepts))
    });
    Ok(address)
}

async fn serve(listener: TcpListener, accepts: bool) -> std::io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let service = service_fn(move |request| async move {
            Ok::<_, Infallible>(respond(request, accepts).await)
        });
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

async fn respond(request: Request<Incoming>, accepts: bool) -> Response<Full<Bytes>> {
    let asked = OPERATIONS
        .iter()
        .find(|operation| is_head(&request, operation));
    let sent = request.into_body().collect().await;
    // No client takes the 500 for one of the provider's two answers.
    let (status, body) = match (asked, sent.map(http_body_util::Collected::to_bytes)) {
        (Some(operation), Ok(body)) if is_body(&body, operation) => operation.response(accepts),
        _ => (500, "this is not the call that is measured"),
    };
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = status.try_into().unwrap_or_default();
    let json = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

/// Some languages put blanks into JSON.
fn is_body(sent: &[u8], operation: &Operation) -> bool {
    let sent = sent.iter().filter(|byte| **byte != b' ');
    sent.eq(operation.body.as_bytes())
}

/// By hand the JSON has no charset; all else is the same from every client.
fn is_head(request: &Request<Incoming>, operation: &Operation) -> bool {
    request.method() == Method::POST
        && request.uri().path() == operation.path
        && operation.headers.iter().all(|(name, value)| {
            let sent = request.headers().get(*name).map(HeaderValue::as_bytes);
            sent == Some(value.as_bytes()) || sent == value.split(';').next().map(str::as_bytes)
        })
}
