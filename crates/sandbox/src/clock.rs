//! The virtual clock: real time, moved ahead for everybody or for one tenant.

use std::collections::HashMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::tenant::TenantId;

/// The farthest that everybody's clock, and each tenant's own on top of it, can be moved ahead.
pub(crate) const FARTHEST: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

/// Providers write times in steps of 100 ns, so the clock ticks in them.
const TICK_NANOSECONDS: i64 = 100;

/// How far virtual time is ahead of real time.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    ahead: Duration,
    tenants_ahead: HashMap<TenantId, Duration>,
}

impl Clock {
    /// The time, for one tenant or for somebody whom nobody knows.
    pub(crate) fn now(&self, tenant: Option<&TenantId>) -> Timestamp {
        let ahead = SignedDuration::try_from(self.ahead_of_real_time(tenant)).unwrap_or_default();
        let now = Timestamp::now();
        let now = now.checked_add(ahead).unwrap_or(now);
        let since_tick = i64::from(now.subsec_nanosecond()) % TICK_NANOSECONDS;
        now.checked_sub(SignedDuration::from_nanos(since_tick))
            .unwrap_or(now)
    }

    /// How far the time of [`now`](Self::now) is ahead of real time.
    pub(crate) fn ahead_of_real_time(&self, tenant: Option<&TenantId>) -> Duration {
        let own = tenant.and_then(|tenant| self.tenants_ahead.get(tenant));
        self.ahead.saturating_add(own.copied().unwrap_or_default())
    }

    /// How much farther everybody's clock, or the tenant's own, can still be moved.
    pub(crate) fn room(&self, tenant: Option<&TenantId>) -> Duration {
        let moved = match tenant {
            Some(tenant) => self.tenants_ahead.get(tenant).copied().unwrap_or_default(),
            None => self.ahead,
        };
        FARTHEST.saturating_sub(moved)
    }

    /// Moves everybody's clock, or one tenant's, ahead; at most to [`FARTHEST`].
    pub(crate) fn advance(&mut self, tenant: Option<&TenantId>, by: Duration) {
        let by = by.min(self.room(tenant));
        let ahead = match tenant {
            Some(tenant) => self.tenants_ahead.entry(tenant.clone()).or_default(),
            None => &mut self.ahead,
        };
        *ahead = ahead.saturating_add(by);
    }

    /// Forgets how far a tenant's own clock was ahead.
    pub(crate) fn forget(&mut self, tenant: &TenantId) {
        self.tenants_ahead.remove(tenant);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::Provider;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn everybody_moves_or_one_tenant_alone() {
        let one = TenantId::of(Provider::Paynet, "sck_test_one");
        let other = TenantId::of(Provider::Paynet, "sck_test_other");
        let mut clock = Clock::default();
        clock.advance(None, MINUTE);
        clock.advance(Some(&one), MINUTE);

        assert_eq!(clock.ahead_of_real_time(None), MINUTE);
        assert_eq!(clock.ahead_of_real_time(Some(&one)), 2 * MINUTE);
        assert_eq!(clock.ahead_of_real_time(Some(&other)), MINUTE);

        clock.forget(&one);
        assert_eq!(clock.ahead_of_real_time(Some(&one)), MINUTE);
    }

    #[test]
    fn the_farthest_is_the_farthest() {
        let mut clock = Clock::default();
        clock.advance(None, Duration::MAX);
        clock.advance(None, MINUTE);
        assert_eq!(clock.ahead_of_real_time(None), FARTHEST);
        assert_eq!(clock.room(None), Duration::ZERO);
        assert!(clock.now(None) > Timestamp::now());
    }

    #[test]
    fn the_time_has_seven_fraction_digits_at_most() {
        let now = Clock::default().now(None);
        assert_eq!(i64::from(now.subsec_nanosecond()) % TICK_NANOSECONDS, 0);
    }
}
