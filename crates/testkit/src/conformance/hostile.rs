//! Answers that are damaged, lie about themselves or say two things at once: made from the yes.

use serde_json::Value;

use super::examiner::Examiner;
use super::situation::Situation;
use super::wanted::Wanted;
use super::{Operation, Rule, Sample, fields};
use crate::Behaviour;

const DEEP: usize = 20_000;

pub(super) async fn check(examiner: &mut Examiner<'_>, operation: &Operation) {
    let Some((yes, _)) = operation.accepted.first() else {
        return;
    };
    for (name, wanted, body) in bodies(operation, yes) {
        try_bytes(examiner, operation, &name, wanted, with_body(yes, &body)).await;
    }
    for (name, wanted, bytes) in heads(yes) {
        try_bytes(examiner, operation, name, wanted, bytes).await;
    }
    fields::check(examiner, operation, yes).await;
}

pub(super) async fn try_bytes(
    examiner: &mut Examiner<'_>,
    operation: &Operation,
    name: &str,
    wanted: Wanted,
    bytes: Vec<u8>,
) -> bool {
    // Closed behind it: what is still missing never comes.
    let behaviour = Behaviour::AnswerAndClose(bytes);
    let situation = Situation::new(name, behaviour, Rule::KindAndDispatch, wanted).unwatched();
    let result = examiner.try_it(operation, situation).await;
    matches!(result, Some(Ok(_)))
}

pub(super) fn with_body(yes: &Sample, body: &[u8]) -> Vec<u8> {
    let length = format!("content-length: {}\r\n", body.len());
    [yes.head(&length).as_bytes(), body].concat()
}

type Body = (String, Wanted, Vec<u8>);

