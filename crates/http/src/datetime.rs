//! The times that Turkish providers write, with or without an offset.

use std::time::SystemTime;

use jiff::fmt::{rfc2822, temporal};
use jiff::tz::{Offset, TimeZone};

/// Istanbul has kept +03:00 all year since 2016.
const ISTANBUL: Offset = Offset::constant(3);

static PARSER: temporal::DateTimeParser = temporal::DateTimeParser::new();

static HTTP_PARSER: rfc2822::DateTimeParser = rfc2822::DateTimeParser::new();

/// Reads an ISO 8601 time: with an offset, with `Z`, or with neither, which means Istanbul.
///
/// Any number of fraction digits up to nine, or none. `None` for what cannot be read, and for
/// every time up to the beginning of 1970 (UTC): providers write one of those, mostly the year 1, for
/// "not set".
///
/// ```
/// use onay_http::datetime;
///
/// let with = datetime::parse("2017-07-17T15:30:15.0581408+03:00");
/// let without = datetime::parse("2017-07-17T15:30:15.0581408");
/// assert!(with.is_some());
/// assert_eq!(with, without);
/// assert_eq!(datetime::parse("0001-01-01T00:00:00"), None);
/// assert_eq!(datetime::parse("soon"), None);
/// ```
pub fn parse(text: &str) -> Option<SystemTime> {
    let text = text.trim();
    let timestamp = PARSER.parse_timestamp(text).ok().or_else(|| {
        let civil = PARSER.parse_datetime(text).ok()?;
        let zoned = civil.to_zoned(TimeZone::fixed(ISTANBUL)).ok()?;
        Some(zoned.timestamp())
    })?;
    let time = SystemTime::from(timestamp);
    let set = time > SystemTime::UNIX_EPOCH;
    set.then_some(time)
}

/// Reads the time of an HTTP header such as `Date`.
pub(crate) fn parse_http(text: &str) -> Option<SystemTime> {
    let timestamp = HTTP_PARSER.parse_timestamp(text).ok()?;
    Some(SystemTime::from(timestamp))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    /// 2017-07-17T12:30:15Z.
    const SECONDS: u64 = 1_500_294_615;

    #[test]
    fn reads_all_documented_forms() {
        let whole = UNIX_EPOCH + Duration::from_secs(SECONDS);
        let tenth = whole + Duration::from_millis(100);
        for (text, expected) in [
            (
                "2017-07-17T15:30:15.0581408+03:00",
                whole + Duration::from_nanos(58_140_800),
            ),
            ("2017-07-17T15:30:15.1+03:00", tenth),
            ("2017-07-17T15:30:15.1", tenth),
            (
                "1970-01-01T00:00:00.1Z",
                UNIX_EPOCH + Duration::from_millis(100),
            ),
            ("2017-07-17T15:30:15+03:00", whole),
            ("2017-07-17T12:30:15Z", whole),
            ("2017-07-17T12:30:15.1000000Z", tenth),
            ("2017-07-17T15:30:15", whole),
            ("2017-07-17 15:30:15", whole),
            ("2017-07-17T14:30:15+02:00", whole),
            (" 2017-07-17T15:30:15\n", whole),
        ] {
            assert_eq!(parse(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "0001-01-01T00:00:00",
            "0001-01-01T00:00:00Z",
            "1900-01-01T00:00:00",
            "1970-01-01T00:00:00Z",
            "1970-01-01T02:00:00+03:00",
            "17.07.2017 15:30",
            "2017-02-30T00:00:00",
            "2017-07-17T25:00:00",
            "/Date(1500294615000)/",
            "null",
            "99999-01-01T00:00:00",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn reads_the_date_header() {
        let expected = UNIX_EPOCH + Duration::from_secs(SECONDS);
        assert_eq!(parse_http("Mon, 17 Jul 2017 12:30:15 GMT"), Some(expected));
        assert_eq!(parse_http("yesterday"), None);
    }
}
