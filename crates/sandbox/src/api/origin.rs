//! `require_own_origin` and `refuse_web_pages` refuse web pages from elsewhere, which a browser on this
//! machine would let in.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::body::HttpBody;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::ApiError;
use crate::pipeline;
use crate::provider::Provider;
use crate::shared::Shared;

const SITE: &str = "sec-fetch-site";

/// Lets a request through that names the sandbox by an address of its own and does not come from
/// another site; one that may change something, only from the sandbox's own pages or from no browser.
pub(crate) async fn require_own_origin(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let own = Own::of(&shared);
    let headers = request.headers();
    // A name that leads here can lead elsewhere first: its owner could read every answer.
    let named = request.uri().authority().map(|named| own.is(named));
    if named == Some(false) || !each(headers, HOST.as_str(), |host| own.is_text(host)) {
        return ApiError::forbidden(
            "the Host is neither loopback nor the address that the sandbox listens on, nor a name \
             that it was started with (--allow-host)",
        )
        .into_response();
    }
    let same_site = each(headers, ORIGIN.as_str(), |origin| {
        let host = origin.split_once("://").map(|(_, host)| host);
        host.is_some_and(|host| own.is_text(host))
    });
    let is_foreign = !same_site || !each(headers, SITE, |site| site != "cross-site");
    if is_foreign && !is_opened(&request) {
        return ApiError::forbidden("the request comes from a web page of another site")
            .into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        // A server on another port of this machine is another site too: of its web pages,
        // a browser lets none read an answer, but lets each of them send.
        if is_from_elsewhere(&request, own) {
            return ApiError::forbidden("only the sandbox's own pages change anything")
                .into_response();
        }
        if !has_body_that_is_taken(&request) {
            let message = "a body needs the content type application/json";
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return ApiError::new(status, "unsupported_media_type", message).into_response();
        }
    }
    next.run(request).await
}

/// Lets a call to a fake through under any name, unless a browser sends it for a web page that is not
/// the sandbox's own: providers are called by servers.
pub(crate) async fn refuse_web_pages(
    State((shared, provider)): State<(Arc<Shared>, Provider)>,
    request: Request,
    next: Next,
) -> Response {
    let own = Own::of(&shared);
    // The owner of a name that leads here has pages of the same origin as the fakes under that name.
    let is_own = authority(&request).is_some_and(|named| own.is(&named));
    if !is_from_elsewhere(&request, own) && (is_own || !is_browser(request.headers())) {
        return next.run(request).await;
    }
    let answer = ApiError::forbidden("a web page from elsewhere calls the fake of a provider");
    let answer = answer.into_response();
    pipeline::turn_away(&shared, provider, answer.status());
    answer
}

/// Whether a link to one of the pages was followed: the page is shown, and the site with the link reads
/// nothing of it.
fn is_opened(request: &Request) -> bool {
    let headers = request.headers();
    let is = |name, value| headers.get(name).is_some_and(|it| it == value);
    request.method() == Method::GET
        && !request.uri().path().starts_with("/api/")
        && !headers.contains_key(ORIGIN)
        && is("sec-fetch-mode", "navigate")
        && is("sec-fetch-dest", "document")
}

/// Whether a browser says that a page with another origin than the request's own sends it. Under a
/// name that was allowed something that speaks TLS may stand before the sandbox.
fn is_from_elsewhere(request: &Request, own: Own<'_>) -> bool {
    let headers = request.headers();
    let called = authority(request);
    let is_own = |origin: &str| {
        let (scheme, named) = origin.split_once("://").unwrap_or_default();
        match (named.parse::<Authority>(), &called) {
            (Ok(named), Some(called)) if scheme == "http" => is_same(&named, called),
            (Ok(named), Some(called)) if scheme == "https" => {
                own.is_allowed(&named) && named.as_str().eq_ignore_ascii_case(called.as_str())
            }
            _ => false,
        }
    };
    !each(headers, ORIGIN.as_str(), is_own)
        || !each(headers, SITE, |site| matches!(site, "same-origin" | "none"))
}

/// What the request calls the sandbox.
fn authority(request: &Request) -> Option<Authority> {
    let host = || request.headers().get(HOST)?.to_str().ok()?.parse().ok();
    request.uri().authority().cloned().or_else(host)
}

/// Whether a browser sends it: no other client names origin or site.
fn is_browser(headers: &HeaderMap) -> bool {
    headers.contains_key(ORIGIN) || headers.contains_key(SITE)
}

fn is_same(one: &Authority, other: &Authority) -> bool {
    let port = |authority: &Authority| authority.port_u16().unwrap_or(80);
    one.host().eq_ignore_ascii_case(other.host())
        && port(one) == port(other)
        && !one.as_str().contains('@')
}

