//! Pages from templates. Whatever is filled in is escaped, unless it is HTML of our own.

use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};

use crate::notice::Notice;
use crate::shop::Shop;

/// Nothing but what this shop serves itself.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// What comes in the place of a name.
pub(crate) enum Slot<'a> {
    /// Anything at all. It is escaped.
    Text(&'a str),
    /// HTML that [`fill`] made.
    Html(&'a str),
}

/// The template with each `{{name}}` replaced, in one pass: what is filled in is not read again.
pub(crate) fn fill(template: &str, slots: &[(&str, Slot<'_>)]) -> String {
    let mut parts = template.split("{{");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").unwrap_or((part, ""));
        match slots.iter().find(|(given, _)| *given == name) {
            Some((_, Slot::Text(text))) => filled += &escaped(text),
            Some((_, Slot::Html(html))) => filled += html,
            None => {}
        }
        filled += rest;
    }
    filled
}

/// A whole page.
pub(crate) fn page(shop: &Shop, title: &str, body: &str, notice: Option<Notice>) -> Response {
    let notice = notice.map(|notice| {
        // A screen reader interrupts itself for what went wrong.
        let (tone, role) = if notice.is_good() {
            ("good", "status")
        } else {
            ("bad", "alert")
        };
        let slots = [
            ("tone", Slot::Text(tone)),
            ("role", Slot::Text(role)),
            ("text", Slot::Text(&notice.text())),
        ];
        fill(include_str!("pages/notice.html"), &slots)
    });
    Html(fill(
        include_str!("pages/layout.html"),
        &[
            ("title", Slot::Text(title)),
            ("notice", Slot::Html(&notice.unwrap_or_default())),
            ("body", Slot::Html(body)),
            ("inbox", Slot::Text(&shop.inbox_address)),
        ],
    ))
    .into_response()
}

/// What a customer sees who asks again while a provider is still being asked.
pub(crate) fn busy(shop: &Shop) -> Response {
    let page = page(shop, "Bir saniye…", include_str!("pages/busy.html"), None);
    ([("refresh", "1")], page).into_response()
}

pub(crate) async fn style() -> impl IntoResponse {
    let css = include_str!("pages/shop.css");
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], css)
}

pub(crate) async fn countdown() -> impl IntoResponse {
    let script = include_str!("pages/countdown.js");
    (
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")],
        script,
    )
}

pub(crate) async fn with_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    // Pages are of one customer, and a page from the cache would count from an old time.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    // Not `no-referrer`: with that, browsers hide the `Origin` of this shop's own forms as well.
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    );
    response
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\'' => escaped += "&#39;",
            c => escaped.push(c),
        }
    }
    escaped
}
