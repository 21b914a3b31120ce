//! `KINDS` lists every kind of fault with its parameter; by it faults are read, written, checked and
//! described.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::Fault;
use super::rule::{Problem, is_word};
use crate::fake::Service;
use crate::table::rows;
use crate::whole::whole;

/// A kind of fault.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    /// Its name in the test API and in the journal.
    pub(crate) name: &'static str,
    detail: Option<Detail>,
}

/// The parameter of a kind.
#[derive(Clone, Copy, Debug)]
struct Detail {
    /// `fault.` and its name.
    field: &'static str,
    takes: Takes,
    has_to: &'static str,
}

#[derive(Clone, Copy, Debug)]
enum Takes {
    /// A whole number from the first to the second.
    Number(u64, u64),
    /// The same, or nothing.
    MaybeNumber(u64, u64),
    /// A code, as text or as a whole number.
    Code,
}

const fn plain(name: &'static str) -> Kind {
    Kind { name, detail: None }
}

const fn with(name: &'static str, field: &'static str, takes: Takes, has_to: &'static str) -> Kind {
    let detail = Detail {
        field,
        takes,
        has_to,
    };
    Kind {
        name,
        detail: Some(detail),
    }
}

const OF_DELAY: &str = "has to be 1 to 120000, which is two minutes";
const OF_PAGE: &str = "has to be an HTTP status from 200 to 599, or absent";
const OF_STATUS: &str = "has to be an HTTP status from 300 to 599";
const OF_CODE: &str = "has to be 1 to 64 letters, digits, underscores, hyphens and dots";

/// Every kind, in the order of the documentation.
pub(crate) static KINDS: [Kind; 12] = [
    with("delay", "fault.ms", Takes::Number(1, 120_000), OF_DELAY),
    with(
        "drip",
        "fault.ms_per_byte",
        Takes::Number(1, 10_000),
        "has to be 1 to 10000",
    ),
    with(
        "truncate",
        "fault.bytes",
        Takes::Number(0, 65_536),
        "has to be 0 to 65536",
    ),
    with("html", "fault.code", Takes::MaybeNumber(200, 599), OF_PAGE),
    plain("empty"),
    plain("accept_then_cut"),
    plain("cut_before_read"),
    with("status", "fault.code", Takes::Number(300, 599), OF_STATUS),
    with("refuse", "fault.code", Takes::Code, OF_CODE),
    plain("unknown_code"),
    plain("rotate_token"),
    plain("renew_session"),
];

impl Kind {
    /// The kind of this name.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// What happens, as the documentation says.
    pub(super) fn about(&self) -> &'static str {
        let mut kinds = rows::<3>(include_str!("kinds.md"));
        let found = kinds
            .find(|[kind, ..]| kind.trim_start_matches('`').split('`').next() == Some(self.name));
        found.map_or("", |[_, what, _]| what)
    }

    /// What a fault of this kind is in the test API, for machines.
    pub(crate) fn schema(&self, services: &[&Service]) -> Value {
        let mut required = vec!["kind"];
        let kind = json!({"type": "string", "enum": [self.name]});
        let mut properties = Map::from_iter([("kind".to_owned(), kind)]);
        if let Some(detail) = &self.detail {
            let number = |kinds: Value, least, most| json!({"type": kinds, "minimum": least, "maximum": most});
            let schema = match detail.takes {
                Takes::Number(least, most) => number("integer".into(), least, most),
                Takes::MaybeNumber(least, most) => number(json!(["integer", "null"]), least, most),
                Takes::Code => {
                    let successes = services.iter().flat_map(|it| it.success_codes);
                    let successes: Vec<_> = successes.collect();
                    json!({"type": "string", "pattern": "^[A-Za-z0-9_.-]{1,64}$",
                           "not": {"enum": successes}})
                }
            };
            properties.insert(detail.name().to_owned(), schema);
            if !matches!(detail.takes, Takes::MaybeNumber(..)) {
                required.push(detail.name());
            }
        }
        json!({
            "description": self.about(),
            "type": "object",
            "required": required,
            "properties": properties,
            "additionalProperties": false,
        })
    }
}

