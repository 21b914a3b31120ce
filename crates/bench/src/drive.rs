//! Has a client call so many times with so many calls in flight, and looks at the clocks.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;

use crate::calls::Failure;
use crate::clients::Client;

/// So many samples have their place from the beginning, whatever a phase's length: what a call allocates is found
/// as the difference of two lengths.
const SAMPLES: usize = 1 << 16;

/// A stretch of calls; written as `64x2000`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Phase {
    pub(crate) in_flight: usize,
    pub(crate) calls: usize,
}

impl FromStr for Phase {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self, Failure> {
        let (in_flight, calls) = text.split_once('x').ok_or("a phase is written 64x2000")?;
        let (in_flight, calls) = (in_flight.parse()?, calls.parse()?);
        if in_flight == 0 || calls == 0 {
            return Err("a phase without a call".into());
        }
        Ok(Self { in_flight, calls })
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.in_flight, self.calls)
    }
}

/// What a phase took; one line of JSON per phase, the same from every client in every language.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Measured {
    pub(crate) calls: u64,
    pub(crate) wall_ns: u64,
    pub(crate) cpu_ns: u64,
    pub(crate) p50_ns: u64,
    pub(crate) p99_ns: u64,
}

pub(crate) async fn drive<C: Client>(
    client: C,
    phases: &[Phase],
) -> Result<Vec<Measured>, Failure> {
    let client = Arc::new(client);
    let mut measured = Vec::with_capacity(phases.len());
    for phase in phases {
        measured.push(stretch(&client, *phase).await?);
    }
    Ok(measured)
}

async fn stretch<C: Client>(client: &Arc<C>, phase: Phase) -> Result<Measured, Failure> {
    let left = Arc::new(AtomicUsize::new(phase.calls));
    let mut callers = JoinSet::new();
    let (began, cpu) = (Instant::now(), cpu_time());
    for _ in 0..phase.in_flight {
        let samples = Vec::with_capacity(SAMPLES / phase.in_flight);
        callers.spawn(caller(Arc::clone(client), Arc::clone(&left), samples));
    }
    let mut samples = Vec::with_capacity(SAMPLES);
    while let Some(of_caller) = callers.join_next().await {
        samples.extend(of_caller??);
    }
    let (wall, cpu) = (began.elapsed(), cpu_time().saturating_sub(cpu));
    samples.sort_unstable();
    Ok(Measured {
        calls: samples.len() as u64,
        wall_ns: nanoseconds(wall),
        cpu_ns: nanoseconds(cpu),
        p50_ns: percentile(&samples, 50),
        p99_ns: percentile(&samples, 99),
    })
}

async fn caller<C: Client>(
    client: Arc<C>,
    left: Arc<AtomicUsize>,
    mut samples: Vec<u64>,
) -> Result<Vec<u64>, Failure> {
    let another = |left: usize| left.checked_sub(1);
    while left
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, another)
        .is_ok()
    {
        let began = Instant::now();
        client.call().await?;
        samples.push(nanoseconds(began.elapsed()));
    }
    Ok(samples)
}

/// User and system time of this process.
pub(crate) fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    let nanoseconds = u32::try_from(time.tv_nsec).unwrap_or_default();
    Duration::new(seconds, nanoseconds)
}

pub(crate) fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// The smallest sample that so many of a hundred do not exceed.
fn percentile(sorted: &[u64], percent: usize) -> u64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phases_are_read_as_they_are_written() {
        let phase: Phase = "64x2000".parse().expect("a phase");
        assert_eq!((phase.in_flight, phase.calls), (64, 2000));
        assert_eq!(phase.to_string(), "64x2000");
        for text in ["", "64", "64x", "x5", "0x5", "5x0", "a x b"] {
            text.parse::<Phase>().expect_err(text);
        }
    }

    #[test]
    fn percentiles_are_samples() {
        let samples: Vec<u64> = (1..=200).collect();
        assert_eq!(percentile(&samples, 50), 100);
        assert_eq!(percentile(&samples, 99), 198);
        assert_eq!(percentile(&[7], 99), 7);
        assert_eq!(percentile(&[], 99), 0);
    }
}
