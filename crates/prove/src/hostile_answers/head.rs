//! Too much of something, and heads that lie about their bodies.

use super::answer::{Answer, Make};
use crate::every_call::Call;

const CHUNK: usize = 64 * 1024;
/// Ten GiB of chunks.
const TEN_GIB: u64 = (10 << 30) / CHUNK as u64;
const GOOD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

pub(super) const ANSWERS: &[(&str, Make)] = &[
    ("10 GiB of blanks", |_| endless("", "")),
    ("a yes, and then 10 GiB of blanks", |call| {
        endless("", call.yes())
    }),
    ("10 GiB of blanks, announced by `content-length`", |_| {
        endless("content-length: 10737418240\r\n", "")
    }),
    ("10 GiB of blanks in chunks", |_| {
        let chunk = format!("10000\r\n{}\r\n", " ".repeat(CHUNK));
        Answer::whole(format!("{GOOD}transfer-encoding: chunked\r\n\r\n")).then(chunk, TEN_GIB)
    }),
    ("10 GiB in chunks of one byte with long extensions", |_| {
        let chunk = format!("1;x={}\r\n \r\n", "y".repeat(CHUNK));
        Answer::whole(format!("{GOOD}transfer-encoding: chunked\r\n\r\n")).then(chunk, TEN_GIB)
    }),
    ("10 GiB of trailers behind a yes", |call| {
        let chunk = chunked(call.yes(), "");
        let head = format!("{GOOD}transfer-encoding: chunked\r\n\r\n{chunk}0\r\n");
        Answer::whole(head).then(lines(), TEN_GIB)
    }),
    ("a million header lines", |_| {
        Answer::whole(GOOD).then("x-line: 0123456789012345\r\n", 1_000_000)
    }),
    ("one header of 10 GiB", |_| {
        Answer::whole(format!("{GOOD}x-long: ")).then("y".repeat(CHUNK), TEN_GIB)
    }),
    ("a status line of 10 GiB", |_| {
        Answer::whole("HTTP/1.1 200 ").then("y".repeat(CHUNK), TEN_GIB)
    }),
    ("a thousand `100 Continue`, then a yes", |call| {
        Answer::whole("")
            .then("HTTP/1.1 100 Continue\r\n\r\n", 1000)
            .last(plain(call.yes()))
            .yes("interim answers are none")
    }),
    ("no head at all", |call| Answer::whole(call.yes())),
    ("the head of another protocol", |_| {
        Answer::whole("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    }),
    ("a yes under status 999", |call| {
        with_status("999 None", call)
    }),
    ("a yes under status 204, which has no body", |call| {
        with_status("204 No Content", call)
    }),
    ("a yes, `content-length` short of its end", |call| {
        lying(call, -1)
    }),
    ("a yes, `content-length` beyond its end", |call| {
        lying(call, 10)
    }),
    ("a yes, two different `content-length`", |call| {
        let length = call.yes().len();
        with_headers(
            &format!("content-length: {length}\r\ncontent-length: 5\r\n"),
            call,
        )
    }),
    ("a yes, a list of different `content-length`", |call| {
        let length = call.yes().len();
        with_headers(&format!("content-length: {length}, 5\r\n"), call)
    }),
    ("a yes, a negative `content-length`", |call| {
        with_headers("content-length: -1\r\n", call)
    }),
    ("a yes, a `content-length` that is no number", |call| {
        with_headers("content-length: 0x20\r\n", call)
    }),
    ("a yes, a `content-length` of more than 64 bits", |call| {
        with_headers("content-length: 18446744073709551617\r\n", call)
    }),
    ("chunks without a size", |call| {
        let body = format!("zz\r\n{}\r\n0\r\n\r\n", call.yes());
        Answer::whole(format!("{GOOD}transfer-encoding: chunked\r\n\r\n{body}"))
    }),
    ("a chunk of more than 64 bits", |call| {
        let body = format!("fffffffffffffffff\r\n{}", call.yes());
        Answer::whole(format!("{GOOD}transfer-encoding: chunked\r\n\r\n{body}"))
    }),
    ("a chunk shorter than it says", |call| {
        let body = format!("{:x}\r\n{}\r\n0\r\n\r\n", call.yes().len() + 9, call.yes());
        Answer::whole(format!("{GOOD}transfer-encoding: chunked\r\n\r\n{body}"))
    }),
    ("a yes in a chunk, and no last chunk", |call| {
        let body = chunked(call.yes(), "");
        Answer::whole(format!("{GOOD}transfer-encoding: chunked\r\n\r\n{body}"))
    }),
    (
        "a yes in chunks, `content-length` beside `transfer-encoding`",
        |call| {
            let body = chunked(call.yes(), "0\r\n\r\n");
            let head = "transfer-encoding: chunked\r\ncontent-length: 5\r\n";
            Answer::whole(format!("{GOOD}{head}\r\n{body}"))
                .yes("`transfer-encoding` counts (RFC 9112, 6.3), and the yes is whole")
        },
    ),
    ("a yes, the same the other way round", |call| {
        let length = call.yes().len();
        let head = format!("content-length: {length}\r\ntransfer-encoding: chunked\r\n");
        Answer::whole(format!("{GOOD}{head}\r\n{}", call.yes()))
    }),
    ("a yes, a `transfer-encoding` that nobody knows", |call| {
        let body = chunked(call.yes(), "0\r\n\r\n");
        Answer::whole(format!(
            "{GOOD}transfer-encoding: chunked, acme\r\n\r\n{body}"
        ))
    }),
    ("a yes, compressed by gzip", |call| {
        Answer::headed("content-encoding: gzip", gzip(call.yes().as_bytes()))
    }),
    ("a yes that only says it is compressed", |call| {
        Answer::headed("content-encoding: gzip", call.yes()).yes("the body is read as it came")
    }),
];

fn endless(header: &str, body: &str) -> Answer {
    Answer::whole(format!("{GOOD}{header}\r\n{body}")).then(" ".repeat(CHUNK), TEN_GIB)
}

fn plain(body: &str) -> String {
    format!("{GOOD}content-length: {}\r\n\r\n{body}", body.len())
}

fn with_status(status: &str, call: Call) -> Answer {
    Answer::whole(plain(call.yes()).replace("200 OK", status))
}

fn with_headers(headers: &str, call: Call) -> Answer {
    Answer::whole(format!("{GOOD}{headers}\r\n{}", call.yes()))
}

fn lying(call: Call, more: isize) -> Answer {
    let length = call.yes().len().saturating_add_signed(more);
    with_headers(&format!("content-length: {length}\r\n"), call)
}

fn chunked(body: &str, end: &str) -> String {
    format!("{:x}\r\n{body}\r\n{end}", body.len())
}

fn lines() -> String {
    "x-line: 0123456789012345678901\r\n".repeat(2048)
}

/// The bytes in a gzip envelope, stored as they are.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    let mut whole = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1];
    whole.extend(length.to_le_bytes());
    whole.extend((!length).to_le_bytes());
    whole.extend_from_slice(bytes);
    whole.extend(crc32(bytes).to_le_bytes());
    whole.extend(u32::from(length).to_le_bytes());
    whole
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    })
}
