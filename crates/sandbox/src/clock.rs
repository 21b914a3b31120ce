//! `Clock` keeps virtual time: real time or another start, moved ahead for all tenants or for one.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use tokio::time::Instant;
use utoipa::ToSchema;

use crate::tenant::TenantId;

/// The farthest that the common clock, and each tenant's own on top of it, can be moved ahead.
pub(crate) const FARTHEST: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

/// Providers write times in steps of 100 ns, so the clock ticks in them.
const TICK_NANOSECONDS: i64 = 100;

/// How far virtual time is from real time.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    /// What it was when the clock started, behind or ahead.
    start: SignedDuration,
    ahead: Duration,
    tenants_ahead: HashMap<TenantId, Duration>,
    /// In place of real time: what it was, and the moment from which tokio's clock counts on.
    simulated: Option<(Timestamp, Instant)>,
}

impl Clock {
    /// A clock that shows this time now, or the real one, and goes on from there.
    pub(crate) fn starting_at(time: Option<Timestamp>) -> Self {
        Self {
            start: time.map_or(SignedDuration::ZERO, |time| {
                time.duration_since(Timestamp::now())
            }),
            ..Self::default()
        }
    }

    /// A clock that shows this time now, and goes on with tokio's, which a test can pause.
    #[cfg(feature = "simulation")]
    pub(crate) fn simulated(time: Timestamp) -> Self {
        Self {
            simulated: Some((time, Instant::now())),
            ..Self::default()
        }
    }

    fn real(&self) -> Timestamp {
        let Some((time, since)) = self.simulated else {
            return Timestamp::now();
        };
        time.checked_add(since.elapsed()).unwrap_or(time)
    }

    /// The time, for one tenant or for unknown credentials.
    pub(crate) fn now(&self, tenant: Option<&TenantId>) -> Timestamp {
        let now = self.real();
        let now = now.checked_add(self.offset(tenant)).unwrap_or(now);
        let since_tick = i64::from(now.subsec_nanosecond()) % TICK_NANOSECONDS;
        now.checked_sub(SignedDuration::from_nanos(since_tick))
            .unwrap_or(now)
    }

    /// How far the time of [`now`](Self::now) is ahead of real time; below zero where it is behind.
    pub(crate) fn offset(&self, tenant: Option<&TenantId>) -> SignedDuration {
        let moved = SignedDuration::try_from(self.moved(tenant)).unwrap_or_default();
        self.start.saturating_add(moved)
    }

    /// What the clock shows, as the test API writes it.
    pub(crate) fn reading(&self, tenant: Option<TenantId>) -> Reading {
        Reading {
            now: self.now(tenant.as_ref()),
            offset_seconds: self.offset(tenant.as_ref()).as_secs(),
            tenant,
            tenants: None,
        }
    }

    /// What the common clock shows, with the tenants that see another time.
    pub(crate) fn readings(&self) -> Reading {
        let offset = |tenant: &TenantId| self.offset(Some(tenant)).as_secs();
        let own = self.tenants_ahead.keys();
        let own = own.map(|tenant| (tenant.name().to_owned(), offset(tenant)));
        Reading {
            tenants: Some(own.collect()),
            ..self.reading(None)
        }
    }

    fn moved(&self, tenant: Option<&TenantId>) -> Duration {
        let own = tenant.map(|tenant| self.own(tenant));
        self.ahead.saturating_add(own.unwrap_or_default())
    }

    /// How much farther the common clock, or the tenant's own, can still be moved.
    pub(crate) fn remaining(&self, tenant: Option<&TenantId>) -> Duration {
        let moved = tenant.map_or(self.ahead, |tenant| self.own(tenant));
        FARTHEST.saturating_sub(moved)
    }

    /// Moves the common clock, or one tenant's, ahead; at most to [`FARTHEST`].
    pub(crate) fn advance(&mut self, tenant: Option<&TenantId>, by: Duration) {
        let by = by.min(self.remaining(tenant));
        let ahead = match tenant {
            Some(tenant) => self.tenants_ahead.entry(tenant.clone()).or_default(),
            None => &mut self.ahead,
        };
        *ahead = ahead.saturating_add(by);
    }

    /// How far a tenant's own clock is ahead of the common clock.
    pub(crate) fn own(&self, tenant: &TenantId) -> Duration {
        self.tenants_ahead.get(tenant).copied().unwrap_or_default()
    }

    /// Forgets how far a tenant's own clock was ahead.
    pub(crate) fn forget(&mut self, tenant: &TenantId) {
        self.tenants_ahead.remove(tenant);
    }
}

/// What the common clock, or that of a tenant, shows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Reading {
    now: Timestamp,
    #[schema(value_type = Option<String>)]
    tenant: Option<TenantId>,
    /// How far it is from real time; below zero where it is behind.
    offset_seconds: i64,
    /// How far from real time the clock of each tenant is that differs from the common clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    tenants: Option<BTreeMap<String, i64>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::Provider;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn every_tenant_moves_or_one_alone() {
        let one = TenantId::of(Provider::new("paynet"), "sck_test_one");
        let other = TenantId::of(Provider::new("paynet"), "sck_test_other");
        let mut clock = Clock::default();
        clock.advance(None, MINUTE);
        clock.advance(Some(&one), MINUTE);

        assert_eq!(clock.moved(None), MINUTE);
        assert_eq!(clock.moved(Some(&one)), 2 * MINUTE);
        assert_eq!(clock.moved(Some(&other)), MINUTE);

        clock.forget(&one);
        assert_eq!(clock.moved(Some(&one)), MINUTE);
    }

    #[test]
    fn the_farthest_is_the_farthest() {
        let mut clock = Clock::default();
        clock.advance(None, Duration::MAX);
        clock.advance(None, MINUTE);
        assert_eq!(clock.moved(None), FARTHEST);
        assert_eq!(clock.remaining(None), Duration::ZERO);
        assert!(clock.now(None) > Timestamp::now());
    }

    #[test]
    fn the_time_has_seven_fraction_digits_at_most() {
        let now = Clock::default().now(None);
        assert_eq!(i64::from(now.subsec_nanosecond()) % TICK_NANOSECONDS, 0);
    }
}
