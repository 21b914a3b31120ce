//! A limit bounds how many messages go out in a length of time.

use std::time::Duration;

use onay_core::{Error, Reason};

/// The longest window, which is also how long a store may have to remember a message: 400 days.
const LONGEST_WINDOW: Duration = Duration::from_secs(400 * 24 * 60 * 60);
const SHORTEST_WINDOW: Duration = Duration::from_secs(1);
/// A store keeps a time for each message that counts.
const HIGHEST_COUNT: u32 = 10_000;

const NO_MESSAGE: Reason = Reason::new(
    "limit_of_zero",
    "lets no message through: its count is 0",
    "hiçbir mesaja izin vermiyor: sayısı 0",
);
const TOO_MANY: Reason = Reason::new(
    "limit_too_high",
    "has a count above 10,000, which limits nothing",
    "10.000'den büyük bir sayı içeriyor, bu hiçbir şeyi sınırlamaz",
);
const WINDOW_TOO_SHORT: Reason = Reason::new(
    "limit_window_too_short",
    "has a window shorter than a second",
    "bir saniyeden kısa bir süre içeriyor",
);
const WINDOW_TOO_LONG: Reason = Reason::new(
    "limit_window_too_long",
    "has a window longer than 400 days",
    "400 günden uzun bir süre içeriyor",
);

/// At most so many messages in any stretch of time of this length.
///
/// The window slides: five a day is five in any 24 hours, not five before midnight and five after.
///
/// ```
/// use std::time::Duration;
/// use onay_guard::Limit;
///
/// let limit = Limit::new(5, Duration::from_secs(24 * 60 * 60));
/// assert_eq!(limit.count(), 5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limit {
    count: u32,
    window: Duration,
}

impl Limit {
    /// At most `count` messages in any stretch of `window`.
    pub const fn new(count: u32, window: Duration) -> Self {
        Self { count, window }
    }

    /// How many.
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// In how long a time.
    pub const fn window(&self) -> Duration {
        self.window
    }

    pub(crate) fn check(self, argument: &'static str) -> Result<(), Error> {
        let reason = if self.count == 0 {
            NO_MESSAGE
        } else if self.count > HIGHEST_COUNT {
            TOO_MANY
        } else if self.window < SHORTEST_WINDOW {
            WINDOW_TOO_SHORT
        } else if self.window > LONGEST_WINDOW {
            WINDOW_TOO_LONG
        } else {
            return Ok(());
        };
        Err(Error::config(argument, reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_themselves_are_good_and_what_is_beyond_them_is_not() {
        let (day, second) = (Duration::from_secs(86_400), Duration::from_secs(1));
        for (count, window, reason) in [
            (1, second, None),
            (10_000, day * 400, None),
            (0, day, Some(NO_MESSAGE)),
            (10_001, day, Some(TOO_MANY)),
            (1, Duration::from_millis(999), Some(WINDOW_TOO_SHORT)),
            (1, day * 400 + second, Some(WINDOW_TOO_LONG)),
        ] {
            let checked = Limit { count, window }.check("limit");
            let found = checked.err().and_then(|error| error.reason());
            assert_eq!(found, reason, "{count} in {window:?}");
        }
    }
}
