//! `post` posts a form to a merchant and tells what was answered.

use std::net::IpAddr;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{Method, Request, Uri};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::response::CallbackResponse;

/// How long the merchant may take to answer a callback. Assumed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// The longest answer to a callback that is read, in bytes.
const LONGEST_ANSWER: usize = 64 * 1024;

/// Posts a callback to `http` on loopback or on a host that is allowed, and nowhere else.
pub(crate) async fn post(link: &str, form: String, hosts: &[String]) -> CallbackResponse {
    let answer = timeout(PATIENCE, exchange(link, form, hosts)).await;
    let answer = answer.unwrap_or_else(|_| {
        let patience = PATIENCE.as_secs();
        Err(format!("no answer came within {patience} seconds"))
    });
    answer.unwrap_or_else(CallbackResponse::none)
}

/// Posts a callback, or says in plain English why no answer came.
async fn exchange(link: &str, form: String, hosts: &[String]) -> Result<CallbackResponse, String> {
    let unreachable = || "callback_link is no address".to_owned();
    let uri: Uri = link.parse().map_err(|_| unreachable())?;
    let authority = uri.authority().ok_or_else(unreachable)?;
    if uri.scheme_str() != Some("http") || !is_allowed(authority.host(), hosts) {
        return Err(
            "nothing was posted: the sandbox posts callbacks to http:// on loopback, and to hosts \
             that it was started with (--callback-host)"
                .to_owned(),
        );
    }
    let host = authority.host().trim_matches(['[', ']']);
    let port = authority.port_u16().unwrap_or(80);
    let stream = TcpStream::connect((host, port))
        .await
        .map_err(|error| format!("cannot connect to {authority}: {error}"))?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| error.to_string())?;
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(HOST, authority.as_str())
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .map_err(|error| error.to_string())?;
    let exchange = async {
        let answer = sender.send_request(request).await;
        let (head, body) = answer.map_err(|error| error.to_string())?.into_parts();
        let body = to_bytes(Body::new(body), LONGEST_ANSWER).await;
        Ok((head.status, body.map_err(|error| error.to_string())?))
    };
    let mut exchange = std::pin::pin!(exchange);
    let broken = |error: String| format!("the answer did not come: {error}");
    let answered = tokio::select! {
        biased;
        answered = &mut exchange => answered,
        // It ends early where it closes after the answer, which is then there to be read.
        _ = connection => exchange.await,
    };
    let (status, body) = answered.map_err(broken)?;
    Ok(CallbackResponse::read(status.as_u16(), &body))
}

/// Whether callbacks go to this host.
pub(crate) fn is_allowed(host: &str, hosts: &[String]) -> bool {
    let ip = host.trim_matches(['[', ']']).parse::<IpAddr>();
    let is_loopback = host.eq_ignore_ascii_case("localhost") || ip.is_ok_and(|ip| ip.is_loopback());
    is_loopback || hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
}
