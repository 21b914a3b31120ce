//! Rules for faults as JSON, and `FaultRule::checked`, which says which rules can be.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Fault, FaultRule};
use crate::error::SandboxError;
use crate::fake::{Operation, Service};
use crate::registry::Registry;
use crate::whole;

const MOST_TIMES: u32 = 1_000_000;

/// The longest word of a problem: what came may be as long as a body.
const LONGEST_PROBLEM: usize = 300;

/// What is wrong with a rule, and in which of its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) field: &'static str,
    pub(crate) what: Cow<'static, str>,
}

impl Problem {
    pub(crate) fn new(field: &'static str, what: impl Into<Cow<'static, str>>) -> Self {
        let what = what.into();
        Self { field, what }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.what)
    }
}

impl From<Problem> for SandboxError {
    fn from(problem: Problem) -> Self {
        Self::InvalidFault {
            problem: problem.to_string(),
        }
    }
}

/// A rule as the test API takes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    #[serde(default, deserialize_with = "whole::optional")]
    id: Option<u64>,
    provider: Option<String>,
    operation: Option<String>,
    tenant: Option<String>,
    #[serde(default, deserialize_with = "whole::optional")]
    times: Option<u64>,
    chance: Option<f64>,
    fault: Map<String, Value>,
}

/// Reads a rule and the id that it names, or says which of its fields is wrong and how.
pub(crate) fn read(rule: &Value, registry: &Registry) -> Result<(Option<u64>, FaultRule), String> {
    // serde takes a list of its fields too.
    if !rule.is_object() {
        return Err("the rule has to be an object".to_owned());
    }
    let record = serde_path_to_error::deserialize(rule);
    let record: Record = record.map_err(|error| {
        let problem = error.to_string();
        problem.chars().take(LONGEST_PROBLEM).collect::<String>()
    })?;
    let checked = Fault::read(&record.fault).and_then(|fault| {
        let rule = FaultRule {
            provider: record.provider,
            operation: record.operation,
            tenant: record.tenant,
            // What is too great is refused, as the greatest.
            times: record.times.map(|it| it.try_into().unwrap_or(u32::MAX)),
            chance: record.chance,
            fault,
        };
        rule.checked(registry)
    });
    let rule = checked.map_err(|problem| problem.to_string())?;
    Ok((record.id, rule))
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
        "fault": rule.fault.written(),
    })
}

impl FaultRule {
    /// The rule with its provider's own name in place of an alias, or what is wrong with it.
    pub(crate) fn checked(mut self, registry: &Registry) -> Result<Self, Problem> {
        if let Some(name) = &self.provider {
            let wrong = |known| Problem::new("provider", format!("has to be {known}"));
            let provider = registry.provider(name).map_err(wrong)?;
            self.provider = Some(provider.as_str().to_owned());
        }
        let named = |service: &&'static Service| {
            let named = self.provider.as_deref();
            named.is_none_or(|name| service.provider.is_called(name))
        };
        let services: Vec<_> = registry.services().filter(named).collect();
        let meant = |operation: &&Operation| {
            let named = self.operation.as_deref();
            named.is_none_or(|name| operation.is_called(name))
        };
        let operations = services.iter().flat_map(|it| it.operations);
        let operations: Vec<_> = operations.filter(meant).collect();
        if operations.is_empty() && self.operation.is_some() {
            return Err(unknown_operation(&services));
        }
        for (is_good, field, what) in [
            (
                self.tenant.as_deref().is_none_or(is_word),
                "tenant",
                "has to be the name of a tenant, 1 to 64 letters, digits and hyphens",
            ),
            (
                self.times.is_none_or(|it| (1..=MOST_TIMES).contains(&it)),
                "times",
                "has to be 1 to 1000000, or absent",
            ),
            (
                self.chance.is_none_or(|it| it > 0.0 && it <= 1.0),
                "chance",
                "has to be above 0 and at most 1, or absent",
            ),
        ] {
            is_good.then_some(()).ok_or(Problem::new(field, what))?;
        }
        self.fault.check()?;
        let is_success = |service: &Service| match &self.fault {
            Fault::Refuse(code) => service.success_codes.contains(&code.as_str()),
            _ => false,
        };
        if registry.services().any(is_success) {
            let what = "is a code of success, with which no provider refuses";
            return Err(Problem::new("fault.code", what));
        }
        if self.fault.is_own() && !operations.iter().any(|it| self.fault.can_strike(it)) {
            let what = format!(
                "is {}, which none of these operations knows",
                self.fault.kind()
            );
            return Err(Problem::new("fault.kind", what));
        }
        Ok(self)
    }
}