fn bodies(operation: &Operation, yes: &Sample) -> Vec<Body> {
    let body = yes.body.as_str();
    let damaged =
        |name: &str, body: String| (name.to_owned(), Wanted::MaybeSent, body.into_bytes());
    let bearable =
        |name: &str, body: String| (name.to_owned(), Wanted::YesOrMaybeSent, body.into_bytes());
    let mut all = vec![damaged("the yes behind a letter", format!("X{body}"))];
    // Where the dialect is JSON a part of an object says nothing; elsewhere it may be a yes.
    if !matches!(serde_json::from_str(body), Ok(Value::Object(_))) {
        return all;
    }
    let letters: Vec<char> = body.chars().collect();
    for quarters in [1, 2, 3] {
        let part = letters.iter().take(letters.len() * quarters / 4).collect();
        all.push(damaged(
            &format!("the yes, cut after {quarters} quarters"),
            part,
        ));
    }
    let open = body.trim_end().strip_suffix('}').unwrap_or(body);
    let no = operation.refused.first();
    let no = no.map_or("{}", |(no, _)| no.body.as_str());
    let utf16 =
        |text: &str, encode: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(encode).collect();
    all.extend([
        damaged("20,000 opening brackets", "[".repeat(DEEP)),
        damaged("20,000 objects inside each other", r#"{"a":"#.repeat(DEEP)),
        bearable(
            "the yes with 20,000 lists inside each other beside it",
            format!("{open},\"x\":{}{}}}", "[".repeat(DEEP), "]".repeat(DEEP)),
        ),
        bearable(
            "the yes with a text of 300 KiB beside it",
            format!("{open},\"x\":\"{}\"}}", "ç".repeat(150 * 1024)),
        ),
        bearable(
            "the yes with 1e400 beside it",
            format!("{open},\"x\":1e400}}"),
        ),
        bearable(
            "the yes behind a byte order mark",
            format!("\u{feff}{body}"),
        ),
        damaged(
            "the yes behind two byte order marks",
            format!("\u{feff}\u{feff}{body}"),
        ),
        damaged("the yes behind a NUL", format!("\0{body}")),
        damaged("the yes before a NUL", format!("{body}\0")),
        damaged(
            "the yes behind a blank that JSON has not",
            format!("\u{a0}{body}"),
        ),
        damaged("the yes, then garbage", format!("{body}x")),
        damaged("the yes, then the yes", format!("{body}\n{body}")),
        damaged("the yes, then a no", format!("{body}{no}")),
        damaged("the yes in a list", format!("[{body}]")),
        damaged("the yes in a text", Value::from(body).to_string()),
        damaged("the yes behind )]}',", format!(")]}}',\n{body}")),
        damaged(
            "the yes with a comma behind its last field",
            format!("{open},}}"),
        ),
        damaged(
            "the yes with names in single quotes",
            body.replace('"', "'"),
        ),
        damaged("the yes without its last bracket", open.to_owned()),
        (
            "the yes in UTF-16, little end first".to_owned(),
            Wanted::MaybeSent,
            utf16(body, u16::to_le_bytes),
        ),
        (
            "the yes in UTF-16 with a byte order mark".to_owned(),
            Wanted::MaybeSent,
            utf16(&format!("\u{feff}{body}"), u16::to_be_bytes),
        ),
        (
            "the yes with bytes that are no UTF-8 beside it".to_owned(),
            Wanted::YesOrMaybeSent,
            [open.as_bytes(), b",\"x\":\"\xc3\x28\xff\"}"].concat(),
        ),
    ]);
    all
}

/// Heads that lie about the body.
fn heads(yes: &Sample) -> Vec<(&'static str, Wanted, Vec<u8>)> {
    use Wanted::{MaybeSent, YesOrMaybeSent};
    let body = yes.body.as_str();
    let length = body.len();
    let with = |lines: String, body: String| [yes.head(&lines), body].concat().into_bytes();
    let plain = |lines: String| with(lines, body.to_owned());
    let chunked = |body: String| with("transfer-encoding: chunked\r\n".to_owned(), body);
    let chunk = format!("{length:x}\r\n{body}\r\n");
    let whole = String::from_utf8_lossy(&yes.bytes()).into_owned();
    let status = |line: &str| {
        let (_, rest) = whole.split_once("\r\n").unwrap_or_default();
        format!("HTTP/1.1 {line}\r\n{rest}").into_bytes()
    };
    vec![
        (
            "a thousand HTTP 100, then the yes",
            YesOrMaybeSent,
            format!("{}{whole}", "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000)).into_bytes(),
        ),
        ("no head at all", MaybeSent, body.as_bytes().to_vec()),
        (
            "the head of another protocol",
            MaybeSent,
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
        ),
        ("the yes under status 999", MaybeSent, status("999 None")),
        (
            "the yes under status 204, which has no body",
            MaybeSent,
            status("204 No Content"),
        ),
        (
            "the yes, content-length short of its end",
            if body.starts_with('{') {
                MaybeSent
            } else {
                YesOrMaybeSent
            },
            plain(format!("content-length: {}\r\n", length.saturating_sub(1))),
        ),
        (
            "the yes, content-length beyond its end",
            MaybeSent,
            plain(format!("content-length: {}\r\n", length + 10)),
        ),
        (
            "the yes, two different content-length",
            MaybeSent,
            plain(format!("content-length: {length}\r\ncontent-length: 5\r\n")),
        ),
        (
            "the yes, a negative content-length",
            MaybeSent,
            plain("content-length: -1\r\n".to_owned()),
        ),
        (
            "the yes, a content-length of more than 64 bits",
            MaybeSent,
            plain("content-length: 18446744073709551617\r\n".to_owned()),
        ),
        (
            "chunks without a size",
            MaybeSent,
            chunked(format!("zz\r\n{body}\r\n0\r\n\r\n")),
        ),
        (
            "a chunk of more than 64 bits",
            MaybeSent,
            chunked(format!("fffffffffffffffff\r\n{body}")),
        ),
        (
            "a chunk shorter than it says",
            MaybeSent,
            chunked(format!("{:x}\r\n{body}\r\n0\r\n\r\n", length + 9)),
        ),
        (
            "the yes in a chunk, and no last chunk",
            MaybeSent,
            chunked(chunk.clone()),
        ),
        (
            "the yes in chunks",
            YesOrMaybeSent,
            chunked(format!("{chunk}0\r\n\r\n")),
        ),
        (
            "the yes in chunks, content-length beside transfer-encoding",
            YesOrMaybeSent,
            with(
                "transfer-encoding: chunked\r\ncontent-length: 5\r\n".to_owned(),
                format!("{chunk}0\r\n\r\n"),
            ),
        ),
        (
            "the yes that only says it is compressed",
            YesOrMaybeSent,
            plain(format!(
                "content-encoding: gzip\r\ncontent-length: {length}\r\n"
            )),
        ),
    ]
}
