//! The one retry there is: for a request that certainly was not sent.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use onay_core::{Error, Reason};

const RETRIES: Reason = Reason::new(
    "too_many_retries",
    "is not 1 to 5",
    "1 ile 5 arasında değil",
);
const BACKOFF: Reason = Reason::new(
    "backoff_too_long",
    "is longer than 10 s",
    "10 saniyeden uzun",
);

/// How often to connect again when no connection could be made.
///
/// Everything that may have left is never repeated. A try that would begin after the client's total
/// timeout is not begun.
///
/// ```
/// use std::time::Duration;
/// use onay_http::{ConnectRetry, HttpClient};
///
/// let twice_more = ConnectRetry::new(2, Duration::from_millis(200))?;
/// let client = HttpClient::builder().connect_retry(twice_more).build()?;
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectRetry {
    max_retries: u32,
    backoff: Duration,
}

impl ConnectRetry {
    /// More helps no customer who waits for a page.
    const MAX_RETRIES: u32 = 5;
    const MAX_BACKOFF: Duration = Duration::from_secs(10);

    /// Tries up to `max_retries` times more, 1 to 5. The pause before each doubles, beginning with
    /// `backoff`, at most 10 s, and varies by half so that many callers do not come back at once.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config) naming `max_retries` or `backoff`: outside these
    /// bounds.
    pub fn new(max_retries: u32, backoff: Duration) -> Result<Self, Error> {
        if !(1..=Self::MAX_RETRIES).contains(&max_retries) {
            return Err(Error::config("max_retries", RETRIES));
        }
        if backoff > Self::MAX_BACKOFF {
            return Err(Error::config("backoff", BACKOFF));
        }
        Ok(Self {
            max_retries,
            backoff,
        })
    }

    /// How long to wait before the next try, when so many have been made.
    pub(crate) fn pause_before(self, made: u32) -> Option<Duration> {
        if made >= self.max_retries {
            return None;
        }
        let doubled = self
            .backoff
            .saturating_mul(1 << made)
            .min(Self::MAX_BACKOFF);
        Some(doubled.mul_f64(0.5 + random_share()))
    }
}

/// Between 0 and 1. The standard library seeds every `RandomState` anew, which is random enough to
/// spread callers and saves a dependency.
fn random_share() -> f64 {
    let random = RandomState::new().hash_one(0_u8);
    f64::from(u32::try_from(random >> 32).unwrap_or(u32::MAX)) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use onay_core::Subject;

    use super::*;

    #[test]
    fn pauses_double_vary_by_half_and_end() {
        let retry = ConnectRetry::new(3, Duration::from_millis(100)).expect("a retry");
        for (made, base) in [(0, 100), (1, 200), (2, 400)] {
            for _ in 0..100 {
                let pause = retry.pause_before(made).expect("another try").as_millis();
                assert!(
                    (base / 2..=base * 3 / 2).contains(&pause),
                    "{made}: {pause}"
                );
            }
        }
        assert_eq!(retry.pause_before(3), None);
    }

    #[test]
    fn absurd_settings_are_refused() {
        for (max_retries, backoff, named) in [
            (0, Duration::ZERO, "max_retries"),
            (6, Duration::ZERO, "max_retries"),
            (u32::MAX, Duration::MAX, "max_retries"),
            (5, Duration::from_millis(10_001), "backoff"),
            (1, Duration::MAX, "backoff"),
        ] {
            let error = ConnectRetry::new(max_retries, backoff).expect_err(named);
            assert_eq!(error.subject(), Some(Subject::Argument(named)));
        }
        let longest = ConnectRetry::new(5, ConnectRetry::MAX_BACKOFF).expect("a retry");
        assert!(longest.pause_before(4).expect("fifth") <= ConnectRetry::MAX_BACKOFF * 3 / 2);
        assert_eq!(longest.pause_before(5), None);
    }
}
