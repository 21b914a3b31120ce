//! The rows of the small things: what a call does besides HTTP.

use std::ffi::OsStr;

use super::count::{cost, inside};
use super::number::{float, median};
use super::process;
use crate::calls::{Call, Failure};
use crate::micro::Micro;

/// How often each is timed; the median counts.
const ROUNDS: usize = 5;

/// A small thing and what it costs.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) what: String,
    pub(crate) which: Which,
    pub(crate) instructions: f64,
    /// Nanoseconds and allocations, where it runs alone.
    pub(crate) alone: Option<(f64, f64)>,
}

/// Which small thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    Alone(Micro),
    /// The token as a client makes it, inside a call.
    TokenInCall,
    /// The answer's JSON, inside a call.
    Answer(Call),
}

pub(crate) fn measured(program: &OsStr, address: &str) -> Result<Vec<Part>, Failure> {
    let mut parts = Vec::new();
    let call = |call: Call| {
        move |times: u32| {
            let phase = format!("1x{times}");
            ["call", "onay", call.name(), address, &phase]
                .map(str::to_owned)
                .to_vec()
        }
    };
    parts.push(Part {
        what: "PayTR token as the client makes it, key prepared".to_owned(),
        which: Which::TokenInCall,
        instructions: inside(
            program,
            Some("onay_paytr_link::token::Signer::token"),
            call(Call::Notify),
        )?,
        alone: None,
    });
    for micro in Micro::ALL {
        let cost = cost(program, |times| {
            ["micro", micro.name(), &times.to_string()]
                .map(str::to_owned)
                .to_vec()
        })?;
        parts.push(Part {
            what: micro.label().to_owned(),
            which: Which::Alone(micro),
            instructions: cost.instructions,
            alone: Some((time(program, micro)?, cost.allocations)),
        });
    }
    for of in Call::ALL {
        parts.push(Part {
            what: format!(
                "answer of {}, {} bytes of JSON",
                of.title(),
                of.answer().len()
            ),
            which: Which::Answer(of),
            instructions: inside(program, Some("onay_http::answer::Answer::json"), call(of))?,
            alone: None,
        });
    }
    Ok(parts)
}

fn time(program: &OsStr, micro: Micro) -> Result<f64, Failure> {
    let mut times = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let mut command = process::client(program);
        let measured = process::measure(command.args(["micro", micro.name(), "200000"]))?;
        let mean = |run: &crate::drive::Measured| float(run.cpu_ns) / float(run.calls.max(1));
        times.extend(measured.iter().map(mean));
    }
    Ok(median(times))
}

/// That of `which`.
pub(crate) fn find(parts: &[Part], which: Which) -> Option<&Part> {
    parts.iter().find(|part| part.which == which)
}
