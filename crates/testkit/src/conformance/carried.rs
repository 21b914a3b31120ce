//! What a request carries, decoded: path, query, headers, Basic credentials, and a JSON or form body.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use onay_core::{PhoneNumber, Recipient};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::ReceivedRequest;

/// The values of a request, each as its receiver decodes it.
#[derive(Debug)]
pub(super) struct Carried {
    values: Vec<String>,
    /// A body in another format, undecoded.
    text: String,
}

impl Carried {
    pub(super) fn by(request: &ReceivedRequest) -> Self {
        let mut carried = Self {
            values: Vec::new(),
            text: String::new(),
        };
        let address = request.line.split(' ').nth(1).unwrap_or_default();
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let segments = path.split('/').map(|segment| decoded(segment, false));
        carried.values.extend(segments);
        carried.add_form(query);
        for (_, value) in &request.headers {
            carried.add_header(value);
        }
        carried.add_body(request);
        carried
    }

    pub(super) fn holds(&self, value: &str) -> bool {
        self.text.contains(value) || self.values.iter().any(|given| given.contains(value))
    }

    pub(super) fn holds_recipient(&self, recipient: &Recipient) -> bool {
        match recipient {
            Recipient::Phone(phone) => self.holds_number(phone),
            Recipient::Email(email) => self.holds(email.as_str()),
            _ => true,
        }
    }

    /// A blank before a number is a plus sign that the form did not encode: that is another value.
    fn holds_number(&self, phone: &PhoneNumber) -> bool {
        let spellings = spellings(phone);
        let is_it = |given: &String| {
            let together = given.trim_end().replace(['-', '(', ')', '.', '/'], "");
            let first = together.chars().next();
            let together = together.replace(' ', "");
            first != Some(' ') && spellings.contains(&together)
        };
        let text = self.text.replace([' ', '-', '(', ')', '.', '/'], "");
        self.values.iter().any(is_it)
            || text.contains(phone.msisdn().get(2..).unwrap_or_default()) && !self.text.is_empty()
    }

    fn add_header(&mut self, value: &str) {
        if let Some(encoded) = value.strip_prefix("Basic ") {
            let bytes = STANDARD.decode(encoded.trim()).unwrap_or_default();
            let pair = String::from_utf8_lossy(&bytes).into_owned();
            self.values.extend(pair.splitn(2, ':').map(str::to_owned));
        }
        self.values.push(value.to_owned());
    }

    fn add_body(&mut self, request: &ReceivedRequest) {
        let body = request.text();
        let kind = request.header("content-type").unwrap_or_default();
        if let Ok(value) = serde_json::from_str::<Value>(&body) {
            self.add_json(&value);
        } else if kind.contains("form-urlencoded") || (kind.is_empty() && body.contains('=')) {
            self.add_form(&body);
        } else {
            self.text = body;
        }
    }

    fn add_json(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.values.push(text.clone()),
            Value::Array(items) => items.iter().for_each(|item| self.add_json(item)),
            Value::Object(fields) => fields.values().for_each(|field| self.add_json(field)),
            Value::Null => {}
            Value::Bool(_) | Value::Number(_) => self.values.push(value.to_string()),
        }
    }

    fn add_form(&mut self, form: &str) {
        for pair in form.split('&') {
            let (_, value) = pair.split_once('=').unwrap_or(("", pair));
            self.values.push(decoded(value, true));
        }
    }
}

/// Every way in which a provider may want a number written, without blanks and brackets.
fn spellings(phone: &PhoneNumber) -> Vec<String> {
    let international = [phone.e164().to_owned(), phone.msisdn().to_owned()];
    let mut spellings = Vec::from(international);
    spellings.push(format!("00{}", phone.msisdn()));
    if let Some(turkish) = phone.turkish() {
        spellings.push(turkish.national().to_owned());
        spellings.push(turkish.significant().to_owned());
    }
    spellings
}

/// Undoes percent encoding; in a form a plus sign is a blank.
fn decoded(text: &str, is_form: bool) -> String {
    let text = if is_form {
        text.replace('+', " ")
    } else {
        text.to_owned()
    };
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(line: &str, headers: &[(&str, &str)], body: &str) -> Carried {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Carried::by(&ReceivedRequest {
            line: line.to_owned(),
            headers: headers.iter().map(owned).collect(),
            body: body.as_bytes().to_vec(),
        })
    }

    fn form(body: &str) -> Carried {
        let form = ("content-type", "application/x-www-form-urlencoded");
        request("POST / HTTP/1.1", &[form], body)
    }

    #[test]
    fn every_place_is_read_as_its_receiver_reads_it() {
        let value = "a+b/c=d:e f";
        let basic = STANDARD.encode(format!("AC1:{value}"));
        for carried in [
            request("POST /a%2Bb%2Fc=d%3Ae%20f/x HTTP/1.1", &[], ""),
            request("GET /x?y=a%2Bb%2Fc%3Dd:e+f HTTP/1.1", &[], ""),
            request("POST / HTTP/1.1", &[("x-key", value)], ""),
            request(
                "POST / HTTP/1.1",
                &[("authorization", &format!("Basic {basic}"))],
                "",
            ),
            request(
                "POST / HTTP/1.1",
                &[],
                r#"{"x":[{"y":"a\u002bb\/c=d:e f"}]}"#,
            ),
            request(
                "POST / HTTP/1.1",
                &[("content-type", "text/xml")],
                "<x>a+b/c=d:e f</x>",
            ),
            form("x=1&y=a%2Bb%2Fc%3Dd%3Ae%20f"),
        ] {
            assert!(carried.holds(value), "{carried:?}");
        }
        assert!(
            !form("y=a+b/c=d:e+f").holds(value),
            "a plus sign is a blank in a form"
        );
    }

    #[test]
    fn a_number_is_read_in_every_spelling_and_not_without_its_plus_sign() {
        let phone = PhoneNumber::parse("+49 151 23456789").expect("a number");
        let recipient = Recipient::from(phone);
        for good in [
            "To=%2B4915123456789",
            "To=4915123456789",
            "To=0049+151+23456789",
        ] {
            assert!(form(good).holds_recipient(&recipient), "{good}");
        }
        for bad in [
            "To=+4915123456789",
            "To=15123456789",
            "To=%2B49151234567890",
        ] {
            assert!(!form(bad).holds_recipient(&recipient), "{bad}");
        }
        let turkish = PhoneNumber::parse("0555 765 43 21").expect("a number");
        for good in ["0555 765 43 21", "5557654321", "+90 (555) 765-43-21"] {
            let json = format!(r#"{{"to":"{good}"}}"#);
            let carried = request("POST / HTTP/1.1", &[], &json);
            assert!(carried.holds_recipient(&turkish.into()), "{good}");
        }
    }
}
