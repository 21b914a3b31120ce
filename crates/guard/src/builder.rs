//! A builder holds the settings of a guard and checks them.

use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

use onay_core::{Error, Reason};
use zeroize::Zeroizing;

use crate::key::Keyring;
use crate::owed::Queue;
use crate::rules::{Rules, Settings};
use crate::verified_share::Counts;
use crate::{Guarded, Limit};

const LONGEST_TIME: Duration = Duration::from_secs(24 * 60 * 60);
const SHORTEST_SECRET: usize = 16;
/// From a country to ten numbers of a long one.
const RANGE_DIGITS: RangeInclusive<usize> = 1..=14;

pub(crate) const EMPTY: Reason = Reason::new("empty", "is empty", "boş");
const SECRET_TOO_SHORT: Reason = Reason::new(
    "guard_secret_too_short",
    "is shorter than 16 bytes",
    "16 bayttan kısa",
);
const SECRET_NO_KEY: Reason = Reason::new(
    "guard_secret_no_key",
    "cannot be a key",
    "anahtar olarak kullanılamıyor",
);
const BAD_RANGE: Reason = Reason::new(
    "guard_range_digits",
    "has a number of digits outside 1 to 14, or two different ones",
    "1 ile 14 arası olmayan ya da birbirinden farklı basamak sayıları içeriyor",
);
pub(crate) const ZERO: Reason = Reason::new("time_of_zero", "is zero", "sıfır");
const OVER_A_DAY: Reason =
    Reason::new("time_over_a_day", "is longer than a day", "bir günden uzun");

/// What a guard does when its store cannot be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FailMode {
    /// Nothing is sent: [`Unreachable`](onay_core::ErrorKind::Unreachable) with
    /// [`NotSent`](onay_core::Dispatch::NotSent). No message is doubled.
    #[default]
    Closed,
    /// The message goes out without a guard, and may be a second one. For shops to which a lost
    /// payment is worse.
    ///
    /// It holds for a store that certainly [decided nothing](crate::StoreError::is_unavailable).
    /// Where the answer was lost on its way, after a time-out say, it may have been a no: that is
    /// refused even so.
    Open,
}

/// Settings of a [`Guarded`] provider. Scope and secret are needed, the rest has defaults.
#[must_use]
pub struct GuardedBuilder<P, S> {
    provider: P,
    store: S,
    secret: Zeroizing<Vec<u8>>,
    /// How many digits the numbers of one range share, by range limit.
    range_digits: Vec<usize>,
    settings: Settings,
}

impl<P, S> GuardedBuilder<P, S> {
    pub(crate) fn new(provider: P, store: S) -> Self {
        Self {
            provider,
            store,
            secret: Zeroizing::default(),
            range_digits: Vec::new(),
            settings: Settings::default(),
        }
    }