impl Fault {
    /// What only some operations know strikes only there.
    pub(crate) fn can_strike(&self, operation: &Operation) -> bool {
        !self.is_own() || operation.own_faults.contains(&self.kind())
    }

    fn is_own(&self) -> bool {
        matches!(self, Self::RotateToken | Self::RenewSession)
    }
}

/// Says which operations there are instead.
fn unknown_operation(services: &[&Service]) -> Problem {
    let of = |service: &&Service| {
        let names = service.operation_names();
        format!("{}: {}", service.provider, names.join(", "))
    };
    let known: Vec<_> = services.iter().map(of).collect();
    Problem::new(
        "operation",
        format!("is not known; there is {}", known.join("; ")),
    )
}

/// Whether it is a name or a code: 1 to 64 signs that need no escaping anywhere.
pub(super) fn is_word(text: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    (1..=64).contains(&text.len()) && text.bytes().all(is_sign)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::kind::KINDS;
    use super::*;
    use crate::fakes::registry;
    use crate::table::rows;

    fn problem(rule: &Value) -> String {
        read(rule, &registry()).expect_err("a problem")
    }

    fn field(rule: FaultRule) -> &'static str {
        rule.checked(&registry()).map_or_else(|it| it.field, |_| "")
    }

    #[test]
    fn a_rule_is_written_as_it_was_read() {
        let details = json!({"delay": {"ms": 50}, "status": {"code": 503}, "truncate": {"bytes": 0},
                             "refuse": {"code": "TOKEN_HAS_EXPIRED"}, "drip": {"ms_per_byte": 1}});
        let described = include_str!("kinds.md").lines().skip(2);
        assert_eq!(described.count(), KINDS.len());
        assert!(KINDS.iter().all(|kind| !kind.about().is_empty()));
        let faults = KINDS.iter().map(|kind| {
            let mut fault = json!({"kind": kind.name});
            for (name, value) in details[kind.name].as_object().into_iter().flatten() {
                fault[name] = value.clone();
            }
            fault
        });
        for fault in faults.chain([json!({"kind": "html", "code": 403})]) {
            let rule = json!({"id": 7, "provider": "paywall", "operation": "otp/verify",
                              "tenant": "paywall-0000000000000000", "times": 2, "chance": 0.5,
                              "fault": fault});
            let (id, kept) = read(&rule, &registry()).expect("a rule");
            assert_eq!(write(id.expect("an id"), &kept), rule);
            let (id, kept) = read(&json!({"fault": fault}), &registry()).expect("a rule");
            assert_eq!(id, None);
            let long = write(1, &kept);
            assert_eq!((&long["fault"], &long["times"]), (&fault, &Value::Null));
        }
        for code in [json!({}), json!({"code": 200}), json!({"code": null})] {
            let mut fault = code;
            fault["kind"] = "html".into();
            let (_, kept) = read(&json!({"fault": fault}), &registry()).expect("a rule");
            assert_eq!(kept.fault, Fault::Html(200));
        }
        let number = json!({"times": 2.0, "fault": {"kind": "refuse", "code": 6}});
        let (_, kept) = read(&number, &registry()).expect("a rule");
        assert_eq!(
            (kept.times, kept.fault),
            (Some(2), Fault::Refuse("6".to_owned()))
        );
    }

    /// Fields, the values that they can have, and those that they cannot.
    const BOUNDS: &str = r#"