/// Whether the body has a type that no form has; the forms of the pages have one of their own. A tool
/// may leave the type out: a browser says where a body without a type comes from.
fn has_body_that_is_taken(request: &Request) -> bool {
    let headers = request.headers();
    let is_typed = |wanted: &str| {
        each(headers, CONTENT_TYPE.as_str(), |it| {
            let essence = it.split(';').next().unwrap_or_default();
            essence.trim().eq_ignore_ascii_case(wanted)
        })
    };
    let has_type = headers.contains_key(CONTENT_TYPE);
    let of_page = !request.uri().path().starts_with("/api/");
    request.body().is_end_stream()
        || ((has_type || !is_browser(headers)) && is_typed("application/json"))
        || (of_page && is_typed("application/x-www-form-urlencoded"))
}

/// Whether every value of a header is good. One that is absent is.
fn each(headers: &HeaderMap, name: &str, good: impl Fn(&str) -> bool) -> bool {
    let good = |value: &HeaderValue| value.to_str().is_ok_and(&good);
    headers.get_all(name).iter().all(good)
}

/// What the sandbox is called.
#[derive(Clone, Copy, Debug)]
struct Own<'shared> {
    listening: SocketAddr,
    names: &'shared [String],
}

impl<'shared> Own<'shared> {
    fn of(shared: &'shared Shared) -> Self {
        Self {
            listening: shared.address(),
            names: shared.hosts(),
        }
    }

    fn is_text(self, authority: &str) -> bool {
        let authority = authority.parse::<Authority>();
        authority.is_ok_and(|authority| self.is(&authority))
    }

    /// Whether it is a name that the sandbox was started with.
    fn is_allowed(self, authority: &Authority) -> bool {
        let is_name = |name: &String| authority.host().eq_ignore_ascii_case(name);
        self.names.iter().any(is_name) && !authority.as_str().contains('@')
    }

    fn is(self, authority: &Authority) -> bool {
        let host = authority.host();
        if self.is_allowed(authority) {
            return true;
        }
        if host.eq_ignore_ascii_case("localhost") {
            return !authority.as_str().contains('@');
        }
        let Ok(ip) = host.trim_matches(['[', ']']).parse::<IpAddr>() else {
            return false;
        };
        let (ip, own) = (ip.to_canonical(), self.listening.ip().to_canonical());
        let port = authority.port_u16().unwrap_or(80);
        // Who listens on all addresses is reached at any, and an address cannot lead elsewhere.
        ip.is_loopback() || own.is_unspecified() || (ip == own && port == self.listening.port())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(host: &str, listening: &str) -> bool {
        let own = Own {
            listening: listening.parse().expect("an address"),
            names: &["onay-sandbox".to_owned()],
        };
        own.is_text(host)
    }

    #[test]
    fn loopback_is_own_with_any_port() {
        for host in [
            "localhost",
            "LocalHost:3000",
            "127.0.0.1",
            "127.1.2.3:80",
            "[::1]",
            "[::1]:8027",
        ] {
            assert!(own(host, "192.0.2.1:8027"), "{host}");
        }
    }

    #[test]
    fn the_listen_address_is_own_with_its_port() {
        assert!(own("192.0.2.1:8027", "192.0.2.1:8027"));
        assert!(own("192.0.2.1", "192.0.2.1:80"));
        assert!(own("[2001:db8::1]:8027", "[2001:db8::1]:8027"));
        for host in ["192.0.2.1", "192.0.2.1:8028", "192.0.2.2:8027"] {
            assert!(!own(host, "192.0.2.1:8027"), "{host}");
        }
        for listening in ["0.0.0.0:8027", "[::]:8027"] {
            assert!(own("192.0.2.1:9000", listening));
            assert!(!own("rebound.example:8027", listening));
        }
    }

    #[test]
    fn a_name_that_was_allowed_is_own_with_any_port() {
        for host in ["onay-sandbox", "Onay-Sandbox:8027"] {
            assert!(own(host, "0.0.0.0:8027"), "{host}");
        }
    }

    #[test]
    fn a_name_is_foreign() {
        for host in [
            "",
            "onay-sandbox.rebound.example",
            "onay-sandbox@rebound.example",
            "rebound.example@onay-sandbox",
            "rebound.example",
            "localhost.rebound.example",
            "127.0.0.1.rebound.example",
            "localhost@rebound.example",
            "<script>",
        ] {
            assert!(!own(host, "127.0.0.1:8027"), "{host}");
        }
    }
}
