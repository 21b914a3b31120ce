//! Fuzz targets: every parser of this crate, given any bytes.
//!
//! With every test run they get random bytes and the inputs in `__fuzz__` for a moment, with `cargo xtask soak fuzz` for
//! longer; `cargo bolero test` runs one under libFuzzer.

use std::time::{Duration, SystemTime};

use onay_core::{CodeRow, CodeTable, Dispatch, ErrorKind, Meaning, ProviderText, Reason};
use onay_testkit::printed;
use reqwest::Url;
use reqwest::header::{DATE, RETRY_AFTER};
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::response::tests::response;
use crate::{
    BaseUrl, Field, HttpClient, Object, Profile, Service, Site, Variables, Verdict, datetime,
};

/// What went out with a request, as a response may quote it.
const SENT: &str = "kanarya-Q7";

const WHY: Reason = Reason::new("test_why", "it may have been a yes", "kabul olabilirdi");

static ROWS: [CodeRow; 2] = [
    CodeRow::new("0", "done", Meaning::Yes),
    CodeRow::new("7", "unauthorized", Meaning::No(ErrorKind::Credentials)),
];
static CODES: CodeTable = CodeTable::new(&ROWS);

/// A time that is read is the time that stands there: written again and read again, it is the same.
#[test]
fn times() {
    bolero::check!().for_each(|input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        if let Some(time) = datetime::parse(&text) {
            assert!(time > SystemTime::UNIX_EPOCH);
            let written = jiff::Timestamp::try_from(time).expect("a time").to_string();
            assert_eq!(datetime::parse(&written), Some(time), "{written}");
            assert_eq!(datetime::parse(&format!(" {text}\n")), Some(time));
        }
        if let Some(time) = datetime::parse_http(&text) {
            let _ = response(200, &[], b"").wait_until(time);
        }
        if reqwest::header::HeaderValue::from_str(&text).is_err() {
            return;
        }
        // As the header of a response, a wait is bounded, also where more is asked for.
        let response = response(429, &[(RETRY_AFTER, &text), (DATE, &text)], b"");
        let judged = response.judge(Verdict::Unclear(WHY), || (None, None));
        let error = judged.expect_err("an error");
        let wait = error.wait().map(|wait| wait.remaining(response.arrived()));
        let wait = wait.unwrap_or_default();
        assert!(wait <= Duration::from_secs(86_400), "{wait:?}");
    });
}

/// An address that is taken is safe to send keys to, and stays what it is when it is read again.
#[test]
fn base_url() {
    bolero::check!().for_each(|input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        match BaseUrl::parse(&text) {
            Ok(base) => {
                assert_eq!(BaseUrl::parse(base.as_str()).expect("taken again"), base);
                let url = base.join("/v1/send").expect("an address");
                let local = || match url.host_str().expect("a host") {
                    "localhost" => true,
                    host => host.starts_with("127.") || host == "[::1]" || is_mapped(host),
                };
                assert!(url.scheme() == "https" || local(), "{url}");
                assert!(url.username().is_empty() && url.password().is_none());
                assert!(url.query().is_none() && url.fragment().is_none());
                assert!(url.path().ends_with("/v1/send"), "{url}");
                let host = Url::parse(&text).expect("a URL");
                assert_eq!(url.host(), host.host());
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Config);
                assert_eq!(error.dispatch(), Dispatch::NotSent);
            }
        }
        let quoting = format!("https://{SENT}:{SENT}@{text}");
        let error = BaseUrl::parse(&quoting).expect_err("a password");
        assert!(!printed(&error).contains(SENT));
    });
}

static ACME: Profile = Profile::new(
    "acme",
    &[
        Site::test("test", "https://test.example.com"),
        Site::live("live", "https://api.example.com"),
        Site::sandbox("sandbox", "http://127.0.0.1:8027/acme"),
    ],
)
.with_variables("ACME_ENV", "ACME_BASE_URL");

