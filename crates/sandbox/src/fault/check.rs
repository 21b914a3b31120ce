//! `FaultRule::check` says which rules can be: known names, and numbers within bounds.

use std::borrow::Cow;
use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

use super::{Fault, FaultRule};
use crate::error::SandboxError;
use crate::fake::{Operation, Service};
use crate::registry::Registry;

const DELAYS: RangeInclusive<Duration> = Duration::from_millis(1)..=Duration::from_secs(120);
const DRIPS: RangeInclusive<Duration> = Duration::from_millis(1)..=Duration::from_secs(10);
const STATUSES: RangeInclusive<u16> = 300..=599;
const MOST_TIMES: u32 = 1_000_000;
const MOST_BYTES: u32 = 65_536;
const LONGEST_CODE: usize = 64;
const LONGEST_TENANT: usize = 64;

/// What is wrong with a rule, and in which of its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) field: &'static str,
    pub(crate) what: Cow<'static, str>,
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

impl FaultRule {
    /// The rule with its provider's own name in place of an alias, or what is wrong with it.
    pub(crate) fn checked(mut self, registry: &Registry) -> Result<Self, Problem> {
        if let Some(name) = &self.provider {
            let provider = registry.provider(name).map_err(|known| Problem {
                field: "provider",
                what: format!("has to be {known}").into(),
            })?;
            self.provider = Some(provider.as_str().to_owned());
        }
        self.check(registry)?;
        Ok(self)
    }

    fn check(&self, registry: &Registry) -> Result<(), Problem> {
        let named = |service: &&'static Service| {
            let named = self.provider.as_deref();
            named.is_none_or(|name| service.provider.is_called(name))
        };
        let services: Vec<_> = registry.services().filter(named).collect();
        let operations: Vec<_> = services.iter().flat_map(|it| it.operations).collect();
        let meant: Vec<_> = match &self.operation {
            Some(name) => operations
                .into_iter()
                .filter(|it| it.is_called(name))
                .collect(),
            None => operations,
        };
        if meant.is_empty() && self.operation.is_some() {
            return Err(Problem {
                field: "operation",
                what: unknown_operation(&services).into(),
            });
        }
        let is_name = |name: &str| is_word(name, LONGEST_TENANT);
        ensure(
            self.tenant.as_deref().is_none_or(is_name),
            "tenant",
            "has to be the name of a tenant, 1 to 64 letters, digits and hyphens",
        )?;
        ensure(
            self.times.is_none_or(|it| (1..=MOST_TIMES).contains(&it)),
            "times",
            "has to be 1 to 1000000, or absent",
        )?;
        ensure(
            self.chance.is_none_or(|it| it > 0.0 && it <= 1.0),
            "chance",
            "has to be above 0 and at most 1, or absent",
        )?;
        let all: Vec<_> = registry.services().collect();
        self.check_fault(&all, &meant)
    }

    fn check_fault(&self, services: &[&Service], meant: &[&Operation]) -> Result<(), Problem> {
        match &self.fault {
            Fault::Delay(by) => ensure(
                DELAYS.contains(by),
                "fault.ms",
                "has to be 1 to 120000, which is two minutes",
            ),
            Fault::Drip(pause) => ensure(
                DRIPS.contains(pause),
                "fault.ms_per_byte",
                "has to be 1 to 10000",
            ),
            Fault::Status(code) => ensure(
                STATUSES.contains(code),
                "fault.code",
                "has to be an HTTP status from 300 to 599",
            ),
            Fault::Truncate(bytes) => {
                ensure(*bytes <= MOST_BYTES, "fault.bytes", "has to be 0 to 65536")
            }
            Fault::Refuse(code) => {
                ensure(
                    is_word(code, LONGEST_CODE),
                    "fault.code",
                    "has to be 1 to 64 letters, digits, underscores, hyphens and dots",
                )?;
                ensure(
                    !services
                        .iter()
                        .any(|it| it.success_codes.contains(&code.as_str())),
                    "fault.code",
                    "is a code of success, with which no provider refuses",
                )
            }
            Fault::RotateToken | Fault::RenewSession => {
                let kind = self.fault.kind();
                if meant.iter().any(|it| it.own_faults.contains(&kind)) {
                    return Ok(());
                }
                Err(Problem {
                    field: "fault.kind",
                    what: format!("is {kind}, which none of these operations knows").into(),
                })
            }
            Fault::AcceptThenCut
            | Fault::CutBeforeRead
            | Fault::Html
            | Fault::Empty
            | Fault::UnknownCode => Ok(()),
        }
    }
}