impl Detail {
    fn name(&self) -> &'static str {
        self.field.trim_start_matches("fault.")
    }

    fn problem(&self) -> Problem {
        Problem::new(self.field, self.has_to)
    }
}

impl Fault {
    /// Reads a fault, or says which of its fields is wrong and how.
    pub(super) fn read(fields: &Map<String, Value>) -> Result<Self, Problem> {
        let known = || {
            let names = KINDS.map(|kind| kind.name).join(", ");
            Problem::new("fault.kind", format!("has to be one of {names}"))
        };
        let kind = fields.get("kind").and_then(Value::as_str);
        let kind = kind.and_then(Kind::named).ok_or_else(known)?;
        let detail = kind.detail.as_ref();
        let is_detail = |field: &str| detail.is_some_and(|it| it.name() == field);
        let mut names = fields.keys();
        if !names.all(|field| field == "kind" || is_detail(field)) {
            // The unknown field is not repeated: it may be as long as a body.
            let known = detail.map_or(String::new(), |it| format!(", {}", it.field));
            let what = format!("has a field that is not known; known are fault.kind{known}");
            return Err(Problem::new("fault", what));
        }
        let given = detail.and_then(|it| fields.get(it.name()));
        let given = given.filter(|value| !value.is_null());
        let wrong = || detail.map_or_else(known, Detail::problem);
        let number = || given.and_then(whole).ok_or_else(wrong);
        // What is too great for its type is refused afterwards, as its greatest.
        let small = || number().map(|number| u16::try_from(number).unwrap_or(u16::MAX));
        // Some providers' codes look like numbers, and are taken as such too.
        let code = || {
            let text = given.and_then(Value::as_str).map(str::to_owned);
            text.ok_or_else(wrong)
                .or_else(|_| number().map(|it| it.to_string()))
        };
        Ok(match kind.name {
            "delay" => Self::Delay(Duration::from_millis(number()?)),
            "drip" => Self::Drip(Duration::from_millis(number()?)),
            "truncate" => Self::Truncate(number()?.try_into().unwrap_or(u32::MAX)),
            "html" if given.is_none() => Self::Html(200),
            "html" => Self::Html(small()?),
            "status" => Self::Status(small()?),
            "refuse" => Self::Refuse(code()?),
            "empty" => Self::Empty,
            "accept_then_cut" => Self::AcceptThenCut,
            "cut_before_read" => Self::CutBeforeRead,
            "unknown_code" => Self::UnknownCode,
            "rotate_token" => Self::RotateToken,
            _ => Self::RenewSession,
        })
    }

    /// Writes a fault.
    pub(crate) fn written(&self) -> Value {
        let mut written = Map::from_iter([("kind".to_owned(), self.kind().into())]);
        let detail = Kind::named(self.kind()).and_then(|kind| kind.detail.as_ref());
        if let (Some(detail), Some(value)) = (detail, self.detail()) {
            written.insert(detail.name().to_owned(), value);
        }
        Value::Object(written)
    }

    /// Whether what it was asked for is within bounds.
    pub(super) fn check(&self) -> Result<(), Problem> {
        let detail = Kind::named(self.kind()).and_then(|kind| kind.detail.as_ref());
        let (Some(detail), Some(value)) = (detail, self.detail()) else {
            return Ok(());
        };
        let is_good = match detail.takes {
            Takes::Number(least, most) | Takes::MaybeNumber(least, most) => value
                .as_u64()
                .is_some_and(|it| (least..=most).contains(&it)),
            Takes::Code => value.as_str().is_some_and(is_word),
        };
        is_good.then_some(()).ok_or_else(|| detail.problem())
    }

    fn detail(&self) -> Option<Value> {
        match self {
            Self::Delay(time) | Self::Drip(time) => {
                let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
                Some(millis.into())
            }
            Self::Html(200) => None,
            Self::Status(code) | Self::Html(code) => Some((*code).into()),
            Self::Truncate(bytes) => Some((*bytes).into()),
            Self::Refuse(code) => Some(code.as_str().into()),
            _ => None,
        }
    }
}
