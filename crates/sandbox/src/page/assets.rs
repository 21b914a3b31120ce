//! `Asset` is a file of the pages: kept by browsers, and asked for anew whenever it changes.

use axum::Router;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};

use crate::tenant::hex_start;

/// The pages use their own files and talk to their own server, and nothing else.
pub(crate) const HEADERS: [(HeaderName, HeaderValue); 3] = [
    (
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
             img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        ),
    ),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // Without a referrer to itself, a browser would not say that a form comes from here.
    (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
];

/// A page is as it is now, and another one a moment later.
pub(crate) const NOT_KEPT: (HeaderName, HeaderValue) =
    (CACHE_CONTROL, HeaderValue::from_static("no-store"));

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// A file that is part of this crate.
#[derive(Clone, Copy, Debug)]
struct Asset {
    path: &'static str,
    content_type: &'static str,
    content: &'static str,
}

macro_rules! asset {
    ($name:literal, $content_type:expr) => {
        Asset {
            path: concat!("/assets/", $name),
            content_type: $content_type,
            content: include_str!(concat!("assets/", $name)),
        }
    };
}

static ASSETS: [Asset; 12] = [
    asset!("inbox.css", "text/css; charset=utf-8"),
    asset!("icon.svg", "image/svg+xml"),
    asset!("inbox.js", SCRIPT),
    asset!("api.js", SCRIPT),
    asset!("clock.js", SCRIPT),
    asset!("copy.js", SCRIPT),
    asset!("faults.js", SCRIPT),
    asset!("keys.js", SCRIPT),
    asset!("list.js", SCRIPT),
    asset!("live.js", SCRIPT),
    asset!("rules.js", SCRIPT),
    asset!("words.js", SCRIPT),
];

/// Every file under its path.
pub(super) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    ASSETS.iter().fold(Router::new(), |router, asset| {
        router.route(
            asset.path,
            get(move |headers: HeaderMap| async move { asset.serve(&headers) }),
        )
    })
}

impl Asset {
    /// The file, or word that the browser still has it.
    fn serve(&self, headers: &HeaderMap) -> Response {
        let tag = self.tag();
        let known = headers.get_all(IF_NONE_MATCH).iter();
        let known = known.filter_map(|tags| tags.to_str().ok());
        let is_known = known
            .flat_map(|tags| tags.split(','))
            .any(|known| known.trim().trim_start_matches("W/") == tag);
        // A newer sandbox has other files at the same address, so a browser asks each time.
        let kept = [
            (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
            (CONTENT_TYPE, HeaderValue::from_static(self.content_type)),
        ];
        let mut response = if is_known {
            (StatusCode::NOT_MODIFIED, HEADERS, kept).into_response()
        } else {
            (HEADERS, kept, self.content).into_response()
        };
        if let Ok(tag) = HeaderValue::try_from(tag) {
            response.headers_mut().insert(ETAG, tag);
        }
        response
    }

    fn tag(&self) -> String {
        format!("\"{}\"", hex_start(&Sha256::digest(self.content), 8))
    }
}
