//! The rules for faults that are kept, and which of them strikes a call.

use std::collections::HashMap;

use fastrand::Rng;

use crate::fault::{Fault, FaultRule, Problem};
use crate::memory::random;
use crate::paywall;
use crate::provider::Provider;
use crate::tenant::TenantId;

/// How many rules are kept.
pub(crate) const MOST_RULES: usize = 100;

/// A call that a fault may strike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'call> {
    pub(crate) provider: Provider,
    pub(crate) operation: &'static str,
    pub(crate) tenant: Option<&'call TenantId>,
}

/// The rules that are kept, in their order.
#[derive(Debug)]
pub(crate) struct Faults {
    seed: u64,
    kept: Vec<Kept>,
    added: u64,
}

#[derive(Debug)]
struct Kept {
    rule: FaultRule,
    /// The how manieth rule it is, so that two rules that are alike draw differently.
    number: u64,
    /// Of each tenant its own, so that none depends on what others do at the same time.
    draws: HashMap<Option<TenantId>, Rng>,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            kept: Vec::new(),
            added: 0,
        }
    }

    /// Adds a rule behind the others, or says what is wrong with it.
    pub(crate) fn add(&mut self, rule: FaultRule) -> Result<(), Problem> {
        rule.check()?;
        if self.kept.len() >= MOST_RULES {
            return Err(Problem {
                field: "rules",
                what: "are as many as are kept, which is 100",
            });
        }
        self.added += 1;
        self.kept.push(Kept {
            rule,
            number: self.added,
            draws: HashMap::new(),
        });
        Ok(())
    }

    /// Puts these rules in the place of all others, unless one of them cannot be.
    pub(crate) fn replace(&mut self, rules: Vec<FaultRule>) -> Result<(), Problem> {
        let mut faults = Self::new(self.seed);
        rules.into_iter().try_for_each(|rule| faults.add(rule))?;
        *self = faults;
        Ok(())
    }

    /// Forgets every rule, and lets the draws start over.
    pub(crate) fn clear(&mut self) {
        self.kept.clear();
        self.added = 0;
    }

    pub(crate) fn rules(&self) -> impl Iterator<Item = &FaultRule> {
        self.kept.iter().map(|kept| &kept.rule)
    }

    /// The fault that strikes a call, if one does. A rule that was used up leaves.
    pub(crate) fn strike(&mut self, call: Target<'_>) -> Option<Fault> {
        let seed = self.seed;
        let place = self
            .kept
            .iter_mut()
            .position(|kept| meets(&kept.rule, call) && kept.is_drawn(seed, call))?;
        let rule = &mut self.kept.get_mut(place)?.rule;
        let fault = rule.fault.clone();
        let left = rule.times.map(|times| times.saturating_sub(1));
        rule.times = left;
        if left == Some(0) {
            self.kept.remove(place);
        }
        Some(fault)
    }

    /// For how many more calls the rules are good that are not good for ever.
    pub(crate) fn strikes_left(&self) -> u64 {
        let times = self.rules().filter_map(|rule| rule.times);
        times.map(u64::from).sum()
    }

    /// Forgets what was drawn for a tenant.
    pub(crate) fn forget(&mut self, tenant: &TenantId) {
        let tenant = Some(tenant.clone());
        for kept in &mut self.kept {
            kept.draws.remove(&tenant);
        }
    }
}

impl Kept {
    fn is_drawn(&mut self, seed: u64, call: Target<'_>) -> bool {
        let Some(chance) = self.rule.chance else {
            return true;
        };
        let number = self.number;
        let draws = self.draws.entry(call.tenant.cloned()).or_insert_with(|| {
            let digest: &[u8] = call.tenant.map_or(&[], |tenant| tenant.digest());
            random(seed, &[b"fault", &number.to_be_bytes(), digest])
        });
        draws.f64() < chance
    }
}

/// Whether a rule is about a call.
fn meets(rule: &FaultRule, call: Target<'_>) -> bool {
    let tenant = call.tenant.map(TenantId::name);
    let named = rule.tenant.as_deref();
    let operation = rule.operation.as_deref();
    rule.provider.is_none_or(|named| named == call.provider)
        && operation.is_none_or(|named| named == call.operation)
        && named.is_none_or(|named| tenant == Some(named))
        && can_strike(&rule.fault, call)
}

