//! Which fuzz targets there are: what the programs say, compared with what stands in the sources.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;
use xshell::{Shell, cmd};

use crate::workspace;

/// What makes a test a fuzz target.
const MARK: &str = "bolero::check!";

/// A fuzz target: a test that bolero hands to a fuzzer.
pub(crate) struct Target {
    /// `onay-core::mask`.
    pub(crate) name: String,
    pub(crate) test: String,
    pub(crate) program: PathBuf,
    /// Where its corpus is.
    pub(crate) folder: PathBuf,
}

/// The crates with targets.
pub(crate) fn crates(shell: &Shell) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    Ok(marked(shell)?.into_keys().collect())
}

/// How many targets stand in the sources.
pub(crate) fn count(shell: &Shell) -> Result<usize, Box<dyn std::error::Error>> {
    Ok(marked(shell)?.into_values().sum())
}

/// The test programs that a build names.
pub(crate) fn programs(messages: &str) -> Vec<String> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|message| Some(message.get("executable")?.as_str()?.to_owned()))
        .collect()
}

/// Every target, by what the programs say; an error if that is not every target of the sources.
pub(crate) fn all(
    shell: &Shell,
    programs: &[String],
) -> Result<Vec<Target>, Box<dyn std::error::Error>> {
    let mut targets = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    // With this every target says where it is instead of running; tests that are none just run, and
    // so only those are asked that have the name.
    let _say = shell.push_env("CARGO_BOLERO_SELECT", "all");
    for program in programs {
        let said = cmd!(shell, "{program} --nocapture --test-threads=1 fuzz::")
            .quiet()
            .ignore_stderr()
            .read()?;
        for line in said.lines().filter(|line| line.contains("__bolero_target")) {
            let start = line.find('{').unwrap_or_default();
            let said: Value = serde_json::from_str(line.get(start..).unwrap_or_default())?;
            let package = workspace::text(&said, "package_name").to_owned();
            let test = workspace::text(&said, "test_name").to_owned();
            *counts.entry(package.clone()).or_default() += 1;
            targets.push(Target {
                name: test.replace("fuzz", &package),
                program: workspace::text(&said, "exe").into(),
                folder: workspace::text(&said, "work_dir").into(),
                test,
            });
        }
    }
    for (package, wanted) in marked(shell)? {
        let listed = counts.get(&package).copied().unwrap_or_default();
        if listed != wanted {
            return Err(format!(
                "{package} has {wanted} times {MARK} and lists {listed} targets; they belong into \
                 its src/fuzz.rs"
            )
            .into());
        }
    }
    Ok(targets)
}

/// How often the mark stands in the sources of each crate that has it.
fn marked(shell: &Shell) -> Result<BTreeMap<String, usize>, Box<dyn std::error::Error>> {
    let metadata = workspace::metadata(shell, false)?;
    let mut marked = BTreeMap::new();
    for package in workspace::packages(&metadata) {
        let name = workspace::text(package, "name");
        let manifest = PathBuf::from(workspace::text(package, "manifest_path"));
        let folder = manifest.parent().ok_or("a manifest without a folder")?;
        // xtask names the mark and has no targets.
        if name == "xtask" {
            continue;
        }
        let found = cmd!(
            shell,
            "git grep --untracked --count --fixed-strings {MARK} -- {folder}/*.rs"
        )
        .quiet()
        .ignore_status()
        .read()?;
        let count = found
            .lines()
            .filter_map(|line| line.rsplit(':').next()?.parse::<usize>().ok())
            .sum();
        if count > 0 {
            marked.insert(name.to_owned(), count);
        }
    }
    Ok(marked)
}