| field | good | bad |
| id | [0, null] | ["1", -1] |
| provider | ["paytr-link"] | ["nobody", 1] |
| operation | ["send_otp"] | ["callback", "callback_", 1] |
| tenant | ["a-1"] | [{}, "", "a b"] |
| times | [1, 2.0, 1000000, null] | [0, -1, 1.5, 1000001, 18446744073709551615] |
| chance | [0.001, 1, null] | [0, -0.5, 1.01, "often"] |
| fault | [{"kind": "empty"}] | ["html", [], {"kind": "html", "ms": 1}, {"kind": "empty", "": 1}] |
| fault.kind | [] | [null, "explode", 1] |
| fault.ms of delay | [1, 120000] | [0, 120001, 18446744073709551615, "50", null] |
| fault.ms_per_byte of drip | [1, 10000] | [0, 10001] |
| fault.code of status | [300, 599] | [299, 600, 70000, "503"] |
| fault.code of html | [200, 599, null] | [199, 600, "403"] |
| fault.bytes of truncate | [0, 65536] | [65537, 18446744073709551615, -1] |
| fault.code of refuse | ["a", "A-1_.", 6] | ["", "a b", "ş", "0000", null] |
"#;

    #[test]
    fn what_cannot_be_is_named() {
        for [field, good, bad] in rows(BOUNDS) {
            let (field, kind) = field.split_once(" of ").unwrap_or((field, "html"));
            let rule = |value: &Value| {
                let mut rule = json!({"fault": {"kind": kind}});
                let place = field.replacen("fault.", "fault/", 1);
                match place.split_once('/') {
                    Some((within, name)) => rule[within][name] = value.clone(),
                    None => rule[field] = value.clone(),
                }
                rule
            };
            let values = |text: &str| serde_json::from_str::<Vec<Value>>(text).expect("a list");
            for value in values(good) {
                assert!(read(&rule(&value), &registry()).is_ok(), "{field} {value}");
            }
            for value in values(bad) {
                let problem = problem(&rule(&value));
                assert!(problem.starts_with(field), "{field} {value}: {problem}");
            }
        }
        assert!(problem(&json!({})).contains("missing field `fault`"));
        let kind = json!({"kind": "html"});
        for list in [json!([]), json!([null, null, null, null, null, null, kind])] {
            assert_eq!(problem(&list), "the rule has to be an object");
        }
        let long = json!({"x".repeat(9_999): 1, "fault": {"kind": "html"}});
        assert_eq!(problem(&long).len(), LONGEST_PROBLEM);
        let stranger = json!({"time": 1, "fault": {"kind": "html"}});
        assert!(problem(&stranger).contains("unknown field"));
        assert_eq!(
            field(FaultRule::new(Fault::Html(200)).chance(f64::NAN)),
            "chance"
        );
        assert_eq!(field(Fault::Delay(Duration::ZERO).into()), "fault.ms");
        assert_eq!(field(Fault::Refuse("x".repeat(65)).into()), "fault.code");
    }

    #[test]
    fn an_operation_is_known_by_the_wires_name_and_the_traits() {
        let rule = || FaultRule::new(Fault::Html(200));
        for service in registry().services() {
            for operation in service.operation_names() {
                assert_eq!(field(rule().operation(operation)), "");
                let rule = rule().provider(service.provider).operation(operation);
                assert_eq!(field(rule), "");
            }
        }
        let alias = rule().provider("paywall-masterpass").checked(&registry());
        let own = alias.expect("a rule").provider;
        assert_eq!(own.as_deref(), Some("paywall"));
        let unknown = rule().provider("paytr-link").operation("send_otp");
        let problem = unknown.checked(&registry()).expect_err("a problem");
        assert_eq!(
            problem.to_string(),
            "operation is not known; there is paytr: create, send-sms, send-email, delete, notify"
        );
    }

    #[test]
    fn masterpass_own_faults_need_one_of_its_operations() {
        let rotate = || FaultRule::new(Fault::RotateToken);
        for (rule, bad) in [
            (rotate(), ""),
            (rotate().provider("paywall-masterpass"), ""),
            (rotate().operation("send_otp"), ""),
            (rotate().provider("paynet"), "fault.kind"),
            (
                rotate().provider("paywall").operation("session"),
                "fault.kind",
            ),
        ] {
            assert_eq!(field(rule.clone()), bad, "{rule:?}");
        }
    }
}
