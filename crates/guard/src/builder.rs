//! Settings of a guard, checked before there is one.

use std::fmt;
use std::time::Duration;

use onay_core::Error;
use zeroize::Zeroizing;

use crate::key::Keyring;
use crate::rules::Rules;
use crate::{Guarded, Limit};

/// Paynet's own: the longest wait that a provider here is known to name.
const MINIMUM_WAIT: Duration = Duration::from_secs(180);
const LONGEST_CALL: Duration = Duration::from_secs(60);
const LONGEST_TIME: Duration = Duration::from_secs(24 * 60 * 60);
const SHORTEST_SECRET: usize = 16;

/// What a guard does when its store cannot be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WhenStoreIsAway {
    /// Nothing is sent: [`Unreachable`](onay_core::ErrorKind::Unreachable) with
    /// [`NotSent`](onay_core::Delivery::NotSent). No message is doubled.
    #[default]
    Refuse,
    /// The message goes out without a guard, and may be a second one. For shops to which a lost
    /// payment is worse.
    ///
    /// It holds for a store that certainly [decided nothing](crate::StoreError::is_away). Where the
    /// answer was lost on its way, after a time-out say, it may have been a no: that is refused even
    /// so.
    SendAnyway,
}

/// Settings of a [`Guarded`] provider. Scope and secret are needed, the rest has defaults.
#[must_use]
pub struct GuardedBuilder<P, S> {
    provider: P,
    store: S,
    scope: String,
    secret: Zeroizing<Vec<u8>>,
    minimum_wait: Duration,
    longest_call: Duration,
    limits: Vec<Limit>,
    caller_limits: Vec<Limit>,
    when_store_is_away: WhenStoreIsAway,
}

impl<P, S> GuardedBuilder<P, S> {
    pub(crate) fn new(provider: P, store: S) -> Self {
        Self {
            provider,
            store,
            scope: String::new(),
            secret: Zeroizing::default(),
            minimum_wait: MINIMUM_WAIT,
            longest_call: LONGEST_CALL,
            limits: Vec::new(),
            caller_limits: Vec::new(),
            when_store_is_away: WhenStoreIsAway::default(),
        }
    }

    /// Guards with the same scope and secret share slots and limits. Usually the provider's name. It
    /// shows in traces, and in the error of a guard whose store is away.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = scope.into();
        self
    }

    /// What keeps numbers unreadable in the store: at least 16 random bytes, the same on every
    /// machine. After a change every slot and count begins anew.
    pub fn secret(mut self, secret: &[u8]) -> Self {
        self.secret = Zeroizing::new(secret.to_vec());
        self
    }

    /// How long a message holds the next one back where the provider names no wait, and where nobody
    /// knows whether it went out. 180 seconds unless told otherwise; a day at most.
    ///
    /// It is also what holds where the provider's own wait never reached the store: the process died
    /// after the yes, the call was dropped, the store did not answer. So it is as long as the longest
    /// wait that a provider of Onay is known to name, Paynet's; a provider with a longer one wants
    /// more. With less, a settlement that is lost can mean a second message within that wait.
    pub fn minimum_wait(mut self, wait: Duration) -> Self {
        self.minimum_wait = wait;
        self
    }

    /// An upper bound for one provider call, retries included. Default: 60 s, a day at most. A call of
    /// Onay's own providers takes 30 s at most, by default.
    ///
    /// Until a call is over its slot is taken for this long and the
    /// [minimum wait](Self::minimum_wait). A call that takes longer could meet a second one.
    pub fn longest_call(mut self, longest: Duration) -> Self {
        self.longest_call = longest;
        self
    }

    /// At most `count` messages to one recipient in any `window`: five in 24 hours, say. Several
    /// limits hold together.
    pub fn limit(mut self, count: u32, window: Duration) -> Self {
        self.limits.push(Limit::new(count, window));
        self
    }

    /// At most `count` messages for one [caller](Guarded::for_caller) in any `window`, to whomever.
    /// Several limits hold together. Calls that name no caller are not counted.
    pub fn caller_limit(mut self, count: u32, window: Duration) -> Self {
        self.caller_limits.push(Limit::new(count, window));
        self
    }

    /// What to do when the store cannot be asked. [`Refuse`](WhenStoreIsAway::Refuse) unless told
    /// otherwise.
    pub fn when_store_is_away(mut self, choice: WhenStoreIsAway) -> Self {
        self.when_store_is_away = choice;
        self
    }

    /// The guarded provider.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config), nothing sent: no scope or secret, a secret shorter
    /// than 16 bytes, a wait of nothing or of more than a day, a limit of 0 or above 10,000, a
    /// window shorter than a second or longer than 400 days. [`Error::field`] names which.
    pub fn build(self) -> Result<Guarded<P, S>, Error> {
        if self.scope.is_empty() {
            return Err(Error::config("scope", "is empty"));
        }
        if self.secret.len() < SHORTEST_SECRET {
            let why = "is shorter than 16 bytes";
            return Err(Error::config("secret", why));
        }
        check_time("minimum_wait", self.minimum_wait)?;
        check_time("longest_call", self.longest_call)?;
        for (field, limits) in [
            ("limit", &self.limits),
            ("caller_limit", &self.caller_limits),
        ] {
            limits.iter().try_for_each(|limit| limit.check(field))?;
        }
        let keyring = Keyring::new(&self.secret, &self.scope)
            .ok_or_else(|| Error::config("secret", "cannot be a key"))?;
        let rules = Rules {
            store: self.store,
            scope: self.scope,
            keyring,
            minimum_wait: self.minimum_wait,
            longest_call: self.longest_call,
            limits: self.limits,
            caller_limits: self.caller_limits,
            when_store_is_away: self.when_store_is_away,
        };
        Ok(Guarded::new(self.provider, rules))
    }
}

impl<P: fmt::Debug, S: fmt::Debug> fmt::Debug for GuardedBuilder<P, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuardedBuilder")
            .field("provider", &self.provider)
            .field("store", &self.store)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

fn check_time(field: &'static str, time: Duration) -> Result<(), Error> {
    let why = if time.is_zero() {
        "must not be zero"
    } else if time > LONGEST_TIME {
        "is longer than a day"
    } else {
        return Ok(());
    };
    Err(Error::config(field, why))
}
