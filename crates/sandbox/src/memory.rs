//! What a fake remembers: a room for each tenant, with a source of codes of its own.

use std::collections::HashMap;

use fastrand::Rng;
use sha2::{Digest, Sha256};

use crate::tenant::TenantId;

/// What one fake remembers of one tenant.
pub(crate) trait Room {
    /// A room in which nothing has happened yet.
    fn new(random: Rng) -> Self;

    /// How many conversations, sessions and links it holds.
    fn kept(&self) -> usize;

    /// When the oldest of them began, in the order of every room there is.
    fn oldest(&self) -> Option<u64>;

    /// Forgets the oldest of them.
    fn drop_oldest(&mut self);
}

/// The rooms of every tenant of one fake.
#[derive(Debug)]
pub(crate) struct Memory<R> {
    seed: u64,
    of_tenant: HashMap<TenantId, R>,
}

impl<R: Room> Memory<R> {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            of_tenant: HashMap::new(),
        }
    }

    /// The tenant's room.
    pub(crate) fn of(&mut self, tenant: &TenantId) -> &mut R {
        let seed = self.seed;
        self.of_tenant
            .entry(tenant.clone())
            .or_insert_with(|| R::new(seeded(seed, tenant)))
    }

    /// The tenant's room, if it has been in one.
    pub(crate) fn known(&self, tenant: &TenantId) -> Option<&R> {
        self.of_tenant.get(tenant)
    }

    /// Every room that somebody has been in.
    pub(crate) fn rooms(&mut self) -> impl Iterator<Item = &mut R> {
        self.of_tenant.values_mut()
    }

    /// The same, to change what is in it.
    pub(crate) fn known_mut(&mut self, tenant: &TenantId) -> Option<&mut R> {
        self.of_tenant.get_mut(tenant)
    }

    /// Every room with whose it is.
    pub(crate) fn by_tenant(&self) -> impl Iterator<Item = (&TenantId, &R)> {
        self.of_tenant.iter()
    }

    pub(crate) fn forget(&mut self, tenant: &TenantId) {
        self.of_tenant.remove(tenant);
    }

    /// How many conversations, sessions and links all rooms hold together.
    pub(crate) fn kept(&self) -> usize {
        self.of_tenant.values().map(R::kept).sum()
    }

    /// When the oldest of them began.
    pub(crate) fn oldest(&self) -> Option<u64> {
        self.of_tenant.values().filter_map(R::oldest).min()
    }

    /// Forgets the oldest of them.
    pub(crate) fn drop_oldest(&mut self) {
        let rooms = self.of_tenant.values_mut();
        let oldest = rooms.min_by_key(|room| room.oldest().unwrap_or(u64::MAX));
        if let Some(room) = oldest {
            room.drop_oldest();
        }
    }

    pub(crate) fn clear(&mut self) {
        self.of_tenant.clear();
    }
}

/// Draws until something other than the earlier comes: an old code must not be right after a new
/// one was sent.
pub(crate) fn draw_other_than(earlier: Option<&str>, mut draw: impl FnMut() -> String) -> String {
    loop {
        let drawn = draw();
        if earlier != Some(drawn.as_str()) {
            return drawn;
        }
    }
}

/// Seeded by the tenant too, so that its codes do not depend on what others do at the same time.
fn seeded(seed: u64, tenant: &TenantId) -> Rng {
    random(
        seed,
        &[tenant.provider().as_str().as_bytes(), tenant.digest()],
    )
}

/// A source of its own for whatever these parts name.
pub(crate) fn random(seed: u64, parts: &[&[u8]]) -> Rng {
    let mut digest = Sha256::new().chain_update(seed.to_be_bytes());
    for part in parts {
        digest.update(part);
    }
    let seed = digest
        .finalize()
        .iter()
        .take(8)
        .fold(0, |seed, byte| (seed << 8) | u64::from(*byte));
    Rng::with_seed(seed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::Provider;

    struct Drawn(u64);

    impl Room for Drawn {
        fn new(mut random: Rng) -> Self {
            Self(random.u64(..))
        }

        fn kept(&self) -> usize {
            0
        }

        fn oldest(&self) -> Option<u64> {
            None
        }

        fn drop_oldest(&mut self) {}
    }

    #[test]
    fn a_seed_repeats_what_each_tenant_draws() {
        let drawn = |seed, key| {
            let tenant = TenantId::of(Provider::Paynet, key);
            Memory::<Drawn>::new(seed).of(&tenant).0
        };
        assert_eq!(drawn(1, "sck_test_one"), drawn(1, "sck_test_one"));
        assert_ne!(drawn(1, "sck_test_one"), drawn(2, "sck_test_one"));
        assert_ne!(drawn(1, "sck_test_one"), drawn(1, "sck_test_other"));
    }

    #[test]
    fn what_is_drawn_again_is_something_else() {
        let mut codes = ["1", "1", "2"].into_iter().map(str::to_owned);
        let drawn = draw_other_than(Some("1"), || codes.next().expect("another code"));
        assert_eq!(drawn, "2");
    }
}
