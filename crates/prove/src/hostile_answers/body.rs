//! Bodies that are no JSON, that are too much of it, or that say two things at once.

use super::answer::{Answer, Make};
use crate::every_call::Call;

const DEEP: usize = 100_000;
const SKIPPED: &str = "a field that nobody asked for is skipped, whatever is in it";
const REPLACED: &str = "what is no UTF-8 becomes U+FFFD, and only in a text";

pub(super) const ANSWERS: &[(&str, Make)] = &[
    ("an empty body", |_| Answer::body("")),
    ("100,000 `[`", |_| Answer::body("[".repeat(DEEP))),
    ("100,000 `{\"a\":`", |_| {
        Answer::body(r#"{"a":"#.repeat(DEEP / 3))
    }),
    (
        "a yes with 100,000 lists inside each other beside it",
        |call| {
            let deep = format!("{}{}", "[".repeat(DEEP), "]".repeat(DEEP));
            Answer::body(beside(call, &format!(r#""x":{deep}"#))).yes(SKIPPED)
        },
    ),
    ("a yes with a text of 200 KiB", |call| {
        Answer::body(with_text(call, &"ç".repeat(100 * 1024))).yes("the cap is 256 KiB")
    }),
    ("a yes with a text of 300 KiB", |call| {
        Answer::body(with_text(call, &"ç".repeat(150 * 1024)))
    }),
    ("a yes in UTF-16, little end first", |call| {
        let bytes: Vec<u8> = call
            .yes()
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        Answer::typed("application/json; charset=utf-16", bytes)
    }),
    ("a yes in UTF-16, with a byte order mark", |call| {
        let text = format!("\u{feff}{}", call.yes());
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        Answer::typed("application/json; charset=utf-16", bytes)
    }),
    ("a yes with Turkish letters in ISO-8859-9", |call| {
        // ğ, ı, ş, İ
        let bytes = around(call, &[0xf0, 0xfd, 0xfe, 0xdd]);
        Answer::typed("application/json; charset=iso-8859-9", bytes).yes(REPLACED)
    }),
    ("a yes with bytes that are no UTF-8 in a text", |call| {
        Answer::body(around(call, &[0xc3, 0x28, 0xff, 0xed, 0xa0, 0x80])).yes(REPLACED)
    }),
    ("a byte that is no UTF-8 in the verdict itself", |call| {
        let (_, yes, _) = call.verdict();
        let text = yes.trim_matches('"').as_bytes();
        let value = [b"\"", text, b"\xff\""].concat();
        Answer::body(replaced(call, &value))
    }),
    ("a yes that says it is UTF-16 and is UTF-8", |call| {
        Answer::typed("text/html; charset=utf-16", call.yes())
            .yes("what the content type says is not looked at")
    }),
    ("a yes behind a byte order mark", |call| {
        Answer::body(format!("\u{feff}{}", call.yes())).yes("one byte order mark is skipped")
    }),
    ("a yes behind two byte order marks", |call| {
        Answer::body(format!("\u{feff}\u{feff}{}", call.yes()))
    }),
    ("a yes behind a NUL", |call| {
        Answer::body(format!("\0{}", call.yes()))
    }),
    ("a yes before a NUL", |call| {
        Answer::body(format!("{}\0", call.yes()))
    }),
    ("a NUL in the verdict itself", |call| {
        verdict(call, "\"\0\"")
    }),
    ("a yes behind a blank that JSON has not", |call| {
        Answer::body(format!("\u{a0}{}", call.yes()))
    }),
    ("yes, and then no, in the same field", |call| {
        twice(call, true, false)
    }),
    ("no, and then yes, in the same field", |call| {
        twice(call, false, true)
    }),
    ("yes twice in the same field", |call| {
        twice(call, true, true)
    }),
    (
        "yes, and then no, the name written with an escape",
        |call| {
            let (field, yes, no) = call.verdict();
            let (first, rest) = field.split_at(1);
            let first = first.chars().next().map_or(0, u32::from);
            let both = format!(r#""{field}":{yes},"\u{first:04x}{rest}":{no}"#);
            Answer::body(call.yes().replace(&format!(r#""{field}":{yes}"#), &both))
        },
    ),
    ("`1e400` for a verdict", |call| verdict(call, "1e400")),
    ("`1e-400` for a verdict", |call| verdict(call, "1e-400")),
    ("`-0` for a verdict", |call| verdict(call, "-0")),
    ("`0.0` for a verdict", |call| verdict(call, "0.0")),
    ("an integer of 100,000 digits for a verdict", |call| {
        verdict(call, &"9".repeat(DEEP))
    }),
    ("a verdict in a list", |call| {
        let (_, yes, _) = call.verdict();
        verdict(call, &format!("[{yes}]"))
    }),
    ("a verdict in an object", |call| {
        let (_, yes, _) = call.verdict();
        verdict(call, &format!(r#"{{"value":{yes}}}"#))
    }),
    ("`null` for a verdict", |call| verdict(call, "null")),
    ("an empty text for a verdict", |call| verdict(call, r#""""#)),
    ("a verdict with a blank behind it", |call| {
        let (_, yes, _) = call.verdict();
        verdict(call, &format!(r#""{} ""#, yes.trim_matches('"')))
    }),
    ("a yes with `1e400` beside it", |call| {
        Answer::body(beside(call, r#""x":1e400"#)).yes(SKIPPED)
    }),
    ("a yes with `1e400` for its text", |call| {
        // PayTR's text stands beside a no alone.
        if call.name().0 == "PayTR" {
            return Answer::body(beside(call, r#""reason":1e400"#));
        }
        Answer::body(with_text(call, "\u{1}").replace("\"\u{1}\"", "1e400"))
    }),
    ("half of a surrogate pair for a verdict", |call| {
        verdict(call, r#""\ud83d""#)
    }),
    ("a yes, then garbage", |call| {
        Answer::body(format!("{}x", call.yes()))
    }),
    ("a yes, then a yes", |call| {
        Answer::body(format!("{0}\n{0}", call.yes()))
    }),
    ("a yes, then a no", |call| {
        Answer::body(format!("{}{}", call.yes(), no(call)))
    }),
    ("a yes in a list", |call| {
        Answer::body(format!("[{}]", call.yes()))
    }),
    ("a yes in a text", |call| {
        Answer::body(format!("\"{}\"", call.yes().replace('"', "\\\"")))
    }),
    ("a yes behind `)]}',`", |call| {
        Answer::body(format!(")]}}',\n{}", call.yes()))
    }),
    ("a yes with a comma behind the last field", |call| {
        Answer::body(beside(call, ""))
    }),
    ("a yes with names in single quotes", |call| {
        Answer::body(call.yes().replace('"', "'"))
    }),
    ("a yes without its last bracket", |call| {
        let yes = call.yes();
        Answer::body(yes.strip_suffix('}').unwrap_or(yes))
    }),
    ("`0`", |_| Answer::body("0")),
    ("`true`", |_| Answer::body("true")),
    ("`\"success\"`", |_| Answer::body(r#""success""#)),
    ("`null`", |_| Answer::body("null")),
    ("`[]`", |_| Answer::body("[]")),
    ("`{}`", |_| Answer::body("{}")),
];

/// The yes with another value where the verdict stands.
fn verdict(call: Call, value: &str) -> Answer {
    Answer::body(replaced(call, value.as_bytes()))
}

fn replaced(call: Call, value: &[u8]) -> Vec<u8> {
    let (field, yes, _) = call.verdict();
    let wanted = format!(r#""{field}":{yes}"#);
    let (before, after) = call.yes().split_once(&wanted).unwrap_or(("", ""));
    let named = format!(r#"{before}"{field}":"#);
    [named.as_bytes(), value, after.as_bytes()].concat()
}

fn no(call: Call) -> String {
    let (_, _, no) = call.verdict();
    String::from_utf8_lossy(&replaced(call, no.as_bytes())).into_owned()
}

/// Two verdicts in one field, yes or no each.
fn twice(call: Call, first: bool, second: bool) -> Answer {
    let (field, yes, no) = call.verdict();
    let pick = |says_yes| if says_yes { yes } else { no };
    let both = format!(r#"{},"{field}":{}"#, pick(first), pick(second));
    verdict(call, &both)
}

/// The yes with something more as the last field of its object.
fn beside(call: Call, more: &str) -> String {
    let yes = call.yes();
    format!("{},{more}}}", yes.strip_suffix('}').unwrap_or(yes))
}

/// The yes with another text in it.
fn with_text(call: Call, text: &str) -> String {
    call.yes().replace("Basarili", text).replace("Tamam", text)
}

/// The yes with these bytes in its text.
fn around(call: Call, bytes: &[u8]) -> Vec<u8> {
    let marked = with_text(call, "\u{1}");
    let (before, after) = marked.split_once('\u{1}').unwrap_or(("", ""));
    [before.as_bytes(), bytes, after.as_bytes()].concat()
}
