//! Fuzz targets: every parser of this crate, given any bytes.
//!
//! With every test run they get random bytes and the inputs in `__fuzz__` for a moment, with `cargo xtask soak fuzz` for
//! longer; `cargo bolero test` runs one under libFuzzer.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use onay_core::{Delivery, ErrorKind};
use onay_testkit::printed;
use reqwest::Url;
use reqwest::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use serde::Deserialize;

use crate::{Answer, BaseUrl, Judgement, Said, Verdict, datetime, loose};

/// What went out with a request, as an answer may quote it.
const SENT: &str = "kanarya-Q7";

#[derive(Deserialize)]
struct Envelope {
    #[serde(default, deserialize_with = "loose::text")]
    code: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    message: Option<String>,
    #[serde(default, deserialize_with = "loose::flag")]
    flag: Option<bool>,
    #[serde(default)]
    certain: Said<bool>,
    #[serde(default)]
    decides: Said<String>,
    #[serde(default, deserialize_with = "loose::object")]
    inner: Option<Inner>,
    #[serde(default, deserialize_with = "loose::object_or_default")]
    exception: Option<Inner>,
}

#[derive(Default, Deserialize)]
struct Inner {
    #[serde(default, deserialize_with = "loose::text")]
    code: Option<String>,
}

fn answer(status: u16, headers: HeaderMap, body: &[u8]) -> Answer {
    let body = Bytes::copy_from_slice(body);
    Answer::new("acme", status, headers, body, SystemTime::now())
}

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
            let _ = answer(200, HeaderMap::new(), b"").until(time);
        }
        let Ok(value) = HeaderValue::from_bytes(input) else {
            return;
        };
        // As the header of an answer, a wait is bounded whatever is asked for.
        let headers = HeaderMap::from_iter([(RETRY_AFTER, value.clone()), (DATE, value)]);
        let error = answer(429, headers, b"").status_error().expect("an error");
        let wait = error.retry_after().unwrap_or_default();
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
                assert_eq!(error.delivery(), Delivery::NotSent);
            }
        }
        let quoting = format!("https://{SENT}:{SENT}@{text}");
        let error = BaseUrl::parse(&quoting).expect_err("a password");
        assert!(!printed(&error).contains(SENT));
    });
}

/// No address outside this machine is loopback in another spelling.
fn is_mapped(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    address.is_ok_and(|address| address.to_canonical().is_loopback())
}

/// Whatever a body holds, it is read or refused; what is refused is not quoted, and the slow way
/// through it finds what the quick way found.
#[test]
fn body() {
    bolero::check!().for_each(|input: &[u8]| {
        let body = String::from_utf8_lossy(input).replace('\u{2}', SENT);
        let answer = answer(200, HeaderMap::new(), body.as_bytes());
        assert!(!format!("{answer:?}").contains(SENT));
        match answer.json::<Envelope>() {
            Ok(envelope) => {
                assert!(answer.text().starts_with('{'), "{body}");
                let object = answer.salvage().expect("an object");
                let filled = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
                assert_eq!(object.text(&["code"]), filled(&envelope.code));
                assert_eq!(object.text(&["message"]), filled(&envelope.message));
                assert_eq!(object.flag(&["flag"]), envelope.flag);
                let inner = object.object(&["inner"]);
                assert_eq!(inner.is_some(), envelope.inner.is_some());
                let code = envelope.inner.and_then(|inner| filled(&inner.code));
                assert_eq!(inner.and_then(|inner| inner.text(&["code"])), code);
                // An exception that is an object is one, whatever else counts as one.
                assert!(object.object(&["exception"]).is_none() || envelope.exception.is_some());
                let names = |name: &str| body.contains(name) || body.contains("\\u");
                assert!(envelope.certain == Said::Nothing || names("certain"));
                assert!(envelope.decides == Said::Nothing || names("decides"));
                assert_eq!(
                    object.text(&["decides"]).as_deref(),
                    envelope.decides.text()
                );
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Unreadable);
                assert_eq!(error.delivery(), Delivery::MaybeSent);
                assert!(!printed(&error).contains(SENT), "{error:?}");
            }
        }
    });
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
            2 => Verdict::ClearNo(kind),
            3 => Verdict::Contradictory("it may have been a yes"),
            _ => Verdict::Unclear("nobody can tell"),
        };
        let said = String::from_utf8_lossy(body).replace('\u{2}', SENT);
        let (code, message) = said.split_once('\n').unwrap_or((&said, ""));
        let hidden = [SENT, "5550000042"];
        let judgement = Judgement::new(verdict)
            .with_code(code)
            .with_message(message)
            .hiding(&hidden);
        let answer = answer(status, HeaderMap::new(), b"");
        let good = (200..300).contains(&status);
        match answer.judge(&judgement) {
            Ok(()) => assert!(good && verdict == Verdict::Yes, "{status} {verdict:?}"),
            Err(error) => {
                assert!(!good || verdict != Verdict::Yes, "{status} {verdict:?}");
                let shown = printed(&error);
                assert!(!shown.contains(SENT), "{shown}");
                assert!(!shown.contains("5550000042"), "{shown}");
                // What may have gone out is never called unsent, nor surely refused.
                if matches!(verdict, Verdict::Yes | Verdict::Contradictory(_))
                    || status >= 500 && !matches!(verdict, Verdict::ClearNo(_))
                {
                    assert_eq!(
                        error.delivery(),
                        Delivery::MaybeSent,
                        "{status} {verdict:?}"
                    );
                }
                assert_ne!(error.delivery(), Delivery::NotSent, "{status} {verdict:?}");
            }
        }
    });
}
