//! `Response` has the shapes of Paynet's responses, in JSON and in XML.

use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::code;
use crate::fake::{self, BodyProblem, Decision};
use crate::istanbul;

/// An answer, before it is known in which format it goes out, and the doctor's word on it.
#[derive(Clone, Debug)]
pub(super) struct Response {
    status: StatusCode,
    fields: Fields,
    doctor: Option<String>,
}

impl Response {
    /// An answer with HTTP 200.
    pub(super) fn plain(code: u16) -> Self {
        Self::of(
            StatusCode::OK,
            vec![
                ("code", code.into()),
                ("message", code::message(code).into()),
            ],
        )
    }

    /// An answer with HTTP 200 that says when the OTP runs out.
    pub(super) fn with_expiry(code: u16, expires_at: Timestamp) -> Self {
        let mut answer = Self::plain(code);
        let expiry = ("otp_expire", istanbul_time(expires_at).into());
        answer.fields.0.insert(0, expiry);
        answer
    }

    /// The key is refused.
    pub(super) fn unauthorized(doctor: &str) -> Self {
        Self::error(StatusCode::UNAUTHORIZED).with_doctor(doctor)
    }

    /// A field is refused.
    pub(super) fn invalid(doctor: impl Into<String>) -> Self {
        Self::error(StatusCode::BAD_REQUEST).with_doctor(doctor)
    }

    /// A refusal with another status, where `code` is that status.
    pub(super) fn error(status: StatusCode) -> Self {
        let (kind, code) = match status {
            StatusCode::UNAUTHORIZED => ("authorization_error", code::UNAUTHORIZED),
            _ => ("invalid_request_error", code::BAD_REQUEST),
        };
        Self::of(
            status,
            vec![
                ("type", kind.into()),
                ("message", code::message(code).into()),
                ("code", status.as_u16().into()),
                ("result_code", code.into()),
            ],
        )
    }

    /// The refusal with a code that a fault asks for, in the form in which the fake refuses with it.
    pub(super) fn refusal(code: &str) -> Self {
        // "00" is text: as a number it would be 0, which means success.
        let number = code.parse::<u32>().ok();
        let number = number.filter(|number| number.to_string() == code);
        match number.map(u16::try_from) {
            Some(Ok(code::UNAUTHORIZED)) => Self::error(StatusCode::UNAUTHORIZED),
            Some(Ok(code::BAD_REQUEST)) => Self::error(StatusCode::BAD_REQUEST),
            Some(Ok(number)) => Self::plain(number),
            _ => {
                let code = number.map_or_else(|| code.into(), Value::from);
                Self::of(
                    StatusCode::OK,
                    vec![("code", code), ("message", code::NO_NAME.into())],
                )
            }
        }
    }

    /// What was wrong and how to mend it. It is never part of Paynet's answer.
    pub(super) fn with_doctor(mut self, word: impl Into<String>) -> Self {
        self.doctor = Some(word.into());
        self
    }

    /// The response on the wire, in a format, and what the journal shows of it.
    pub(super) fn decision(self, format: Format) -> Decision {
        let code = self.fields.0.iter().find(|(name, _)| *name == "code");
        let is_success = code.is_some_and(|(_, code)| *code == code::SUCCESSFUL);
        let text = match format {
            // Never fails: the fields are texts and numbers.
            Format::Json => serde_json::to_string(&self.fields).unwrap_or_default(),
            Format::Xml => self.fields.xml(),
        };
        let word = match format {
            Format::Xml => Some(XML_ANSWER.to_owned()),
            Format::Json => None,
        };
        let response = fake::Response::text(self.status.as_u16(), format.content_type(), text);
        let shown = self.fields.0.into_iter();
        let shown = shown
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        Decision::of(is_success, response, shown, self.doctor.or(word))
    }

    fn of(status: StatusCode, fields: Vec<(&'static str, Value)>) -> Self {
        Self {
            status,
            fields: Fields(fields),
            doctor: None,
        }
    }
}

impl From<BodyProblem> for Response {
    fn from(problem: BodyProblem) -> Self {
        Self::invalid(problem.to_string())
    }
}

/// The doctor's word on an answer in XML.
const XML_ANSWER: &str =
    "the Accept header is missing or does not allow JSON, so the answer is XML";

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Xml,
}

