//! Forms are taken from this shop's own pages.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses what a page of another site posts.
///
/// The cookie's `SameSite=Lax` alone does not do: it keeps the cookie away, but the answer to a
/// request without one may set another, and other shops on the same domain are the same *site*.
pub(crate) async fn own_pages_only(request: Request, next: Next) -> Response {
    if request.method().is_safe() || is_own(request.headers()) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "Bu istek başka bir siteden geldi.").into_response()
}

/// Browsers say where a form came from. `Sec-Fetch-Site` goes to https and to this machine alone, so
/// `Origin` stands in for it elsewhere; a proxy in front has to hand on the customer's `Host`.
/// Whoever sends neither is no browser of today.
fn is_own(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get(SEC_FETCH_SITE) {
        return site == "same-origin";
    }
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let from = text(header::ORIGIN).and_then(|origin| origin.split_once("://"));
    from.is_some_and(|(_, from)| text(header::HOST) == Some(from))
}
