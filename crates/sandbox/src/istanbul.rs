//! `format` and `parse` handle times as they are read in Turkey.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

/// Turkey's offset from UTC, the same all year since 2016.
const OFFSET: Offset = Offset::constant(3);

/// Writes a time as a clock in Istanbul shows it.
pub(crate) fn format(time: Timestamp, format: &str) -> String {
    time.to_zoned(TimeZone::fixed(OFFSET))
        .strftime(format)
        .to_string()
}

/// Reads a time as a clock in Istanbul shows it, if it is written exactly so.
pub(crate) fn parse(text: &str, form: &str) -> Option<Timestamp> {
    let time = DateTime::strptime(form, text).ok()?;
    let time = time.to_zoned(TimeZone::fixed(OFFSET)).ok()?.timestamp();
    (format(time, form) == text).then_some(time)
}
