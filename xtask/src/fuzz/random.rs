//! The fuzz targets without a fuzzer: as `cargo xtask test` built them, longer, on input that nothing guides.

use xshell::{Shell, cmd};

use super::target;
use crate::{Outcome, test};

/// Runs each target for so long, beginning with its corpus.
pub(super) fn run(shell: &Shell, seconds: u64) -> Outcome {
    let wanted = target::count(shell)?;
    let _long = shell.push_env(
        "BOLERO_RANDOM_TEST_TIME_MS",
        seconds.saturating_mul(1000).to_string(),
    );
    let features = test::FEATURES;
    let said = cmd!(
        shell,
        "cargo test --locked --workspace --features {features} --lib fuzz:: -- --test-threads 2"
    )
    .read()?;
    let passed = passed(&said);
    if passed == wanted {
        eprintln!("{passed} targets, {seconds} s each: nothing found");
        return Ok(());
    }
    Err(format!("there are {wanted} fuzz targets, and {passed} ran").into())
}

/// How many tests passed, by what every program says at its end.
fn passed(said: &str) -> usize {
    said.lines()
        .filter_map(|line| line.strip_prefix("test result: ok. "))
        .filter_map(|rest| rest.split(' ').next()?.parse::<usize>().ok())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passed_is_added_up() {
        let said = "running 2 tests\ntest result: ok. 2 passed; 0 failed\n\ntest result: ok. 1 passed; 0 failed\n";
        assert_eq!(passed(said), 3);
        assert_eq!(passed("test result: FAILED. 2 passed; 1 failed"), 0);
    }
}