    /// Guards with the same scope and secret share slots and limits. Usually the provider's name. It
    /// shows in traces.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.settings.scope = scope.into();
        self
    }

    /// What keeps numbers unreadable in the store: at least 16 random bytes, the same on every
    /// machine. After a change every slot and count begins anew.
    pub fn secret(mut self, secret: &[u8]) -> Self {
        self.secret = Zeroizing::new(secret.to_vec());
        self
    }

    /// How long a message holds the next one back at least: 60 seconds unless told otherwise, a day
    /// at most. A provider that names a longer wait is waited for.
    pub fn minimum_wait(mut self, wait: Duration) -> Self {
        self.settings.minimum_wait = wait;
        self
    }

    /// How long a message holds the next one back where it is not known whether it went out: 180
    /// seconds unless told otherwise, a day at most. The [minimum wait](Self::minimum_wait) where
    /// that is longer.
    ///
    /// After a [`MaybeSent`](onay_core::Dispatch::MaybeSent) it is counted from the answer. It also
    /// holds where the provider's answer never reached the store: the process died after the yes,
    /// the call was dropped, the store did not answer. Then it is counted from before the call. So it
    /// is as long as the longest wait that a provider of Onay is known to name, Paynet's; with less,
    /// a process that dies can mean a second message within that wait.
    pub fn unsure_wait(mut self, wait: Duration) -> Self {
        self.settings.unsure_wait = wait;
        self
    }

    /// An upper bound for one provider call, retries included: 60 seconds unless told otherwise, a
    /// day at most. A call of Onay's own providers takes 30 seconds at most, by default.
    ///
    /// Until a call is over its slot is taken for the [unsure wait](Self::unsure_wait), or for this
    /// long and the [minimum wait](Self::minimum_wait) where that is longer. A call that takes longer
    /// could meet a second one.
    pub fn longest_call(mut self, longest: Duration) -> Self {
        self.settings.longest_call = longest;
        self
    }

    /// At most `count` messages to one recipient in any `window`: five in 24 hours, say. Several
    /// limits hold together.
    pub fn limit(mut self, count: u32, window: Duration) -> Self {
        self.settings.limits.push(Limit::new(count, window));
        self
    }

    /// At most `count` messages in any `window` to phone numbers whose first `digits` digits are the
    /// same, the country's code included: with 9, to the thousand numbers that begin with +90 555 000 0. It bounds
    /// what a bot can pump into a range that pays it, whichever number and caller it names. Several
    /// limits hold together, all with the same number of digits.
    pub fn range_limit(mut self, digits: usize, count: u32, window: Duration) -> Self {
        self.range_digits.push(digits);
        self.settings.range_limits.push(Limit::new(count, window));
        self
    }

    /// At most `count` messages for one caller in any `window`, to any recipients. Several limits
    /// hold together. The caller is what the challenge or the notice names
    /// ([`OtpChallenge::for_caller`](onay_core::OtpChallenge::for_caller)): an address, a customer's
    /// id. Calls that name none are not counted.
    ///
    /// An IPv6 network has more addresses than can be counted: name its `/64`, not the address.
    pub fn caller_limit(mut self, count: u32, window: Duration) -> Self {
        self.settings.caller_limits.push(Limit::new(count, window));
        self
    }

    /// What to do when the store cannot be asked: [`Closed`](FailMode::Closed) unless told otherwise.
    pub fn fail_mode(mut self, mode: FailMode) -> Self {
        self.settings.fail_mode = mode;
        self
    }

    /// The guarded provider.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config), nothing sent: no scope or secret, a secret shorter
    /// than 16 bytes, a wait of nothing or of more than a day, a limit of 0 or above 10,000, a
    /// range of no digits or more than 14, a
    /// window shorter than a second or longer than 400 days. [`Error::subject`] names which.
    pub fn build(self) -> Result<Guarded<P, S>, Error> {
        let settings = self.settings;
        if settings.scope.is_empty() {
            return Err(Error::config("scope", EMPTY));
        }
        if self.secret.len() < SHORTEST_SECRET {
            return Err(Error::config("secret", SECRET_TOO_SHORT));
        }
        check_time("minimum_wait", settings.minimum_wait)?;
        check_time("unsure_wait", settings.unsure_wait)?;
        check_time("longest_call", settings.longest_call)?;
        let range_digits = self.range_digits.first().copied();
        let is_odd =
            |digits: &usize| Some(*digits) != range_digits || !RANGE_DIGITS.contains(digits);
        if self.range_digits.iter().any(is_odd) {
            return Err(Error::config("range_limit", BAD_RANGE));
        }
        for (argument, limits) in [
            ("limit", &settings.limits),
            ("range_limit", &settings.range_limits),
            ("caller_limit", &settings.caller_limits),
        ] {
            limits.iter().try_for_each(|limit| limit.check(argument))?;
        }
        let keyring = Keyring::new(&self.secret, &settings.scope)
            .ok_or_else(|| Error::config("secret", SECRET_NO_KEY))?
            .with_range(range_digits);
        let rules = Rules {
            store: self.store,
            keyring,
            settings,
            owed: Queue::default(),
            counts: Counts::default(),
        };
        Ok(Guarded::new(self.provider, rules))
    }
}

impl<P: fmt::Debug, S: fmt::Debug> fmt::Debug for GuardedBuilder<P, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuardedBuilder")
            .field("provider", &self.provider)
            .field("store", &self.store)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

fn check_time(argument: &'static str, time: Duration) -> Result<(), Error> {
    let reason = if time.is_zero() {
        ZERO
    } else if time > LONGEST_TIME {
        OVER_A_DAY
    } else {
        return Ok(());
    };
    Err(Error::config(argument, reason))
}
