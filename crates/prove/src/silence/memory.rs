//! What stays in memory after a drop: this process reads its own.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use onay::guard::{Guarded, GuardedBuilder, MemoryStore};
use onay::paynet::{Paynet, SecretKey};
use onay::paytr_link::{Credentials, PaytrLink};
use onay::paywall_masterpass::{Keys, PaywallMasterpass};
use onay::{OtpCode, OtpToken, Secret, SessionId};
use onay_testkit::NullSender;

use super::Failed;
use crate::report::Report;

/// A value, written so that looking for it does not find this.
const HIDDEN: u8 = 0x5a;
/// As long as no other value, so that the freed memory is not used again at once.
const LENGTH: usize = 203;
/// What a freed piece of memory begins with is the allocator's.
const ALLOCATORS: usize = 32;
/// Several of each, for one could be overwritten by chance.
const COPIES: usize = 8;
const CHUNK: usize = 1 << 20;

/// A value that only this row has.
struct Value(Vec<u8>);

impl Value {
    fn new(row: usize) -> Self {
        let letter = |place: usize| {
            let letters = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";
            let pick = (row * 31 + place * place * 7 + place * 13) % letters.len();
            letters.get(pick).copied().unwrap_or(b'a') ^ HIDDEN
        };
        Self((0..LENGTH).map(letter).collect())
    }

    /// The value in the open, made letter by letter in one piece of memory.
    fn open(&self) -> String {
        let mut open = String::with_capacity(LENGTH);
        for letter in &self.0 {
            open.push(char::from(letter ^ HIDDEN));
        }
        open
    }
}

/// Looks through all that this process can write to.
struct Memory {
    file: File,
    buffer: Vec<u8>,
}

impl Memory {
    fn open() -> Result<Self, Failed> {
        Ok(Self {
            file: File::open("/proc/self/mem")?,
            buffer: vec![0; CHUNK],
        })
    }

    /// How often the end of the value stands somewhere.
    fn count(&mut self, value: &Value) -> Result<usize, Failed> {
        let mut maps = String::new();
        File::open("/proc/self/maps")?.read_to_string(&mut maps)?;
        let tail = value.0.get(ALLOCATORS..).unwrap_or_default();
        let mut count = 0;
        for line in maps.lines() {
            let mut words = line.split(' ');
            let (range, rights) = (words.next(), words.next());
            let range = range.and_then(|range| range.split_once('-'));
            if let (Some((start, end)), Some("rw-p")) = (range, rights) {
                let start = usize::from_str_radix(start, 16)?;
                count += self.count_in(start, usize::from_str_radix(end, 16)?, tail);
            }
        }
        Ok(count)
    }

    fn count_in(&mut self, start: usize, end: usize, tail: &[u8]) -> usize {
        let own = self.buffer.as_ptr() as usize;
        let own = own..own + self.buffer.len();
        let mut count = 0;
        let mut at = start;
        while at < end {
            let mut length = CHUNK.min(end - at);
            // What was read stands in the buffer, and is no find.
            if own.contains(&at) {
                at = own.end;
                continue;
            }
            if at < own.start {
                length = length.min(own.start - at);
            }
            let Some(buffer) = self.buffer.get_mut(..length) else {
                break;
            };
            // A guard page cannot be read.
            let found = self.file.seek(SeekFrom::Start(at as u64));
            let read = found
                .and_then(|_| self.file.read(buffer))
                .unwrap_or_default();
            count += occurrences(self.buffer.get(..read).unwrap_or_default(), tail);
            if length < CHUNK || at + length >= end {
                at += length;
            } else {
                at += length - tail.len();
            }
        }
        count
    }
}

fn occurrences(memory: &[u8], tail: &[u8]) -> usize {
    let Some(first) = tail.first().map(|first| first ^ HIDDEN) else {
        return 0;
    };
    let mut count = 0;
    let mut rest = memory;
    while let Some(found) = rest.iter().position(|byte| *byte == first) {
        rest = rest.get(found..).unwrap_or_default();
        let same = rest.len() >= tail.len()
            && rest
                .iter()
                .zip(tail)
                .all(|(byte, hidden)| *byte == hidden ^ HIDDEN);
        count += usize::from(same);
        rest = rest.get(1..).unwrap_or_default();
    }
    count
}

