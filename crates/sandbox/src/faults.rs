//! `Faults` keeps the rules and says which of them strikes a call.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::fake::Operation;
use crate::fault::{Fault, FaultRule, Problem};
use crate::provider::Provider;
use crate::random::Random;
use crate::registry::Registry;
use crate::tenant::TenantId;

/// How many rules are kept.
pub(crate) const MOST_RULES: usize = 100;

const TOO_MANY: Problem = Problem {
    field: "rules",
    what: Cow::Borrowed("are as many as are kept, which is 100"),
};

/// A call that a fault may strike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'call> {
    pub(crate) provider: Provider,
    pub(crate) operation: &'static Operation,
    pub(crate) tenant: Option<&'call TenantId>,
}

/// The rules that are kept, in their order.
#[derive(Debug)]
pub(crate) struct Faults {
    registry: Registry,
    seed: u64,
    /// How many worlds there were before this one.
    world: u64,
    kept: Vec<Kept>,
    /// Of all rules that ever were: whoever still names one that is gone means no other.
    last_id: u64,
    added: u64,
}

#[derive(Debug)]
struct Kept {
    id: u64,
    rule: FaultRule,
    /// The how manieth rule it is, so that two rules that are alike draw differently.
    number: u64,
    /// Of each tenant its own, so that none depends on what others do at the same time.
    draws: HashMap<Option<TenantId>, Random>,
}

impl Faults {
    pub(crate) fn new(registry: Registry, seed: u64) -> Self {
        Self {
            registry,
            seed,
            world: 0,
            kept: Vec::new(),
            last_id: 0,
            added: 0,
        }
    }

    /// Adds a rule behind the others and tells its id, or says what is wrong with it.
    pub(crate) fn add(&mut self, rule: FaultRule) -> Result<u64, Problem> {
        if self.is_full() {
            return Err(TOO_MANY);
        }
        let rule = rule.checked(&self.registry)?;
        let kept = self.new_one(rule);
        let id = kept.id;
        self.kept.push(kept);
        Ok(id)
    }

    pub(crate) fn is_full(&self) -> bool {
        self.kept.len() >= MOST_RULES
    }

    /// Puts these rules in the place of all others, unless one of them cannot be. One that is there
    /// already, by its id or because it is the same, goes on with its draws: what changes around it
    /// does not change what it strikes.
    pub(crate) fn replace(&mut self, rules: Vec<(Option<u64>, FaultRule)>) -> Result<(), Problem> {
        if rules.len() > MOST_RULES {
            return Err(TOO_MANY);
        }
        let checked = |(id, rule): (_, FaultRule)| Ok((id, rule.checked(&self.registry)?));
        let rules: Vec<(Option<u64>, FaultRule)> =
            rules.into_iter().map(checked).collect::<Result<_, _>>()?;
        let mut before = std::mem::take(&mut self.kept);
        let mut take = |is_it: &dyn Fn(&Kept) -> bool| {
            let place = before.iter().position(is_it)?;
            Some(before.remove(place))
        };
        // By their ids first, so that none of these goes to a rule that merely is the same.
        let mut found = Vec::with_capacity(rules.len());
        for (id, _) in &rules {
            found.push(id.and_then(|id| take(&|kept| kept.id == id)));
        }
        for (found, (_, rule)) in found.iter_mut().zip(&rules) {
            if found.is_none() {
                *found = take(&|kept| kept.rule == *rule);
            }
        }
        if found.iter().all(Option::is_none) {
            self.added = 0;
        }
        for (found, (_, rule)) in found.into_iter().zip(rules) {
            let kept = match found {
                Some(kept) => Kept { rule, ..kept },
                None => self.new_one(rule),
            };
            self.kept.push(kept);
        }
        Ok(())
    }

    /// Forgets one rule, if it is there.
    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let before = self.kept.len();
        self.kept.retain(|kept| kept.id != id);
        self.kept.len() < before
    }

    fn new_one(&mut self, rule: FaultRule) -> Kept {
        self.last_id += 1;
        self.added += 1;
        Kept {
            id: self.last_id,
            rule,
            number: self.added,
            draws: HashMap::new(),
        }
    }

    /// Forgets every rule, and lets the draws start over.
    pub(crate) fn clear(&mut self) {
        self.kept.clear();
        self.added = 0;
    }

    /// Forgets every rule, and draws as never before.
    pub(crate) fn begin_anew(&mut self) {
        self.clear();
        self.world += 1;
    }

    /// Every rule with its id.
    pub(crate) fn with_ids(&self) -> impl Iterator<Item = (u64, &FaultRule)> {
        self.kept.iter().map(|kept| (kept.id, &kept.rule))
    }

    pub(crate) fn rules(&self) -> impl Iterator<Item = &FaultRule> {
        self.kept.iter().map(|kept| &kept.rule)
    }

    /// The fault that strikes a call, if one does. A rule that was used up leaves.
    pub(crate) fn strike(&mut self, call: Target<'_>) -> Option<Fault> {
        let seed = (self.seed, self.world);
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
    fn is_drawn(&mut self, (seed, world): (u64, u64), call: Target<'_>) -> bool {
        let Some(chance) = self.rule.chance else {
            return true;
        };
        let number = self.number;
        let draws = self.draws.entry(call.tenant.cloned()).or_insert_with(|| {
            let digest: &[u8] = call.tenant.map_or(&[], |tenant| tenant.digest());
            let (world, number) = (world.to_be_bytes(), number.to_be_bytes());
            Random::of(seed, &[b"fault", &world, &number, digest])
        });
        draws.happens(chance)
    }
}