/// Settings are taken or refused by name, no key is ever shown, and nothing goes live by accident.
#[test]
fn settings() {
    bolero::check!().for_each(|input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        let mut values = text.split('\n').map(str::to_owned);
        let environment = values.next();
        // Every key can be told from anything else that is printed.
        let key = values.next().map(|key| format!("{key}{SENT}"));
        let (base, hosts) = (values.next(), values.next());
        let lookup = |name: &str| match name {
            "ACME_ENV" => environment.clone(),
            "ACME_KEY" => key.clone(),
            "ACME_BASE_URL" => base.clone(),
            "ONAY_SANDBOX_HOSTS" => hosts.clone(),
            _ => None,
        };
        let variables = Variables::new("acme", &lookup);
        let resolved = Service::from_variables(&ACME, &variables).and_then(|service| {
            let key = variables.key("ACME_KEY")?;
            assert!(!format!("{service:?} {key:?}").contains(SENT));
            let client = HttpClient::new().expect("a client");
            service.with_http_client(client).resolve(&[&key])
        });
        match resolved {
            Ok((_, base)) => {
                let host = Url::parse(base.as_str()).expect("a URL");
                let host = host.host_str().map(|host| host.trim_end_matches('.'));
                let is_live = host == Some("api.example.com");
                match environment.as_deref() {
                    Some("live") => {}
                    Some("test" | "sandbox") => assert!(!is_live, "live by accident"),
                    other => panic!("no environment: {other:?}"),
                }
                assert!(key.is_some_and(|key| !key.contains(char::is_whitespace)));
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Config, "{error:?}");
                assert_eq!(error.dispatch(), Dispatch::NotSent);
                assert!(!printed(&error).contains(SENT), "{error:?}");
                assert!(error.subject().is_some() && error.provider() == Some("acme"));
            }
        }
    });
}

/// No address outside this machine is loopback in another spelling.
fn is_mapped(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    address.is_ok_and(|address| address.to_canonical().is_loopback())
}

/// Every body is read or refused, and what is refused is not quoted. What is read is
/// what another reader finds there.
#[test]
fn body() {
    bolero::check!().for_each(|input: &[u8]| {
        let body = String::from_utf8_lossy(input).replace('\u{2}', SENT);
        let response = response(200, &[], body.as_bytes());
        assert!(!format!("{response:?}").contains(SENT));
        let object = match response.object() {
            Ok(object) => object,
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Unreadable);
                assert_eq!(error.dispatch(), Dispatch::MaybeSent);
                assert!(!printed(&error).contains(SENT), "{error:?}");
                assert!(!is_object(response.text()), "{body}");
                return;
            }
        };
        assert!(is_object(response.text()), "{body}");
        assert!(!format!("{object:?}").contains(SENT));
        let Ok(Value::Object(fields)) = serde_json::from_str(response.text()) else {
            // A number beyond a float, half of a character pair, or deeper than it reads.
            return;
        };
        for (name, value) in &fields {
            let lower = name.to_ascii_lowercase();
            let named = |other: &&String| other.to_ascii_lowercase() == lower;
            if fields.keys().filter(named).count() > 1 {
                assert!(object.text(name).is_malformed(), "{body}");
            } else if !object.text(name).is_malformed() || !stands_twice(&body, name) {
                agrees(&object, name, value);
            }
        }
    });
}

