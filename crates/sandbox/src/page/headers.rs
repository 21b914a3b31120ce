//! `HEADERS` are the headers of every page: it loads its own files and calls its own server alone.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};

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