/// Says which operations there are instead.
fn unknown_operation(services: &[&Service]) -> String {
    let of = |service: &&Service| {
        let names = service.operation_names();
        format!("{}: {}", service.provider, names.join(", "))
    };
    let known: Vec<_> = services.iter().map(of).collect();
    format!("is not known; there is {}", known.join("; "))
}

fn ensure(good: bool, field: &'static str, what: &'static str) -> Result<(), Problem> {
    good.then_some(()).ok_or(Problem {
        field,
        what: what.into(),
    })
}

fn is_word(text: &str, longest: usize) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    (1..=longest).contains(&text.len()) && text.bytes().all(is_sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes::registry;

    fn field(rule: &FaultRule) -> &'static str {
        let checked = rule.clone().checked(&registry());
        checked.map_or_else(|problem| problem.field, |_| "")
    }

    #[test]
    fn numbers_are_bounded_on_both_sides() {
        let millis = Duration::from_millis;
        for (fault, bad) in [
            (Fault::Delay(millis(0)), "fault.ms"),
            (Fault::Delay(millis(1)), ""),
            (Fault::Delay(millis(120_000)), ""),
            (Fault::Delay(millis(120_001)), "fault.ms"),
            (Fault::Drip(millis(0)), "fault.ms_per_byte"),
            (Fault::Drip(millis(10_000)), ""),
            (Fault::Drip(millis(10_001)), "fault.ms_per_byte"),
            (Fault::Status(299), "fault.code"),
            (Fault::Status(300), ""),
            (Fault::Status(599), ""),
            (Fault::Status(600), "fault.code"),
            (Fault::Truncate(0), ""),
            (Fault::Truncate(65_537), "fault.bytes"),
            (Fault::Refuse(String::new()), "fault.code"),
            (Fault::Refuse("a b".to_owned()), "fault.code"),
            (Fault::Refuse("0000".to_owned()), "fault.code"),
            (Fault::Refuse("TOKEN_HAS_EXPIRED".to_owned()), ""),
        ] {
            assert_eq!(field(&fault.clone().into()), bad, "{fault:?}");
        }
        let rule = || FaultRule::new(Fault::Html);
        for chance in [0.0, -0.5, 1.01, f64::NAN, f64::INFINITY] {
            assert_eq!(field(&rule().chance(chance)), "chance", "{chance}");
        }
        assert_eq!(field(&rule().chance(1.0).times(1_000_000)), "");
        assert_eq!(field(&rule().times(0)), "times");
        assert_eq!(field(&rule().times(1_000_001)), "times");
        assert_eq!(field(&rule().tenant("")), "tenant");
    }

    #[test]
    fn an_operation_is_known_by_the_wires_name_and_the_traits() {
        let rule = || FaultRule::new(Fault::Html);
        for service in registry().services() {
            for operation in service.operation_names() {
                assert_eq!(field(&rule().operation(operation)), "");
                let rule = rule().provider(service.provider).operation(operation);
                assert_eq!(field(&rule), "");
            }
        }
        let unknown = rule().provider("paytr-link").operation("send_otp");
        let problem = unknown.checked(&registry()).expect_err("a problem");
        assert_eq!(
            problem.to_string(),
            "operation is not known; there is paytr: create, send-sms, send-email, delete, notify"
        );
        assert_eq!(field(&rule().operation("callback_")), "operation");
        assert_eq!(field(&rule().provider("pigeon")), "provider");
        let alias = rule().provider("paywall-masterpass").checked(&registry());
        assert_eq!(alias.expect("a rule").provider.as_deref(), Some("paywall"));
    }

    #[test]
    fn what_only_one_provider_knows_is_for_it_alone() {
        for fault in [Fault::RotateToken, Fault::RenewSession] {
            let rule = FaultRule::new(fault);
            assert_eq!(field(&rule), "");
            let rule = |operation| rule.clone().operation(operation);
            assert_eq!(field(&rule("otp/verify")), "");
            assert_eq!(field(&rule("verify_otp")), "");
            assert_eq!(field(&rule("check_otp")), "fault.kind");
            assert_eq!(field(&rule("session")), "fault.kind");
            assert_eq!(field(&rule("otp/resend").provider("paytr")), "operation");
        }
        let link = FaultRule::new(Fault::RotateToken).operation("merchant/link");
        assert_eq!(field(&link), "fault.kind");
    }
}
