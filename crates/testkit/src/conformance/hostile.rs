//! Answers that are damaged, lie about themselves or say two things at once: made from the yes.

use serde_json::Value;

use super::examiner::Examiner;
use super::situation::Situation;
use super::situation::Wanted::{self, MaybeSent, YesOrMaybeSent};
use super::{Operation, Rule, Sample, fields};
use crate::Behaviour;

const DEEP: usize = 20_000;

pub(super) async fn check(examiner: &mut Examiner<'_>, operation: &Operation) {
    let Some((yes, _)) = operation.accepted.first() else {
        return;
    };
    let whole = bodies(operation, yes).into_iter();
    let whole = whole.map(|(name, wanted, body)| (name, wanted, with_body(yes, &body)));
    let all = whole.chain(heads(yes));
    let all = all.map(|(name, wanted, bytes)| answered(name, wanted, bytes));
    examiner.try_all(operation, all).await;
    fields::check(examiner, operation, yes).await;
}

pub(super) fn answered(name: impl Into<String>, wanted: Wanted, bytes: Vec<u8>) -> Situation {
    // Closed behind it: what is still missing never comes.
    let behaviour = Behaviour::AnswerAndClose(bytes);
    Situation::new(name, behaviour, Rule::KindAndDispatch, wanted).unwatched()
}

pub(super) fn with_body(yes: &Sample, body: &[u8]) -> Vec<u8> {
    let length = format!("content-length: {}\r\n", body.len());
    [yes.head(&length).as_bytes(), body].concat()
}

