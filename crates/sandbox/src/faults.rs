//! `Faults` keeps the rules and says which of them strikes a call.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::fake::Operation;
use crate::fault::rule::Problem;
use crate::fault::{Fault, FaultRule};
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
    /// Of all rules that ever were: the id of one that is gone is not given again.
    last_id: u64,
    added: u64,
}

#[derive(Debug)]
struct Kept {
    id: u64,
    rule: FaultRule,
    /// How many rules were added up to this one, so that two equal rules draw differently.
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

    /// The fault that strikes a call, if one does. A rule that was used up is dropped.
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
        && rule.fault.can_strike(call.operation)
}

#[cfg(test)]
mod tests;