fn is_object(text: &str) -> bool {
    text.starts_with('{') && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// The other reader keeps the last of two; this one tells by how often the name is written.
fn stands_twice(body: &str, name: &str) -> bool {
    let written = serde_json::to_string(name).expect("a name");
    body.matches(&written).count() > 1 || body.contains("\\u")
}

fn agrees(object: &Object<'_>, name: &str, value: &Value) {
    let text = object.text(name);
    match value {
        Value::Null => assert!(text.is_absent(), "{name}"),
        Value::String(value) if value.is_empty() => assert!(text.is_absent(), "{name}"),
        Value::String(value) => assert_eq!(text.as_deref().value(), Some(value.as_str())),
        Value::Number(number) if number.is_u64() || number.is_i64() => {
            assert_eq!(text.as_deref().value(), Some(number.to_string().as_str()));
        }
        _ => assert!(text.is_malformed(), "{name}"),
    }
    let flag = object.flag(name);
    match value {
        Value::Bool(value) => assert_eq!(flag, Field::Value(*value)),
        Value::String(value) if value.eq_ignore_ascii_case("true") => {
            assert_eq!(flag, Field::Value(true));
        }
        Value::String(value) if value.eq_ignore_ascii_case("false") => {
            assert_eq!(flag, Field::Value(false));
        }
        _ => assert_eq!(flag.value(), None, "{name}"),
    }
    assert_eq!(object.object(name).value().is_some(), value.is_object());
    let items = object.list(name).value().map(|items| items.len());
    let expected = value.as_array().map(Vec::len);
    assert_eq!(items, expected.filter(|length| *length <= 1_000));
    assert_eq!(
        object.has(name),
        !matches!(value, Value::Null) && value != ""
    );
    if let Field::Value(code) = object.code(name, &CODES) {
        let text = text.value().expect("a code is a text");
        assert_eq!(code.row().is_some(), matches!(&*text, "0" | "7"), "{text}");
        assert!(text.bytes().all(|byte| byte.is_ascii_graphic()), "{text}");
    }
}

/// `Ok` needs a yes and a good status, and an error tells nothing that went out.
#[test]
fn judged() {
    bolero::check!().for_each(|input: &[u8]| {
        let Some((head, body)) = input.split_first_chunk::<3>() else {
            return;
        };
        let status = u16::from_be_bytes([head[0], head[1]]) % 1000;
        let kind = [
            ErrorKind::Refused,
            ErrorKind::WrongCode,
            ErrorKind::Upstream,
        ];
        let kind = kind[usize::from(head[2] / 5) % kind.len()];
        let verdict = match head[2] % 5 {
            0 => Verdict::Yes,
            1 => Verdict::No(kind),
            2 => Verdict::Certain(kind),
            3 => Verdict::Contradictory(WHY),
            _ => Verdict::Unclear(WHY),
        };
        let said = String::from_utf8_lossy(body).replace('\u{2}', SENT);
        let (code, text) = said.split_once('\n').unwrap_or((&said, ""));
        let said = || (Some(CODES.code(code)), Some(ProviderText::new(text)));
        let good = (200..300).contains(&status);
        match response(status, &[], b"").judge(verdict, said) {
            Ok(()) => assert!(good && verdict == Verdict::Yes, "{status} {verdict:?}"),
            Err(error) => {
                assert!(!good || verdict != Verdict::Yes, "{status} {verdict:?}");
                assert!(!printed(&error).contains(SENT), "{error:?}");
                // What may have gone out is never called unsent, nor surely refused.
                if matches!(verdict, Verdict::Yes | Verdict::Contradictory(_))
                    || status >= 500 && !matches!(verdict, Verdict::Certain(_))
                {
                    assert_eq!(
                        error.dispatch(),
                        Dispatch::MaybeSent,
                        "{status} {verdict:?}"
                    );
                }
                assert_ne!(error.dispatch(), Dispatch::NotSent, "{status} {verdict:?}");
            }
        }
    });
}

/// What a machine in between says is never taken for the provider's no.
#[test]
fn pages() {
    bolero::check!().for_each(|input: &[u8]| {
        let Some((head, body)) = input.split_first_chunk::<2>() else {
            return;
        };
        let status = u16::from_be_bytes(*head) % 1000;
        let response = response(status, &[], body);
        let Err(error) = response.object() else {
            return;
        };
        let expected = match status {
            401 if !response.text().is_empty() => Dispatch::MaybeSent,
            403 | 404 | 408 | 429 => Dispatch::MaybeSent,
            307 | 308 | 400..=499 => Dispatch::Refused,
            _ => Dispatch::MaybeSent,
        };
        assert_eq!(error.dispatch(), expected, "{status}");
    });
}
