//! `States` is what the fakes remember: of each tenant its own, bounded over all of them.

use std::collections::HashMap;

use crate::fake::{AnyFake, AnyState, State};
use crate::random::Random;
use crate::tenant::TenantId;

/// How many OTPs, sessions and links all fakes keep together.
pub(crate) const KEPT_IN_ALL: usize = 50_000;

/// The memory of every fake.
#[derive(Debug)]
pub(crate) struct States {
    seed: u64,
    /// How many worlds there were before this one: none draws as another did.
    world: u64,
    of_tenant: HashMap<TenantId, Box<dyn AnyState>>,
}

impl States {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            world: 0,
            of_tenant: HashMap::new(),
        }
    }

    /// What the fake remembers of a tenant.
    pub(crate) fn open(&mut self, fake: &dyn AnyFake, tenant: &TenantId) -> &mut dyn AnyState {
        let (seed, world) = (self.seed, self.world.to_be_bytes());
        let state = self.of_tenant.entry(tenant.clone()).or_insert_with(|| {
            // Seeded by the tenant too, so that its codes do not depend on what others do meanwhile.
            let provider = tenant.provider().as_str().as_bytes();
            fake.state(Random::of(seed, &[&world, provider, tenant.digest()]))
        });
        state.as_mut()
    }

    /// Puts what was remembered of a tenant back.
    pub(crate) fn put(&mut self, tenant: TenantId, state: Box<dyn AnyState>) {
        self.of_tenant.insert(tenant, state);
    }

    /// The same where there is something.
    pub(crate) fn known(&self, tenant: &TenantId) -> Option<&dyn AnyState> {
        self.of_tenant.get(tenant).map(AsRef::as_ref)
    }

    /// What fakes of one kind remember of one tenant.
    pub(crate) fn get<S: State>(&mut self, tenant: &TenantId) -> Option<&mut S> {
        let state = self.of_tenant.get_mut(tenant)?;
        state.as_mut().as_any_mut().downcast_mut()
    }

    /// What fakes of one kind remember, with whose it is.
    pub(crate) fn all<S: State>(&mut self) -> impl Iterator<Item = (&TenantId, &mut S)> {
        let states = self.of_tenant.iter_mut();
        states.filter_map(|(tenant, state)| {
            Some((tenant, state.as_mut().as_any_mut().downcast_mut()?))
        })
    }

    pub(crate) fn forget(&mut self, tenant: &TenantId) {
        self.of_tenant.remove(tenant);
    }

    /// Drops the oldest entries where there are too many.
    pub(crate) fn bound(&mut self) {
        let kept: usize = self.of_tenant.values().map(|state| state.kept()).sum();
        for _ in KEPT_IN_ALL..kept {
            let states = self.of_tenant.values_mut();
            let oldest = states.min_by_key(|state| state.oldest().unwrap_or(u64::MAX));
            if let Some(state) = oldest {
                state.drop_oldest();
            }
        }
    }

    /// Begins another world, in which nothing is drawn that was drawn before.
    pub(crate) fn begin_anew(&mut self) {
        self.of_tenant.clear();
        self.world += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::{Call, Context, Decision, Fake, Operation, Service, Tenant};
    use crate::provider::Provider;

    #[derive(Debug)]
    struct Hoarder;

    /// Ages of what it keeps, and what it drew when it began.
    #[derive(Debug)]
    struct Hoard(Vec<u64>, String);

    impl State for Hoard {
        fn kept(&self) -> usize {
            self.0.len()
        }

        fn oldest(&self) -> Option<u64> {
            self.0.first().copied()
        }

        fn drop_oldest(&mut self) {
            self.0.remove(0);
        }
    }

    const PROVIDER: Provider = Provider::new("hoarder");
    const OPERATIONS: &[Operation] = &[];

    impl Fake for Hoarder {
        type State = Hoard;

        fn service(&self) -> &'static Service {
            const SERVICE: Service = Service::new(PROVIDER, "Hoarder", OPERATIONS);
            &SERVICE
        }

        fn tenant(&self, _call: &Call) -> Option<Tenant> {
            None
        }

        fn state(&self, mut random: Random) -> Hoard {
            Hoard(Vec::new(), random.digits(12))
        }

        fn decide(&self, _call: &Call, _desk: &mut Context<'_, Hoard>) -> Decision {
            Decision::refused(crate::fake::Response::text(404, "text/plain", ""))
        }
    }

    fn drawn(states: &mut States, key: &str) -> String {
        let tenant = TenantId::of(PROVIDER, key);
        states.open(&Hoarder, &tenant);
        states.get::<Hoard>(&tenant).expect("a hoard").1.clone()
    }

    #[test]
    fn a_seed_repeats_what_each_tenant_draws_and_another_world_does_not() {
        let mut states = States::new(1);
        let first = drawn(&mut states, "one");
        assert_ne!(first, drawn(&mut states, "other"));
        states.begin_anew();
        assert_ne!(first, drawn(&mut states, "one"));
        assert_eq!(first, drawn(&mut States::new(1), "one"));
        assert_ne!(first, drawn(&mut States::new(2), "one"));
    }

    #[test]
    fn all_tenants_together_are_bounded() {
        let mut states = States::new(1);
        let tenants = ["one", "other"].map(|key| TenantId::of(PROVIDER, key));
        let half = KEPT_IN_ALL as u64 / 2;
        for (tenant, ages) in tenants.iter().zip([0..half, half..2 * half + 3]) {
            states.open(&Hoarder, tenant);
            states.get::<Hoard>(tenant).expect("a hoard").0 = ages.collect();
        }
        states.bound();
        let oldest: Vec<_> = tenants
            .iter()
            .map(|tenant| states.known(tenant).and_then(State::oldest))
            .collect();
        assert_eq!(oldest, [Some(3), Some(half)]);
    }
}
