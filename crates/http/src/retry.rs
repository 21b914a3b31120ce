//! The one retry there is: for a request that certainly was not sent.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// How often to try again when no connection could be made.
///
/// Everything that may have left is never repeated. A try that would begin after the client's total
/// timeout is not begun.
///
/// ```
/// use std::time::Duration;
/// use onay_http::{HttpClient, UnreachableRetry};
///
/// let twice_more = UnreachableRetry::new(2, Duration::from_millis(200));
/// let client = HttpClient::builder().retry_unreachable(twice_more).build()?;
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnreachableRetry {
    tries: u32,
    pause: Duration,
}

impl UnreachableRetry {
    /// More than this helps nobody who waits for a page.
    const MAX_TRIES: u32 = 5;
    const MAX_PAUSE: Duration = Duration::from_secs(10);

    /// Tries up to `tries` times more. The pause before each doubles, beginning with `pause`, and
    /// varies by half so that many callers do not come back at once.
    ///
    /// More than 5 tries are taken as 5 and a pause above 10 s as 10 s, without an error. The settings
    /// of an [`HttpClientBuilder`](crate::HttpClientBuilder) are refused instead: a time limit that is
    /// quietly another one would surprise, and fewer tries than asked for do no harm.
    pub fn new(tries: u32, pause: Duration) -> Self {
        Self {
            tries: tries.min(Self::MAX_TRIES),
            pause: pause.min(Self::MAX_PAUSE),
        }
    }

    /// How long to wait before the next try, when so many have been made.
    pub(crate) fn pause_before(self, made: u32) -> Option<Duration> {
        if made >= self.tries {
            return None;
        }
        let doubled = self.pause.saturating_mul(1 << made).min(Self::MAX_PAUSE);
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
    use super::*;

    #[test]
    fn pauses_double_vary_by_half_and_end() {
        let retry = UnreachableRetry::new(3, Duration::from_millis(100));
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
    fn absurd_settings_are_bounded() {
        let retry = UnreachableRetry::new(u32::MAX, Duration::MAX);
        assert!(retry.pause_before(4).expect("fifth") <= UnreachableRetry::MAX_PAUSE * 3 / 2);
        assert_eq!(retry.pause_before(5), None);
    }
}
