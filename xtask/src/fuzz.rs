//! `cargo xtask fuzz`: every fuzz target under libFuzzer, each for a while.
//!
//! `cargo-bolero` would do it too, but it builds once per crate and has to be built itself. This
//! builds all targets at once with the flags of cargo-bolero 0.13.5, no sanitizer among them (nothing
//! here is unsafe), and so needs no nightly; bolero, whose library reads them, is pinned by Cargo.lock.

mod random;
mod target;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;

use xshell::{Shell, cmd};

use self::target::Target;
use crate::{Outcome, packages};

/// Where everything is built, and where what was found stays for the next run.
const BUILT: &str = "target/fuzz";

/// How many run at the same time.
const AT_ONCE: usize = 2;

const USUAL_SECONDS: u64 = 20;

/// Makes the compiler count where an input goes, and bolero hand its targets to libFuzzer.
const FLAGS: &str = "--cfg fuzzing --cfg fuzzing_libfuzzer -Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    -Cllvm-args=-sanitizer-coverage-stack-depth";

/// `[--seconds N] [TARGET]`; a target is named as it is listed, or by a part of that. `--random` first: without
/// libFuzzer, and so without a build of its own.
pub(crate) fn run(shell: &Shell, arguments: &[&str]) -> Outcome {
    if let ["--random", rest @ ..] = arguments {
        return match rest {
            [] => random::run(shell, USUAL_SECONDS),
            ["--seconds", seconds] => random::run(shell, seconds.parse()?),
            _ => Err("cargo xtask fuzz --random [--seconds N]".into()),
        };
    }
    let (seconds, wanted) = match arguments {
        [] => (USUAL_SECONDS, ""),
        ["--seconds", seconds] => (seconds.parse()?, ""),
        ["--seconds", seconds, wanted] => (seconds.parse()?, *wanted),
        [wanted] if !wanted.starts_with('-') => (USUAL_SECONDS, *wanted),
        _ => return Err("cargo xtask fuzz [--random] [--seconds N] [TARGET]".into()),
    };
    packages::ensure(shell, &[("c++", "g++")])?;
    let all = target::all(shell, &build(shell)?)?;
    let names: Vec<String> = all.iter().map(|target| target.name.clone()).collect();
    let chosen: Vec<Target> = all
        .into_iter()
        .filter(|target| target.name.contains(wanted))
        .collect();
    if chosen.is_empty() {
        return Err(format!(
            "no fuzz target is called {wanted}; there are {}",
            names.join(", ")
        )
        .into());
    }
    let count = chosen.len();
    let findings = in_turn(chosen, seconds);
    if findings.is_empty() {
        eprintln!("{count} targets, {seconds} s each: nothing found");
        return Ok(());
    }
    Err(format!("found something: {}", findings.join(", ")).into())
}

/// Builds the tests of every crate that has targets, and says where they are.
fn build(shell: &Shell) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let version = cmd!(shell, "rustc -vV").quiet().read()?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    // Named, so that the flags are not for build scripts.
    let host = host.ok_or("rustc does not say what it runs on")?;
    let crates = target::crates(shell)?;
    let chosen = crates.iter().flat_map(|name| ["-p", name]);
    let _flags = shell.push_env("RUSTFLAGS", FLAGS);
    let _fuzzer = shell.push_env("BOLERO_FUZZER", "libfuzzer");
    let _folder = shell.push_env("CARGO_TARGET_DIR", BUILT);
    let profile = ["--profile", "fuzz", "--features", "onay-core/serde"];
    let how = ["--locked", "--no-run", "--lib", "--message-format", "json"];
    let messages = cmd!(
        shell,
        "cargo test {how...} {profile...} --target {host} {chosen...}"
    )
    .read()?;
    Ok(target::programs(&messages))
}

/// Runs all, some at a time, and names those that found something.
fn in_turn(targets: Vec<Target>, seconds: u64) -> Vec<String> {
    let left = Mutex::new(targets.into_iter());
    let findings = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let next = left.lock().ok().and_then(|mut left| left.next());
                    let Some(target) = next else { return };
                    let found = fuzz(&target, seconds);
                    if let (Err(error), Ok(mut findings)) = (found, findings.lock()) {
                        eprintln!("{}: {error}", target.name);
                        findings.push(target.name);
                    }
                }
            });
        }
    });
    findings.into_inner().unwrap_or_default()
}

fn fuzz(target: &Target, seconds: u64) -> Outcome {
    let own = target.name.replace("::", "-");
    let [corpus, found, log] =
        ["corpus", "found", "log"].map(|kind| format!("{BUILT}/{kind}/{own}"));
    for folder in [&corpus, &found, &format!("{BUILT}/log")] {
        fs::create_dir_all(folder)?;
    }
    let earlier = fs::read_dir(&found)?.count();
    let committed = target.folder.join("corpus");
    if !committed.exists() {
        return Err(format!("has no corpus: {}", committed.display()).into());
    }
    // New inputs go into the first folder; the committed ones are only read.
    let arguments = format!(
        "{corpus} {} -artifact_prefix={found}/ -max_total_time={seconds} -timeout=10 \
         -max_len=4096 -print_final_stats=1",
        committed.display()
    );
    let output = fs::File::create(&log)?;
    let status = Command::new(&target.program)
        .args([&target.test, "--exact", "--nocapture", "--test-threads=1"])
        .env("BOLERO_LIBFUZZER_ARGS", arguments)
        .stdout(output.try_clone()?)
        .stderr(Stdio::from(output))
        .status()?;
    let said = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    let runs = said
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    let is_new = fs::read_dir(&found)?.count() > earlier;
    match runs {
        Some(runs) if status.success() && !is_new => {
            eprintln!("{}: {} inputs", target.name, runs.trim());
            Ok(())
        }
        _ => Err(failure(&said, &found, &log, &committed).into()),
    }
}

fn failure(said: &str, found: &str, log: &str, committed: &Path) -> String {
    let start = said.find("Input:").unwrap_or_default();
    let shown: Vec<&str> = said
        .get(start..)
        .unwrap_or_default()
        .lines()
        .take(20)
        .collect();
    format!(
        "failed\n{}\nthe input is in {found}, all that was said in {log}; once it is mended, the input \
         belongs into {} and into a test of its own",
        shown.join("\n"),
        committed.display()
    )
}