/// Whether a rule is about a call.
fn meets(rule: &FaultRule, call: Target<'_>) -> bool {
    let tenant = call.tenant.map(TenantId::name);
    let named = rule.tenant.as_deref();
    let operation = rule.operation.as_deref();
    let provider = rule.provider.as_deref();
    provider.is_none_or(|named| call.provider.is_called(named))
        && operation.is_none_or(|named| call.operation.is_called(named))
        && named.is_none_or(|named| tenant == Some(named))
        && can_strike(&rule.fault, call.operation)
}

/// What only some operations know strikes only there.
fn can_strike(fault: &Fault, operation: &Operation) -> bool {
    match fault {
        Fault::RotateToken | Fault::RenewSession => operation.own_faults.contains(&fault.kind()),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes::registry;

    const PAYNET: Provider = Provider::new("paynet");

    fn tenant(key: &str) -> TenantId {
        TenantId::of(PAYNET, key)
    }

    /// An operation of one of the fakes.
    fn operation(provider: &str, name: &str) -> &'static Operation {
        let registry = registry();
        let fake = registry.find(provider).expect("a fake");
        let mut operations = fake.service().operations.iter();
        operations.find(|it| it.name == name).expect("an operation")
    }

    fn send(tenant: &TenantId) -> Target<'_> {
        Target {
            provider: PAYNET,
            operation: operation("paynet", "send_otp"),
            tenant: Some(tenant),
        }
    }

    fn faults(rules: impl IntoIterator<Item = FaultRule>) -> Faults {
        let mut faults = Faults::new(registry(), 42);
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
            .provider(PAYNET)
            .operation("send_otp")
            .tenant(demo.name());
        let mut faults = faults([rule]);
        let check = Target {
            operation: operation("paynet", "check_otp"),
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
        let of = |name| Target {
            provider: Provider::new("paywall"),
            operation: operation("paywall", name),
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
    fn what_changes_around_a_rule_does_not_change_what_it_strikes() {
        let demo = tenant("sck_test_demo");
        let rule = || FaultRule::new(Fault::Html).chance(0.5);
        let other = || FaultRule::new(Fault::Empty).operation("otp/verify");
        let alone: Vec<_> = {
            let mut faults = faults([rule()]);
            (0..64).map(|_| faults.strike(send(&demo))).collect()
        };
        let mut faults = faults([rule()]);
        let struck: Vec<_> = (0..64)
            .map(|call| {
                match call {
                    8 => faults.replace(vec![(None, other()), (None, rule())]),
                    16 => faults.replace(vec![(Some(1), rule())]),
                    24 => faults.add(other()).map(|_| ()),
                    32 => {
                        assert!(faults.remove(3) && !faults.remove(3));
                        Ok(())
                    }
                    // Another rule that is the same draws for itself.
                    40 => faults.replace(vec![(Some(1), rule()), (None, other())]),
                    _ => Ok(()),
                }
                .expect("rules that can be");
                faults.strike(send(&demo))
            })
            .collect();
        assert_eq!(struck, alone);
    }

    #[test]
    fn an_id_is_never_another_rules() {
        let rule = || FaultRule::new(Fault::Html).times(1);
        let mut faults = faults([rule(), rule()]);
        let ids = |faults: &Faults| -> Vec<u64> { faults.with_ids().map(|(id, _)| id).collect() };
        faults.strike(send(&tenant("sck_test_demo")));
        assert_eq!(ids(&faults), [2]);
        faults.clear();
        assert_eq!(faults.add(rule()), Ok(3));
        let both = vec![(Some(1), rule()), (Some(3), rule()), (Some(3), rule())];
        assert_eq!(faults.replace(both), Ok(()));
        assert_eq!(ids(&faults), [4, 3, 5]);
    }

    #[test]
    fn there_is_an_end_to_the_rules() {
        let rule = || FaultRule::new(Fault::Html);
        let mut faults = faults((0..MOST_RULES).map(|_| rule()));
        let problem = faults.add(rule()).expect_err("too many");
        assert_eq!(problem.field, "rules");
        assert!(problem.what.contains(&MOST_RULES.to_string()));
        faults.clear();
        assert_eq!(faults.add(rule()), Ok(101));
    }
}
