//! Which rules can be: known operations, and numbers that nobody waits for until the next day.

use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

use super::{Fault, FaultRule};
use crate::fakes::{paynet, paytr, paywall};
use crate::provider::Provider;

const DELAYS: RangeInclusive<Duration> = Duration::from_millis(1)..=Duration::from_secs(120);
const DRIPS: RangeInclusive<Duration> = Duration::from_millis(1)..=Duration::from_secs(10);
const STATUSES: RangeInclusive<u16> = 300..=599;
const MOST_TIMES: u32 = 1_000_000;
const MOST_BYTES: u32 = 65_536;
const LONGEST_CODE: usize = 64;
const LONGEST_TENANT: usize = 64;

/// Codes by which one of the providers says yes.
const SUCCESS: [&str; 5] = ["0", "0000", "100", "5001", "5008"];

/// What is wrong with a rule, and in which of its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) field: &'static str,
    pub(crate) what: &'static str,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.what)
    }
}

/// The operations of a provider that a fault can strike.
pub(crate) fn operations(provider: Provider) -> &'static [&'static str] {
    match provider {
        Provider::Paynet => paynet::OPERATIONS,
        Provider::Paywall => paywall::OPERATIONS,
        Provider::Paytr => paytr::OPERATIONS,
    }
}

impl FaultRule {
    /// Whether the rule can be, or what is wrong with it.
    pub(crate) fn check(&self) -> Result<(), Problem> {
        let providers = match self.provider {
            Some(provider) => vec![provider],
            None => Provider::ALL.to_vec(),
        };
        let knows = |operation: &str| {
            let mut of = providers.iter().map(|provider| operations(*provider));
            of.any(|known| known.contains(&operation))
        };
        ensure(
            self.operation.as_deref().is_none_or(knows),
            "operation",
            "is none of the provider's; see /api/v1/openapi.json for their names",
        )?;
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
        self.check_fault()
    }

    fn check_fault(&self) -> Result<(), Problem> {
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
                    !SUCCESS.contains(&code.as_str()),
                    "fault.code",
                    "is a code of success; nobody refuses with it",
                )
            }
            Fault::RotateToken => self.masterpass_alone(&[paywall::RESEND, paywall::VERIFY]),
            Fault::RenewSession => {
                self.masterpass_alone(&[paywall::LINK, paywall::RESEND, paywall::VERIFY])
            }
            Fault::AcceptThenCut
            | Fault::CutBeforeRead
            | Fault::Html
            | Fault::Empty
            | Fault::UnknownCode => Ok(()),
        }
    }

    fn masterpass_alone(&self, operations: &[&str]) -> Result<(), Problem> {
        let provider = self.provider.is_none_or(|it| it == Provider::Paywall);
        let operation = self.operation.as_deref();
        let operation = operation.is_none_or(|operation| operations.contains(&operation));
        ensure(
            provider && operation,
            "fault.kind",
            "is Masterpass' own: for provider paywall, and operations that bring such a token or \
             session",
        )
    }
}

fn ensure(good: bool, field: &'static str, what: &'static str) -> Result<(), Problem> {
    good.then_some(()).ok_or(Problem { field, what })
}

fn is_word(text: &str, longest: usize) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    (1..=longest).contains(&text.len()) && text.bytes().all(is_sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(rule: &FaultRule) -> &'static str {
        rule.check().map_or_else(|problem| problem.field, |()| "")
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
    fn an_operation_has_to_be_the_providers() {
        let rule = || FaultRule::new(Fault::Html);
        for provider in Provider::ALL {
            for operation in operations(provider) {
                assert_eq!(field(&rule().operation(*operation)), "");
                assert_eq!(field(&rule().provider(provider).operation(*operation)), "");
            }
        }
        assert_eq!(field(&rule().operation("callback")), "operation");
        let other = rule().provider(Provider::Paytr).operation("send_otp");
        assert_eq!(field(&other), "operation");
    }

    #[test]
    fn what_only_masterpass_has_is_for_masterpass_alone() {
        for fault in [Fault::RotateToken, Fault::RenewSession] {
            let rule = FaultRule::new(fault);
            assert_eq!(field(&rule), "");
            let rule = |operation| rule.clone().operation(operation);
            assert_eq!(field(&rule("otp/verify")), "");
            assert_eq!(field(&rule("send_otp")), "fault.kind");
            assert_eq!(field(&rule("session")), "fault.kind");
            assert_eq!(
                field(&rule("otp/resend").provider(Provider::Paytr)),
                "operation"
            );
        }
        let link = FaultRule::new(Fault::RotateToken).operation("merchant/link");
        assert_eq!(field(&link), "fault.kind");
    }
}
