//! The rows: who makes which call, and what was measured of it.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use super::count::Cost;
use super::foreign::Foreign;
use super::number::{float, median};
use super::process;
use crate::calls::{Call, Failure};
use crate::clients::Way;
use crate::drive::Measured;

/// Warming up, one in flight, many in flight.
const PHASES: [&str; 3] = ["64x2000", "1x2000", "64x10000"];

/// Who makes a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Caller {
    Rust(Way),
    Foreign(Foreign),
}

/// One row and its measurements.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) call: Call,
    pub(crate) caller: Caller,
    pub(crate) cost: Option<Cost>,
    pub(crate) rounds: Vec<Round>,
}

/// What one round saw of a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Round {
    pub(crate) alone: Measured,
    pub(crate) crowd: Measured,
}

impl Row {
    /// Every call in every way; the other languages only make the first, for they differ by far more than calls do.
    pub(crate) fn all() -> Vec<Self> {
        let rust = Call::ALL.into_iter().flat_map(|call| {
            let ways = Way::ALL.into_iter();
            ways.map(move |way| Self::new(call, Caller::Rust(way)))
        });
        let foreign = Foreign::ALL.into_iter();
        let foreign = foreign.map(|client| Self::new(Call::SendOtp, Caller::Foreign(client)));
        rust.chain(foreign).collect()
    }

    fn new(call: Call, caller: Caller) -> Self {
        Self {
            call,
            caller,
            cost: None,
            rounds: Vec::new(),
        }
    }

    /// Runs it once; nothing happens where it is not installed.
    pub(crate) fn run(
        &mut self,
        program: &OsStr,
        installed: &Path,
        address: &str,
    ) -> Result<(), Failure> {
        let Some(mut command) = self.command(program, installed, address) else {
            return Ok(());
        };
        match process::measure(&mut command)?.as_slice() {
            [_, alone, crowd] => self.rounds.push(Round {
                alone: *alone,
                crowd: *crowd,
            }),
            _ => return Err("not as many phases as were asked for".into()),
        }
        Ok(())
    }

    fn command(&self, program: &OsStr, installed: &Path, address: &str) -> Option<Command> {
        match self.caller {
            Caller::Rust(way) => {
                let mut command = process::client(program);
                let call = ["call", way.name(), self.call.name(), address];
                command.args(call).args(PHASES);
                Some(command)
            }
            Caller::Foreign(client) => {
                let mut command = client.command(installed, address)?;
                command.args(client.phases());
                Some(command)
            }
        }
    }

    /// The median over the rounds.
    pub(crate) fn middle(&self, of: impl Fn(&Round) -> f64) -> f64 {
        median(self.rounds.iter().map(of))
    }

    /// The median of the ratios to the other, round by round.
    pub(crate) fn ratio(&self, other: &Self, of: impl Fn(&Round) -> f64) -> Option<f64> {
        let rounds = self.rounds.iter().zip(&other.rounds);
        let ratios: Vec<f64> = rounds.map(|(this, other)| of(this) / of(other)).collect();
        (!ratios.is_empty()).then(|| median(ratios))
    }
}

/// CPU time per call in microseconds, many in flight.
pub(crate) fn cpu(round: &Round) -> f64 {
    float(round.crowd.cpu_ns) / float(round.crowd.calls.max(1)) / 1e3
}

/// Calls per second.
pub(crate) fn rate(phase: &Measured) -> f64 {
    float(phase.calls) * 1e9 / float(phase.wall_ns.max(1))
}

pub(crate) fn find(rows: &[Row], call: Call, caller: Caller) -> Option<&Row> {
    rows.iter()
        .find(|row| row.call == call && row.caller == caller)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A row whose rounds took so many nanoseconds of CPU per call.
    pub(crate) fn row(call: Call, caller: Caller, cpu_ns: &[u64]) -> Row {
        let phase = |cpu_ns: u64| Measured {
            calls: 10,
            wall_ns: cpu_ns * 20,
            cpu_ns: cpu_ns * 10,
            p50_ns: cpu_ns,
            p99_ns: cpu_ns * 2,
        };
        let round = |cpu_ns: &u64| Round {
            alone: phase(*cpu_ns),
            crowd: phase(*cpu_ns),
        };
        Row {
            rounds: cpu_ns.iter().map(round).collect(),
            ..Row::new(call, caller)
        }
    }

    #[test]
    fn ratios_are_taken_within_a_round() {
        let (ours, theirs) = (Caller::Rust(Way::Onay), Caller::Rust(Way::ByHand));
        // The second round was disturbed, for both.
        let ours = row(Call::SendOtp, ours, &[1_000, 9_000, 1_100]);
        let theirs = row(Call::SendOtp, theirs, &[2_000, 18_000, 2_200]);
        assert!((ours.middle(cpu) - 1.1).abs() < 1e-9);
        assert!((ours.ratio(&theirs, cpu).expect("rounds") - 0.5).abs() < 1e-9);
        assert!((rate(&ours.rounds[0].crowd) - 500_000.0).abs() < 1.0);
        let nobody = row(Call::SendOtp, Caller::Foreign(Foreign::Axios), &[]);
        assert_eq!(nobody.ratio(&ours, cpu), None);
    }

    #[test]
    fn no_row_stands_twice() {
        let rows = Row::all();
        for row in &rows {
            let same = |other: &&Row| (other.call, other.caller) == (row.call, row.caller);
            assert_eq!(rows.iter().filter(same).count(), 1);
        }
        assert_eq!(rows.len(), 16);
    }
}