/// A type, and how one is made from a text.
type Kept = (
    &'static str,
    fn(&str) -> Result<Box<dyn std::any::Any>, Failed>,
);

const WIPED: [Kept; 11] = [
    ("`Secret`", |text| Ok(Box::new(Secret::new(text)))),
    ("`OtpCode`", |text| Ok(Box::new(OtpCode::parse(text)?))),
    ("`OtpToken`", |text| Ok(Box::new(OtpToken::parse(text)?))),
    ("`SessionId`", |text| Ok(Box::new(SessionId::parse(text)?))),
    ("`paynet::SecretKey`", |text| {
        Ok(Box::new(SecretKey::parse(text)?))
    }),
    ("`paynet::PaynetBuilder`", |text| {
        Ok(Box::new(
            Paynet::builder().secret_key(SecretKey::parse(text)?),
        ))
    }),
    ("`paywall_masterpass::Keys`", |text| {
        Ok(Box::new(Keys::parse(text, text)?))
    }),
    ("`paywall_masterpass::PaywallMasterpassBuilder`", |text| {
        Ok(Box::new(
            PaywallMasterpass::builder().keys(Keys::parse(text, text)?),
        ))
    }),
    ("`paytr_link::Credentials`", |text| {
        Ok(Box::new(Credentials::parse("100001", text, text)?))
    }),
    (
        "`paytr_link::PaytrLink`, which holds key and salt",
        |text| {
            let builder = PaytrLink::builder()
                .credentials(Credentials::parse("100001", text, text)?)
                .base_url("http://127.0.0.1:9".parse()?);
            Ok(Box::new(builder.build()?))
        },
    ),
    ("`guard::GuardedBuilder`", |text| {
        let builder: GuardedBuilder<NullSender, MemoryStore> =
            Guarded::builder(NullSender, MemoryStore::new());
        Ok(Box::new(builder.secret(text.as_bytes())))
    }),
];

/// Says for every type that keeps a secret whether it is gone after the drop.
pub(super) fn rows(report: &mut Report) -> Result<Vec<Vec<String>>, Failed> {
    let mut memory = Memory::open()?;
    let mut rows = Vec::new();
    for (number, (name, make)) in WIPED.into_iter().enumerate() {
        let value = Value::new(number);
        let mut kept = Vec::with_capacity(COPIES);
        for _ in 0..COPIES {
            // A `Secret`, for this copy has to go too.
            let open = Secret::new(value.open());
            kept.push(make(open.reveal())?);
        }
        let before = memory.count(&value)?;
        drop(kept);
        let after = memory.count(&value)?;
        if before < COPIES {
            report.breach(format!("{name}: not seen while it was there ({before})"));
        }
        if after > 0 {
            report.breach(format!("{name}: still there {after} times after the drop"));
        }
        let gone = if after == 0 { "not found" } else { "**found**" };
        rows.push(vec![name.to_owned(), "found".to_owned(), gone.to_owned()]);
    }
    rows.push(control(&mut memory, report)?);
    Ok(rows)
}

/// A text that nobody wipes.
fn control(memory: &mut Memory, report: &mut Report) -> Result<Vec<String>, Failed> {
    let value = Value::new(WIPED.len());
    let kept: Vec<String> = (0..COPIES).map(|_| value.open()).collect();
    let before = memory.count(&value)?;
    drop(kept);
    let after = memory.count(&value)?;
    if before < COPIES || after == 0 {
        report.breach(format!(
            "a plain `String` was seen {before} times and then {after} times: the proof proves nothing"
        ));
    }
    let row = [
        "a plain `String`, to see that there is something to find",
        "found",
        "found",
    ];
    Ok(row.map(str::to_owned).to_vec())
}
