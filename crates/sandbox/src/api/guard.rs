//! Who may ask the test API and read the page: not a web page from elsewhere, which a browser on
//! this machine would let in.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::ApiError;
use crate::state::Shared;

/// Lets a request through that names the sandbox by an address of its own and does not come from
/// another site.
pub(crate) async fn only_from_here(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let own = Own {
        listening: shared.address(),
        names: shared.hosts(),
    };
    let headers = request.headers();
    // A name that leads here can lead elsewhere first: whoever owns it could read every answer.
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
    if !same_site || !each(headers, "sec-fetch-site", |site| site != "cross-site") {
        return ApiError::forbidden("the request comes from a web page of another site")
            .into_response();
    }
    next.run(request).await
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

impl Own<'_> {
    fn is_text(self, authority: &str) -> bool {
        let authority = authority.parse::<Authority>();
        authority.is_ok_and(|authority| self.is(&authority))
    }

    fn is(self, authority: &Authority) -> bool {
        let host = authority.host();
        let mut names = self.names.iter().map(String::as_str).chain(["localhost"]);
        if names.any(|name| host.eq_ignore_ascii_case(name)) {
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
