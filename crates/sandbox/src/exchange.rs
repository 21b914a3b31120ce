//! `dated` dates an answer with the virtual time.

use axum::http::HeaderValue;
use axum::http::header::DATE;
use axum::response::Response;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

/// Dates an answer with the virtual time, which clients judge the times in it against.
pub(crate) fn dated(mut response: Response, now: Timestamp) -> Response {
    if let Some(date) = http_date(now) {
        response.headers_mut().insert(DATE, date);
    }
    response
}

fn http_date(time: Timestamp) -> Option<HeaderValue> {
    let date = DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&time)
        .ok()?;
    HeaderValue::try_from(date).ok()
}
