//! Times as they are read in Turkey.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

/// Turkey's offset from UTC, the same all year since 2016.
const OFFSET: Offset = Offset::constant(3);

/// Writes a time as a clock in Istanbul shows it.
pub(crate) fn format(time: Timestamp, format: &str) -> String {
    time.to_zoned(TimeZone::fixed(OFFSET))
        .strftime(format)
        .to_string()
}
