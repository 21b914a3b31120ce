//! Counts exactly, with valgrind: what two run lengths differ by is what the calls between them cost.
//!
//! Instructions are callgrind's, allocations memcheck's "total heap usage". Nothing for it is built into the program:
//! a counting allocator would add its own instructions to every row, or make another program of it.

use std::ffi::{OsStr, OsString};
use std::process::Command;

use super::number::float;
use crate::calls::Failure;

/// What one call costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cost {
    pub(crate) instructions: f64,
    pub(crate) allocations: f64,
    pub(crate) bytes: f64,
}

const SHORT: u32 = 200;
const LONG: u32 = 1200;

/// What one more of it costs; `arguments` are those of this program for a run of so many.
pub(crate) fn cost(
    program: &OsStr,
    arguments: impl Fn(u32) -> Vec<String> + Sync,
) -> Result<Cost, Failure> {
    std::thread::scope(|scope| {
        let heap = scope.spawn(|| {
            let tool = [
                "--tool=memcheck",
                "--leak-check=no",
                "--undef-value-errors=no",
            ];
            let run = |times| heap_usage(&valgrind(&tool, program, &arguments(times))?);
            Ok::<_, Failure>((run(SHORT)?, run(LONG)?))
        });
        let instructions = inside(program, None, &arguments)?;
        let (short, long) = heap.join().map_err(|_| "the counting broke off")??;
        Ok(Cost {
            instructions,
            allocations: per_call(short.0, long.0),
            bytes: per_call(short.1, long.1),
        })
    })
}

/// The instructions of one more of it; of one function alone, if one is named, and of what that one calls.
pub(crate) fn inside(
    program: &OsStr,
    function: Option<&str>,
    arguments: impl Fn(u32) -> Vec<String>,
) -> Result<f64, Failure> {
    let mut tool = vec!["--tool=callgrind", "--callgrind-out-file=/dev/null"];
    let toggle = function.map(|function| format!("--toggle-collect={function}"));
    tool.extend(toggle.as_deref());
    let run = |times| collected(&valgrind(&tool, program, &arguments(times))?);
    let cost = per_call(run(SHORT)?, run(LONG)?);
    if cost <= 0.0 {
        let function = function.unwrap_or("the program");
        return Err(format!(
            "nothing was counted in {function}: is it still a function of its own?"
        )
        .into());
    }
    Ok(cost)
}

fn per_call(short: u64, long: u64) -> f64 {
    (float(long) - float(short)) / f64::from(LONG - SHORT)
}

fn valgrind(tool: &[&str], program: &OsStr, arguments: &[String]) -> Result<String, Failure> {
    let mut words: Vec<OsString> = tool.iter().map(OsString::from).collect();
    words.push(program.into());
    words.extend(arguments.iter().map(OsString::from));
    let output = Command::new("valgrind").args(words).output()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() {
        Ok(said)
    } else {
        Err(format!("valgrind {arguments:?}: {said}").into())
    }
}

/// `==1== Collected : 19440958`
fn collected(said: &str) -> Result<u64, Failure> {
    let line = said.lines().find_map(|line| line.split_once("Collected :"));
    number(line.map(|(_, rest)| rest).unwrap_or_default())
}

/// `==1==   total heap usage: 2,291 allocs, 1,927 frees, 2,203,261 bytes allocated`
fn heap_usage(said: &str) -> Result<(u64, u64), Failure> {
    let line = said
        .lines()
        .find_map(|line| line.split_once("total heap usage:"));
    let parts: Vec<&str> = line
        .map(|(_, rest)| rest)
        .unwrap_or_default()
        .split(", ")
        .collect();
    match parts.as_slice() {
        [allocations, _, bytes] => Ok((number(allocations)?, number(bytes)?)),
        _ => Err("valgrind did not say what was allocated".into()),
    }
}

/// The first word, with or without commas.
fn number(text: &str) -> Result<u64, Failure> {
    let word = text.split_whitespace().next().unwrap_or_default();
    Ok(word.replace(',', "").parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_valgrind_says_is_read() {
        let said = "==1== Events    : Ir\n==1== Collected : 19440958\n==1== \n";
        assert_eq!(collected(said).expect("a number"), 19_440_958);
        collected("==1== Events    : Ir\n").expect_err("no number");
        let said =
            "==1==   total heap usage: 2,291 allocs, 1,927 frees, 2,203,261 bytes allocated\n";
        assert_eq!(heap_usage(said).expect("two numbers"), (2_291, 2_203_261));
        heap_usage("").expect_err("no numbers");
    }

    #[test]
    fn a_difference_is_spread_over_its_calls() {
        assert!((per_call(1_000, 61_000) - 60.0).abs() < 1e-9);
    }
}
