//! How long something lasts: until another code may be sent, or until a code expires.

use std::time::{Duration, Instant, SystemTime};

/// No provider means a longer wait; a wrong date would be a countdown of years.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// How long something lasts, counted from the moment the response arrived, so that it stays right
/// where the local clock is wrong. At most a day.
///
/// ```
/// use std::time::{Duration, Instant};
/// use onay_core::Wait;
///
/// let now = Instant::now();
/// let wait = Wait::new(now, Duration::from_secs(180));
/// let later = now + Duration::from_secs(60);
/// assert_eq!(wait.remaining(later), Duration::from_secs(120));
/// assert!(wait.at().is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    ends: Instant,
    at: Option<SystemTime>,
    by_local_clock: bool,
}

impl Wait {
    /// A wait of this length that begins at `from`. More than a day counts as a day.
    pub fn new(from: Instant, length: Duration) -> Self {
        Self {
            ends: from.checked_add(length.min(LONGEST)).unwrap_or(from),
            at: None,
            by_local_clock: false,
        }
    }

    /// Adds the end by the provider's own clock, which is only for showing.
    #[must_use]
    pub fn with_time(mut self, at: SystemTime) -> Self {
        self.at = Some(at);
        self
    }

    /// Says that the length was counted against the local clock, since the response named no time of
    /// its own: it is wrong by as much as the clock is.
    #[must_use]
    pub fn by_local_clock(mut self) -> Self {
        self.by_local_clock = true;
        self
    }

    /// Whether the length is wrong by as much as the local clock is.
    pub fn is_by_local_clock(&self) -> bool {
        self.by_local_clock
    }

    /// How much of it is left at `now`; zero when it is over.
    pub fn remaining(&self, now: Instant) -> Duration {
        self.ends.saturating_duration_since(now)
    }

    /// How much of it is left by the process' own clock.
    pub fn remaining_now(&self) -> Duration {
        self.remaining(Instant::now())
    }

    /// When it ends.
    pub fn ends(&self) -> Instant {
        self.ends
    }

    /// The end by the provider's own clock, where the provider named one. Only for showing: count
    /// down from [`remaining`](Self::remaining).
    pub fn at(&self) -> Option<SystemTime> {
        self.at
    }

    /// What is left, in whole seconds, rounded up: a countdown that ends when the wait does.
    pub(crate) fn seconds_now(&self) -> u64 {
        let left = self.remaining_now();
        left.as_secs() + u64::from(left.subsec_nanos() > 0)
    }
}

#[cfg(feature = "serde")]
mod stored {
    //! A stored wait names its end on the local clock, which another process can count from.

    use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    use super::Wait;

    /// Both in milliseconds since 1970.
    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Stored {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<u64>,
        ends_at: u64,
    }

    impl Serialize for Wait {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let ends_at = SystemTime::now() + self.remaining_now();
            let stored = Stored {
                at: self.at.map(milliseconds),
                ends_at: milliseconds(ends_at),
            };
            stored.serialize(serializer)
        }
    }

    impl<'de> Deserialize<'de> for Wait {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            // serde's own errors quote what they could not read.
            let stored = Stored::deserialize(deserializer)
                .map_err(|_| de::Error::custom("not a stored wait"))?;
            let left = time(stored.ends_at)
                .and_then(|end| end.duration_since(SystemTime::now()).ok())
                .unwrap_or_default();
            // What is left is counted by the reader's own clock.
            let wait = Self::new(Instant::now(), left).by_local_clock();
            Ok(Self {
                at: stored.at.and_then(time),
                ..wait
            })
        }
    }

    fn milliseconds(time: SystemTime) -> u64 {
        let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }

    fn time(milliseconds: u64) -> Option<SystemTime> {
        UNIX_EPOCH.checked_add(Duration::from_millis(milliseconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_and_stays_over() {
        let now = Instant::now();
        let wait = Wait::new(now, Duration::from_secs(3));
        assert_eq!(wait.remaining(now), Duration::from_secs(3));
        assert_eq!(wait.remaining(now + Duration::from_secs(3)), Duration::ZERO);
        assert_eq!(wait.remaining(now + Duration::from_secs(9)), Duration::ZERO);
        assert_eq!(wait.ends(), now + Duration::from_secs(3));
        assert!(!wait.is_by_local_clock() && wait.by_local_clock().is_by_local_clock());
    }

    #[test]
    fn a_wait_of_years_counts_as_a_day() {
        let now = Instant::now();
        for length in [LONGEST, LONGEST * 365, Duration::MAX] {
            assert_eq!(Wait::new(now, length).remaining(now), LONGEST);
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn another_process_counts_on_from_the_end() {
        let at = std::time::UNIX_EPOCH + Duration::from_millis(1_790_000_000_123);
        let wait = Wait::new(Instant::now(), Duration::from_secs(180)).with_time(at);
        let stored = serde_json::to_string(&wait).expect("written");
        let read: Wait = serde_json::from_str(&stored).expect("read");
        assert_eq!(read.at(), Some(at));
        let left = read.remaining_now();
        assert!(left <= Duration::from_secs(180) && left > Duration::from_secs(170));
        let over: Wait = serde_json::from_str(r#"{"ends_at":0}"#).expect("read");
        assert_eq!(over.remaining_now(), Duration::ZERO);
        let far = format!(r#"{{"ends_at":{}}}"#, u64::MAX);
        let far: Wait = serde_json::from_str(&far).expect("read");
        assert!(far.remaining_now() <= LONGEST);
        for text in [
            r#"{"ends_at":"kanarya"}"#,
            "{}",
            "7",
            r#"{"ends_at":0,"kanarya":1}"#,
        ] {
            let error = serde_json::from_str::<Wait>(text).expect_err(text);
            assert!(!error.to_string().contains("kanarya"), "{error}");
        }
    }
}