/// What only Masterpass has strikes only where it has it.
fn can_strike(fault: &Fault, call: Target<'_>) -> bool {
    let of_masterpass = |operations: &[&str]| {
        call.provider == Provider::Paywall && operations.contains(&call.operation)
    };
    match fault {
        Fault::RotateToken => of_masterpass(&[paywall::RESEND, paywall::VERIFY]),
        Fault::RenewSession => of_masterpass(&[paywall::LINK, paywall::RESEND, paywall::VERIFY]),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant(key: &str) -> TenantId {
        TenantId::of(Provider::Paynet, key)
    }

    fn send(tenant: &TenantId) -> Target<'_> {
        Target {
            provider: Provider::Paynet,
            operation: "send_otp",
            tenant: Some(tenant),
        }
    }

    fn faults(rules: impl IntoIterator<Item = FaultRule>) -> Faults {
        let mut faults = Faults::new(42);
        for rule in rules {
            faults.add(rule).expect("a rule");
        }
        faults
    }

    #[test]
    fn a_rule_is_good_for_its_number_of_calls() {
        let demo = tenant("sck_test_demo");
        let mut faults = faults([
            FaultRule::new(Fault::Html).times(2),
            FaultRule::new(Fault::Empty).times(1),
        ]);
        let struck: Vec<_> = (0..4).map(|_| faults.strike(send(&demo))).collect();
        assert_eq!(
            struck,
            [
                Some(Fault::Html),
                Some(Fault::Html),
                Some(Fault::Empty),
                None
            ]
        );
        assert_eq!(faults.rules().count(), 0);
    }

    #[test]
    fn a_rule_strikes_only_what_it_names() {
        let (demo, other) = (tenant("sck_test_demo"), tenant("sck_test_other"));
        let rule = FaultRule::new(Fault::Html)
            .provider(Provider::Paynet)
            .operation("send_otp")
            .tenant(demo.name());
        let mut faults = faults([rule]);
        let check = Target {
            operation: "check_otp",
            ..send(&demo)
        };
        let nobody = Target {
            tenant: None,
            ..send(&demo)
        };
        for call in [send(&other), check, nobody] {
            assert_eq!(faults.strike(call), None, "{call:?}");
        }
        assert_eq!(faults.strike(send(&demo)), Some(Fault::Html));

        let mut faults = self::faults([FaultRule::new(Fault::Html)]);
        assert_eq!(
            faults.strike(nobody),
            Some(Fault::Html),
            "any means none too"
        );
    }

    #[test]
    fn masterpass_own_faults_pass_the_others_by() {
        let demo = tenant("sck_test_demo");
        let mut faults = faults([
            FaultRule::new(Fault::RotateToken),
            FaultRule::new(Fault::RenewSession),
        ]);
        assert_eq!(faults.strike(send(&demo)), None);
        let of = |operation| Target {
            provider: Provider::Paywall,
            operation,
            tenant: None,
        };
        assert_eq!(faults.strike(of("session")), None);
        assert_eq!(
            faults.strike(of("merchant/link")),
            Some(Fault::RenewSession)
        );
        assert_eq!(faults.strike(of("otp/verify")), Some(Fault::RotateToken));
    }

    #[test]
    fn a_chance_repeats_with_the_seed_and_for_each_tenant() {
        let (one, other) = (tenant("sck_test_one"), tenant("sck_test_other"));
        let run = |between: bool| -> Vec<bool> {
            let mut faults = faults([FaultRule::new(Fault::Html).chance(0.5)]);
            (0..64)
                .map(|_| {
                    if between {
                        faults.strike(send(&other));
                    }
                    faults.strike(send(&one)).is_some()
                })
                .collect()
        };
        let alone = run(false);
        assert_eq!(alone, run(true), "what others do changes nothing");
        let struck = alone.iter().filter(|struck| **struck).count();
        assert!((16..=48).contains(&struck), "{struck} of 64");

        let mut faults = faults([FaultRule::new(Fault::Html).chance(0.5)]);
        faults.strike(send(&one));
        faults.strike(send(&other));
        faults.forget(&one);
        assert_eq!(faults.kept[0].draws.len(), 1);
    }

    #[test]
    fn there_is_an_end_to_the_rules() {
        let rule = || FaultRule::new(Fault::Html);
        let mut faults = faults((0..MOST_RULES).map(|_| rule()));
        let problem = faults.add(rule()).expect_err("too many");
        assert_eq!(problem.field, "rules");
        assert!(problem.what.contains(&MOST_RULES.to_string()));
        faults.clear();
        assert_eq!(faults.add(rule()), Ok(()));
    }
}
