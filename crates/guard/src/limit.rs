//! So many messages in so long a time.

use std::time::Duration;

use onay_core::Error;

/// The longest window, which is also how long a store may have to remember: 400 days.
const LONGEST_WINDOW: Duration = Duration::from_secs(400 * 24 * 60 * 60);
const SHORTEST_WINDOW: Duration = Duration::from_secs(1);
/// A store keeps a time for each message that counts.
const HIGHEST_COUNT: u32 = 10_000;

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

    pub(crate) fn check(self, field: &'static str) -> Result<(), Error> {
        let why = if self.count == 0 {
            "lets no message through: its count is 0"
        } else if self.count > HIGHEST_COUNT {
            "has a count above 10,000, which limits nobody"
        } else if self.window < SHORTEST_WINDOW {
            "has a window shorter than a second"
        } else if self.window > LONGEST_WINDOW {
            "has a window longer than 400 days"
        } else {
            return Ok(());
        };
        Err(Error::config(field, why))
    }
}
