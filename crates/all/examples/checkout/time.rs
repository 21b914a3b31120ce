//! Waiting times as a Turkish page says them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Istanbul is three hours ahead of UTC all year.
const ISTANBUL: u64 = 3 * 60 * 60;

/// `2 dakika 51 saniye`.
pub(crate) fn spoken(wait: Duration) -> String {
    let seconds = whole(wait);
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} saniye"),
        (minutes, 0) => format!("{minutes} dakika"),
        (minutes, seconds) => format!("{minutes} dakika {seconds} saniye"),
    }
}

/// The time of day in Istanbul when the wait is over: `18:05:12`.
pub(crate) fn when(wait: Duration) -> String {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let seconds = now.as_secs() + whole(wait) + ISTANBUL;
    let (hours, minutes) = (seconds / 3600 % 24, seconds / 60 % 60);
    format!("{hours:02}:{minutes:02}:{:02}", seconds % 60)
}

/// Whole seconds, rounded up: whoever waits that long is not too early.
pub(crate) fn whole(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}