impl Format {
    /// JSON if the `Accept` header is there and allows it.
    pub(super) fn wanted(headers: &HeaderMap) -> Self {
        let allows_json = headers
            .get_all(ACCEPT)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(is_json_range);
        if allows_json { Self::Json } else { Self::Xml }
    }

    fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::Xml => "application/xml; charset=utf-8",
        }
    }
}

/// The fields of an answer, in the order in which they are written.
#[derive(Clone, Debug)]
struct Fields(Vec<(&'static str, Value)>);

impl Fields {
    fn xml(&self) -> String {
        let elements: String = self.0.iter().flat_map(element).collect();
        format!(r#"<?xml version="1.0" encoding="utf-8"?><response>{elements}</response>"#)
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

fn is_json_range(range: &str) -> bool {
    let mut parts = range.split(';').map(str::trim);
    let media_type = parts.next().unwrap_or_default().to_ascii_lowercase();
    let refused = parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
    !refused
        && matches!(
            media_type.as_str(),
            "application/json" | "application/*" | "*/*"
        )
}

/// As in the documented sample: `2017-07-17T15:30:15.0581408+03:00`.
fn istanbul_time(time: Timestamp) -> String {
    istanbul::format(time, "%Y-%m-%dT%H:%M:%S%.7f%:z")
}

fn element((name, value): &(&'static str, Value)) -> [String; 3] {
    let text = value.as_str().map_or_else(|| value.to_string(), escape_xml);
    [format!("<{name}>"), text, format!("</{name}>")]
}

fn escape_xml(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn accepting(value: &'static str) -> Format {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(value));
        Format::wanted(&headers)
    }

    fn json(answer: &Response) -> String {
        serde_json::to_string(&answer.fields).expect("json")
    }

    #[test]
    fn a_refusal_on_demand_has_the_form_of_its_code() {
        let refusal = |code| json(&Response::refusal(code));
        assert_eq!(refusal("6"), r#"{"code":6,"message":"no_process"}"#);
        assert_eq!(
            refusal("26"),
            r#"{"code":26,"message":"card_key_undefined"}"#
        );
        assert_eq!(refusal("70000"), r#"{"code":70000,"message":"refused"}"#);
        assert_eq!(refusal("A-17"), r#"{"code":"A-17","message":"refused"}"#);
        assert_eq!(
            refusal("7"),
            r#"{"type":"authorization_error","message":"unauthorized","code":401,"result_code":7}"#
        );
        assert_eq!(Response::refusal("11").status, StatusCode::BAD_REQUEST);
        for code in ["00", "007", "0070000"] {
            let text = format!(r#"{{"code":"{code}","message":"refused"}}"#);
            assert_eq!(refusal(code), text);
            assert_eq!(Response::refusal(code).status, StatusCode::OK);
        }
    }

    #[test]
    fn a_whole_second_has_its_seven_digits_too() {
        assert_eq!(
            istanbul_time(Timestamp::UNIX_EPOCH),
            "1970-01-01T03:00:00.0000000+03:00"
        );
    }

    #[test]
    fn xml_has_the_same_fields() {
        assert_eq!(
            Response::plain(code::SUCCESSFUL).fields.xml(),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><response><code>0</code>\
             <message>Başarılı İşlem</message></response>"
        );
        assert_eq!(escape_xml("<a> & b"), "&lt;a&gt; &amp; b");
    }

    #[test]
    fn json_goes_to_whoever_accepts_it() {
        for range in [
            "application/json",
            "application/json; charset=UTF-8",
            "text/html, Application/JSON;q=0.5",
            "application/*",
            "*/*",
        ] {
            assert_eq!(accepting(range), Format::Json, "{range}");
        }
        for range in ["", "application/xml", "text/html", "application/json;q=0"] {
            assert_eq!(accepting(range), Format::Xml, "{range}");
        }
        assert_eq!(Format::wanted(&HeaderMap::new()), Format::Xml);
    }
}
