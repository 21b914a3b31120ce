//! What a client is set to, each value with its bound.

use std::ops::RangeInclusive;
use std::time::Duration;

use onay_core::{Error, Reason};

use crate::ConnectRetry;

const OUT_OF_BOUNDS: Reason = Reason::new(
    "out_of_bounds",
    "is outside what is allowed",
    "izin verilen sınırların dışında",
);

const TIMEOUTS: RangeInclusive<Duration> = Duration::from_millis(1)..=Duration::from_secs(300);
const IDLE: RangeInclusive<Duration> = Duration::from_millis(1)..=Duration::from_secs(90);
const RESPONSE_BYTES: RangeInclusive<usize> = 1024..=16 * 1024 * 1024;

/// The settings of a client; every value inside its bound once they were checked.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) max_response_bytes: usize,
    pub(crate) retry: Option<ConnectRetry>,
}

impl Settings {
    pub(crate) fn checked(self) -> Result<Self, Error> {
        within("connect_timeout", &TIMEOUTS, &self.connect_timeout)?;
        within("timeout", &TIMEOUTS, &self.timeout)?;
        within("idle_timeout", &IDLE, &self.idle_timeout)?;
        let bytes = &self.max_response_bytes;
        within("max_response_bytes", &RESPONSE_BYTES, bytes)?;
        Ok(self)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(30),
            idle_timeout: Duration::from_secs(4),
            max_response_bytes: 256 * 1024,
            retry: None,
        }
    }
}

fn within<T: PartialOrd>(
    field: &'static str,
    bounds: &RangeInclusive<T>,
    value: &T,
) -> Result<(), Error> {
    if bounds.contains(value) {
        Ok(())
    } else {
        Err(Error::config(field, OUT_OF_BOUNDS))
    }
}
