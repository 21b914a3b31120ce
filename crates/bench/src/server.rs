//! The server that all clients call: a process of its own that answers a well-made call with the documented success.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

use crate::calls::{Call, Failure};

/// Where it is asked how many calls it has answered.
pub(crate) const SERVED: &str = "/served";

/// Prints its address and answers until it is ended.
#[expect(clippy::print_stdout, reason = "whoever started it reads the address")]
pub(crate) async fn serve() -> Result<(), Failure> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("http://{}", listener.local_addr()?);
    let served = Arc::new(AtomicUsize::new(0));
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(converse(stream, Arc::clone(&served)));
    }
}

async fn converse(stream: TcpStream, served: Arc<AtomicUsize>) {
    let service = service_fn(|request| {
        let served = Arc::clone(&served);
        async move { Ok::<_, Infallible>(answer(request, &served).await) }
    });
    // A client that goes away is no fault of the server's.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn answer(request: Request<Incoming>, served: &AtomicUsize) -> Response<Full<Bytes>> {
    if request.uri().path() == SERVED {
        let count = served.load(Ordering::Relaxed).to_string();
        return Response::new(Full::from(count));
    }
    let call = Call::ALL.into_iter().find(|call| {
        let wanted = |(name, value): &(&str, &str)| {
            let said = request.headers().get(*name);
            said.is_some_and(|said| said.as_bytes() == value.as_bytes())
        };
        request.method() == Method::POST
            && request.uri().path() == call.path()
            && call.headers().iter().all(wanted)
    });
    let Ok(body) = request.into_body().collect().await else {
        return refusal("the body was cut");
    };
    match call {
        Some(call) if call.is_said_by(&body.to_bytes()) => {
            served.fetch_add(1, Ordering::Relaxed);
            let mut response = Response::new(Full::from(call.answer()));
            let json = HeaderValue::from_static("application/json; charset=utf-8");
            response.headers_mut().insert(CONTENT_TYPE, json);
            response
        }
        Some(_) => refusal("the body is not what this call says"),
        None => refusal("no such call, or a header is missing"),
    }
}

fn refusal(why: &'static str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(why));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response
}
