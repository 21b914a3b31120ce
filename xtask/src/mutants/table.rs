//! What came of the mutants last, as the guide tells it.

use xshell::Shell;

use super::areas::{AREAS, Area, Found};
use super::aside;
use crate::Outcome;

const GUIDE: &str = "crates/all/src/guide/evidence/mutants.md";

const HEAD: &str = "\
Made by `cargo xtask mutants`, and written here by `cargo xtask mutants --bless`.

One thing in the code is changed, and the crate's tests have to fail. *Unit* are the tests inside the \
library, *beside* those in its `tests` that nextest chooses so, *all* are both; the suite that every \
provider passes stays out.

| what was changed | files | tests | mutants | caught | missed | does not compile | ran out of time | set aside |
|---|---|---|---|---|---|---|---|---|
";

/// Writes it into the guide.
pub(super) fn bless(shell: &Shell) -> Outcome {
    Ok(shell.write_file(GUIDE, table(shell)?)?)
}

/// Every area. One that was not run here is told as the guide has it.
pub(super) fn table(shell: &Shell) -> Result<String, Box<dyn std::error::Error>> {
    let reasons = aside::reasons(shell)?;
    let told = shell.read_file(GUIDE).unwrap_or_default();
    let mut table = HEAD.to_owned();
    let mut missed = String::new();
    let mut explained = String::new();
    for area in &AREAS {
        let aside = aside::of(shell, area, &reasons)?;
        let count: usize = aside.iter().map(|aside| aside.mutants.len()).sum();
        let mut found = area.found(shell)?;
        // It may have been set aside after the run.
        let is_aside = |name: &String| aside.iter().any(|aside| aside.mutants.contains(name));
        found.missed.retain(|name| !is_aside(name));
        let row = row(area, &found, count);
        table += if found.is_whole {
            &row
        } else {
            told_before(&told, &row).unwrap_or(&row)
        };
        for mutant in found.missed.iter().chain(&found.timeout) {
            missed += &format!("- `{}`\n", without_place(mutant));
        }
        for aside in aside {
            for mutant in &aside.mutants {
                explained += &format!("- `{}`\n", without_place(mutant));
            }
            explained += &format!("\n  {}\n\n", aside.why);
        }
    }
    if !missed.is_empty() {
        table += &format!("\nMissed, or out of time:\n\n{missed}");
    }
    if !explained.is_empty() {
        table += "\nSet aside, because the changed code does the same:\n\n";
        table += explained.trim_end();
        table += "\n";
    }
    Ok(table)
}

fn row(area: &Area, found: &Found, aside: usize) -> String {
    let files = area.files.iter().map(|file| format!("`{file}.rs`"));
    let files = files.collect::<Vec<_>>().join(", ");
    let (name, package, tests) = (area.name, area.package, area.tests);
    let start = format!("| {name} | {package}: {files} | {tests}");
    if !found.is_whole {
        return format!("{start} | not run to the end | | | | | {aside} |\n");
    }
    let Found {
        caught,
        missed,
        unviable,
        timeout,
        ..
    } = found;
    let counts = [caught, missed, unviable, timeout].map(Vec::len);
    let total: usize = counts.iter().sum();
    let [caught, missed, unviable, timeout] = counts;
    format!("{start} | {total} | {caught} | {missed} | {unviable} | {timeout} | {aside} |\n")
}

/// The guide's own row of an area, if its name, files and tests are still the same.
fn told_before<'g>(guide: &'g str, row: &str) -> Option<&'g str> {
    let what = |line: &str| {
        line.split(" | ")
            .take(3)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let wanted = what(row);
    guide
        .split_inclusive('\n')
        .find(|line| what(line) == wanted)
}

/// `file.rs:12:5: what`, without the numbers that the next change of the file moves.
fn without_place(mutant: &str) -> String {
    match mutant.split_once(".rs:") {
        Some((file, rest)) => {
            let what = rest.split_once(": ").map_or(rest, |(_, what)| what);
            format!("{file}.rs: {what}")
        }
        None => mutant.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mutant_is_told_without_its_place() {
        let told = without_place("crates/a/src/b.rs:8:30: replace a::b with c");
        assert_eq!(told, "crates/a/src/b.rs: replace a::b with c");
    }

    #[test]
    fn a_row_counts_what_came_of_it_and_tells_what_was_not_run() {
        let names = |count| vec!["a mutant".to_owned(); count];
        let mut found = Found {
            is_whole: true,
            caught: names(4),
            missed: names(3),
            unviable: names(2),
            timeout: names(1),
        };
        let [token, ..] = &AREAS;
        let start = "| token | onay-paytr-link: `token.rs` | unit |";
        assert_eq!(
            row(token, &found, 5),
            format!("{start} 10 | 4 | 3 | 2 | 1 | 5 |\n")
        );
        let run = row(token, &found, 5);
        found.is_whole = false;
        let not_run = row(token, &found, 5);
        assert!(not_run.contains("not run"));
        let guide = format!("{HEAD}{run}");
        assert_eq!(told_before(&guide, &not_run), Some(run.as_str()));
        let other = not_run.replace("`token.rs`", "`token.rs`, `key.rs`");
        assert_eq!(told_before(&guide, &other), None, "it is about other files");
    }
}
