//! `read` and `write` turn rules into JSON and back, and name the field that cannot be read.

use std::time::Duration;

use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::{Fault, FaultRule};
use crate::registry::Registry;
use crate::whole::whole;

/// Reads a rule and the id that it names, or says which of its fields is wrong and how.
pub(crate) fn read(rule: &Value, registry: &Registry) -> Result<(Option<u64>, FaultRule), String> {
    let fields = object(rule, "the rule")?;
    let known = [
        "id",
        "provider",
        "operation",
        "tenant",
        "times",
        "chance",
        "fault",
    ];
    all_known(fields, &known, "")?;
    let id = optional(fields, "id", "has to be a whole number, or absent", whole)?;
    let fault = fields.get("fault").ok_or("fault is missing")?;
    let rule = FaultRule {
        provider: optional(fields, "provider", "has to be a string", text)?,
        operation: optional(fields, "operation", "has to be a string", text)?,
        tenant: optional(fields, "tenant", "has to be a string", text)?,
        times: optional(fields, "times", "has to be 1 to 1000000, or absent", |it| {
            whole(it).and_then(|times| times.try_into().ok())
        })?,
        chance: optional(fields, "chance", "has to be a number", Value::as_f64)?,
        fault: read_fault(object(fault, "fault")?)?,
    };
    let rule = rule.checked(registry);
    Ok((id, rule.map_err(|problem| problem.to_string())?))
}

/// Writes a rule.
pub(crate) fn write(id: u64, rule: &FaultRule) -> Value {
    json!({
        "id": id,
        "provider": rule.provider,
        "operation": rule.operation,
        "tenant": rule.tenant,
        "times": rule.times,
        "chance": rule.chance,
        "fault": FaultRecord::from(&rule.fault),
    })
}

/// A fault as the test API writes it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = Fault)]
pub(crate) enum FaultRecord {
    /// The answer comes late, by real time.
    Delay {
        #[schema(minimum = 1, maximum = 120_000)]
        ms: u64,
    },
    /// The body comes byte by byte, with so much real time before each.
    Drip {
        #[schema(minimum = 1, maximum = 10_000)]
        ms_per_byte: u64,
    },
    /// The answer breaks off after so many bytes of its body, one before its end at the latest.
    Truncate {
        #[schema(maximum = 65_536)]
        bytes: u32,
    },
    /// A web page with HTTP 200 in place of the answer.
    Html {},
    /// HTTP 200 without a body in place of the answer.
    Empty {},
    /// The call is done, the message included, and the connection ends without an answer.
    AcceptThenCut {},
    /// The connection is reset without an answer; the call is not looked at.
    CutBeforeRead {},
    /// This HTTP status without a body; the call is not looked at.
    Status {
        #[schema(minimum = 300, maximum = 599)]
        code: u16,
    },
    /// The provider's own refusal with this code, which is none of success. A whole number is taken too.
    Refuse {
        #[schema(pattern = "^[A-Za-z0-9_.-]{1,64}$")]
        code: String,
    },
    /// The provider's own refusal with a code that is in no table.
    UnknownCode {},
    /// Masterpass refuses and hands out another token; the old one is dead.
    RotateToken {},
    /// Masterpass renews the session with this call.
    RenewSession {},
}

impl From<&Fault> for FaultRecord {
    fn from(fault: &Fault) -> Self {
        let millis = |time: &Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        match fault {
            Fault::Delay(by) => Self::Delay { ms: millis(by) },
            Fault::Drip(pause) => Self::Drip {
                ms_per_byte: millis(pause),
            },
            Fault::Status(code) => Self::Status { code: *code },
            Fault::Refuse(code) => Self::Refuse { code: code.clone() },
            Fault::Truncate(bytes) => Self::Truncate { bytes: *bytes },
            Fault::AcceptThenCut => Self::AcceptThenCut {},
            Fault::CutBeforeRead => Self::CutBeforeRead {},
            Fault::Html => Self::Html {},
            Fault::Empty => Self::Empty {},
            Fault::UnknownCode => Self::UnknownCode {},
            Fault::RotateToken => Self::RotateToken {},
            Fault::RenewSession => Self::RenewSession {},
        }
    }
}

// A number that is too great for its type is refused afterwards, as its greatest.
fn read_fault(fields: &Map<String, Value>) -> Result<Fault, String> {
    let kind = fields.get("kind").ok_or("fault.kind is missing")?;
    let kind = kind.as_str().ok_or("fault.kind has to be a string")?;
    let (detail, fault) = match kind {
        "delay" => ("ms", Fault::Delay(millis(fields, "ms")?)),
        "drip" => ("ms_per_byte", Fault::Drip(millis(fields, "ms_per_byte")?)),
        "status" => (
            "code",
            Fault::Status(number(fields, "code")?.try_into().unwrap_or(u16::MAX)),
        ),
        "refuse" => ("code", Fault::Refuse(code(fields)?)),
        "truncate" => (
            "bytes",
            Fault::Truncate(number(fields, "bytes")?.try_into().unwrap_or(u32::MAX)),
        ),
        "accept_then_cut" => ("", Fault::AcceptThenCut),
        "cut_before_read" => ("", Fault::CutBeforeRead),
        "html" => ("", Fault::Html),
        "empty" => ("", Fault::Empty),
        "unknown_code" => ("", Fault::UnknownCode),
        "rotate_token" => ("", Fault::RotateToken),
        "renew_session" => ("", Fault::RenewSession),
        _ => return Err("fault.kind is none that is known".to_owned()),
    };
    all_known(fields, &["kind", detail], "fault.")?;
    Ok(fault)
}