/// What is sent, by its name, and what has to be said of it.
type Answers = Vec<(&'static str, Wanted, Vec<u8>)>;

#[rustfmt::skip]
fn bodies(operation: &Operation, yes: &Sample) -> Answers {
    let body = yes.body.as_str();
    let answer = |name, wanted, body: String| (name, wanted, body.into_bytes());
    let mut all = vec![answer("the yes behind a letter", MaybeSent, format!("X{body}"))];
    // Where the dialect is JSON a part of an object says nothing; elsewhere it may be a yes.
    if !matches!(serde_json::from_str(body), Ok(Value::Object(_))) {
        return all;
    }
    let letters = body.chars().count();
    let quarters = |count| body.chars().take(letters * count / 4).collect();
    let open = body.trim_end().strip_suffix('}').unwrap_or(body);
    let beside = |field: &str| format!("{open},{field}}}");
    let lists = format!("{}{}", "[".repeat(DEEP), "]".repeat(DEEP));
    let no = operation.refused.first().map_or("{}", |(no, _)| no.body.as_str());
    let utf16 = |text: &str, encode: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(encode).collect();
    all.extend([
        answer("the yes, cut after 1 quarters", MaybeSent, quarters(1)),
        answer("the yes, cut after 2 quarters", MaybeSent, quarters(2)),
        answer("the yes, cut after 3 quarters", MaybeSent, quarters(3)),
        answer("20,000 opening brackets", MaybeSent, "[".repeat(DEEP)),
        answer("20,000 objects inside each other", MaybeSent, r#"{"a":"#.repeat(DEEP)),
        answer("the yes with 20,000 lists inside each other beside it", YesOrMaybeSent, beside(&format!("\"x\":{lists}"))),
        answer("the yes with a text of 300 KiB beside it", YesOrMaybeSent, beside(&format!("\"x\":\"{}\"", "ç".repeat(150 * 1024)))),
        answer("the yes with 1e400 beside it", YesOrMaybeSent, beside("\"x\":1e400")),
        answer("the yes behind a byte order mark", YesOrMaybeSent, format!("\u{feff}{body}")),
        answer("the yes behind two byte order marks", MaybeSent, format!("\u{feff}\u{feff}{body}")),
        answer("the yes behind a NUL", MaybeSent, format!("\0{body}")),
        answer("the yes before a NUL", MaybeSent, format!("{body}\0")),
        answer("the yes behind a blank that JSON has not", MaybeSent, format!("\u{a0}{body}")),
        answer("the yes, then garbage", MaybeSent, format!("{body}x")),
        answer("the yes, then the yes", MaybeSent, format!("{body}\n{body}")),
        answer("the yes, then a no", MaybeSent, format!("{body}{no}")),
        answer("the yes in a list", MaybeSent, format!("[{body}]")),
        answer("the yes in a text", MaybeSent, Value::from(body).to_string()),
        answer("the yes behind )]}',", MaybeSent, format!(")]}}',\n{body}")),
        answer("the yes with a comma behind its last field", MaybeSent, format!("{open},}}")),
        answer("the yes with names in single quotes", MaybeSent, body.replace('"', "'")),
        answer("the yes without its last bracket", MaybeSent, open.to_owned()),
        ("the yes in UTF-16, little end first", MaybeSent, utf16(body, u16::to_le_bytes)),
        ("the yes in UTF-16 with a byte order mark", MaybeSent, utf16(&format!("\u{feff}{body}"), u16::to_be_bytes)),
        ("the yes with bytes that are no UTF-8 beside it", YesOrMaybeSent, [open.as_bytes(), b",\"x\":\"\xc3\x28\xff\"}"].concat()),
    ]);
    all
}

/// Heads that lie about the body.
#[rustfmt::skip]
fn heads(yes: &Sample) -> Answers {
    let body = yes.body.as_str();
    let length = body.len();
    let with = |lines: &str, body: &str| [yes.head(lines).as_bytes(), body.as_bytes()].concat();
    let plain = |line: &str| with(&format!("{line}\r\n"), body);
    let long = |length: &str| plain(&format!("content-length: {length}"));
    let chunked = |body: String| with("transfer-encoding: chunked\r\n", &body);
    let chunk = format!("{length:x}\r\n{body}\r\n");
    let chunks = format!("{chunk}0\r\n\r\n");
    let whole = String::from_utf8_lossy(&yes.bytes()).into_owned();
    let (_, behind_status) = whole.split_once("\r\n").unwrap_or_default();
    let status = |line: &str| format!("HTTP/1.1 {line}\r\n{behind_status}").into_bytes();
    let go_on = "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000);
    let short = if body.starts_with('{') { MaybeSent } else { YesOrMaybeSent };
    vec![
        ("a thousand HTTP 100, then the yes", YesOrMaybeSent, format!("{go_on}{whole}").into_bytes()),
        ("no head at all", MaybeSent, body.as_bytes().to_vec()),
        ("the head of another protocol", MaybeSent, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
        ("the yes under status 999", MaybeSent, status("999 None")),
        ("the yes under status 204, which has no body", MaybeSent, status("204 No Content")),
        ("the yes, content-length short of its end", short, long(&length.saturating_sub(1).to_string())),
        ("the yes, content-length beyond its end", MaybeSent, long(&(length + 10).to_string())),
        ("the yes, two different content-length", MaybeSent, long(&format!("{length}\r\ncontent-length: 5"))),
        ("the yes, a negative content-length", MaybeSent, long("-1")),
        ("the yes, a content-length of more than 64 bits", MaybeSent, long("18446744073709551617")),
        ("chunks without a size", MaybeSent, chunked(format!("zz\r\n{body}\r\n0\r\n\r\n"))),
        ("a chunk of more than 64 bits", MaybeSent, chunked(format!("fffffffffffffffff\r\n{body}"))),
        ("a chunk shorter than it says", MaybeSent, chunked(format!("{:x}\r\n{body}\r\n0\r\n\r\n", length + 9))),
        ("the yes in a chunk, and no last chunk", MaybeSent, chunked(chunk)),
        ("the yes in chunks", YesOrMaybeSent, chunked(chunks.clone())),
        ("the yes in chunks, content-length beside transfer-encoding", YesOrMaybeSent,
            with("transfer-encoding: chunked\r\ncontent-length: 5\r\n", &chunks)),
        ("the yes that only says it is compressed", YesOrMaybeSent, plain(&format!("content-encoding: gzip\r\ncontent-length: {length}"))),
    ]
}