fn object<'value>(value: &'value Value, what: &str) -> Result<&'value Map<String, Value>, String> {
    value
        .as_object()
        .ok_or_else(|| format!("{what} has to be an object"))
}

fn all_known(fields: &Map<String, Value>, known: &[&str], within: &str) -> Result<(), String> {
    // The stranger is not repeated: it may be as long as a body.
    if fields.keys().all(|field| known.contains(&field.as_str())) {
        return Ok(());
    }
    let known: Vec<_> = known.iter().filter(|field| !field.is_empty()).collect();
    let known: Vec<_> = known
        .iter()
        .map(|field| format!("{within}{field}"))
        .collect();
    Err(format!(
        "there is a field that is not known; known are {}",
        known.join(", ")
    ))
}

/// A field that may be absent or null, which is the same.
fn optional<T>(
    fields: &Map<String, Value>,
    field: &str,
    otherwise: &str,
    read: impl FnOnce(&Value) -> Option<T>,
) -> Result<Option<T>, String> {
    match fields.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match read(value) {
            Some(value) => Ok(Some(value)),
            None => Err(format!("{field} {otherwise}")),
        },
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn number(fields: &Map<String, Value>, field: &str) -> Result<u64, String> {
    let number = fields.get(field).and_then(whole);
    number.ok_or_else(|| format!("fault.{field} has to be a whole number"))
}

fn millis(fields: &Map<String, Value>, field: &str) -> Result<Duration, String> {
    number(fields, field).map(Duration::from_millis)
}

/// A code as text; some providers' codes look like numbers, and are taken as such too.
fn code(fields: &Map<String, Value>) -> Result<String, String> {
    let code = fields.get("code");
    let text = code.and_then(Value::as_str).map(str::to_owned);
    let number = || code.and_then(whole).map(|code| code.to_string());
    text.or_else(number)
        .ok_or_else(|| "fault.code has to be a string or a whole number".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes::registry;

    fn read(rule: &Value) -> Result<(Option<u64>, FaultRule), String> {
        super::read(rule, &registry())
    }

    fn problem(rule: &Value) -> String {
        read(rule).expect_err("a problem")
    }

    #[test]
    fn a_rule_is_written_as_it_was_read() {
        for fault in [
            json!({"kind": "delay", "ms": 50}),
            json!({"kind": "status", "code": 503}),
            json!({"kind": "refuse", "code": "TOKEN_HAS_EXPIRED"}),
            json!({"kind": "truncate", "bytes": 0}),
            json!({"kind": "drip", "ms_per_byte": 1}),
            json!({"kind": "accept_then_cut"}),
            json!({"kind": "cut_before_read"}),
            json!({"kind": "html"}),
            json!({"kind": "empty"}),
            json!({"kind": "unknown_code"}),
            json!({"kind": "rotate_token"}),
            json!({"kind": "renew_session"}),
        ] {
            let rule = json!({
                "id": 7,
                "provider": "paywall",
                "operation": "otp/verify",
                "tenant": "paywall-0000000000000000",
                "times": 2,
                "chance": 0.5,
                "fault": fault,
            });
            let (id, kept) = read(&rule).expect("a rule");
            assert_eq!(write(id.expect("an id"), &kept), rule);
            let short = json!({"fault": fault});
            let (id, kept) = read(&short).expect("a rule");
            assert_eq!(id, None);
            let long = write(1, &kept);
            assert_eq!(long["fault"], fault);
            assert_eq!(long["times"], Value::Null);
        }
        let number = read(&json!({"fault": {"kind": "refuse", "code": 6}})).expect("a rule");
        assert_eq!(number.1.fault, Fault::Refuse("6".to_owned()));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let with = |name: &str, value: Value| {
            let mut rule = json!({"fault": {"kind": "html"}});
            rule[name] = value;
            problem(&rule)
        };
        for (name, value) in [
            ("id", json!("1")),
            ("id", json!(-1)),
            ("provider", json!("nobody")),
            ("provider", json!(1)),
            ("operation", json!("callback")),
            ("operation", json!(1)),
            ("tenant", json!({})),
            ("times", json!(0)),
            ("times", json!(-1)),
            ("times", json!(1.5)),
            ("times", json!(u64::MAX)),
            ("chance", json!(0)),
            ("chance", json!("often")),
            ("fault", json!("html")),
        ] {
            assert!(
                with(name, value.clone()).starts_with(name),
                "{name} {value}"
            );
        }
        let fault = |fault: Value| problem(&json!({"fault": fault}));
        for (value, field) in [
            (json!({}), "fault.kind"),
            (json!({"kind": "explode"}), "fault.kind"),
            (json!({"kind": 1}), "fault.kind"),
            (json!({"kind": "delay"}), "fault.ms"),
            (json!({"kind": "delay", "ms": u64::MAX}), "fault.ms"),
            (json!({"kind": "delay", "ms": "50"}), "fault.ms"),
            (json!({"kind": "status", "code": 70_000}), "fault.code"),
            (json!({"kind": "refuse", "code": null}), "fault.code"),
            (
                json!({"kind": "truncate", "bytes": u64::MAX}),
                "fault.bytes",
            ),
        ] {
            assert!(fault(value.clone()).starts_with(field), "{value}");
        }
        assert!(problem(&json!({})).starts_with("fault is missing"));
        assert!(problem(&json!([])).starts_with("the rule has to be"));
        let stranger = fault(json!({"kind": "html", "ms": 1}));
        assert!(stranger.ends_with("known are fault.kind"), "{stranger}");
        assert!(with("time", json!(1)).contains("not known"));
    }
}
