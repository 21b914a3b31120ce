//! The mutants that are set aside, because what they change makes no difference.

use xshell::{Shell, cmd};

use super::areas::Area;
use crate::tools;

/// What cargo-mutants reads by itself, each pattern below its reason.
const CONFIGURATION: &str = ".cargo/mutants.toml";

/// A pattern of mutants, and why no test can tell them from the code.
pub(super) struct Reason {
    why: String,
    pattern: String,
}

/// What is set aside of one area, and why.
pub(super) struct Aside {
    pub(super) why: String,
    pub(super) mutants: Vec<String>,
}

/// Every reason in the configuration.
pub(super) fn reasons(shell: &Shell) -> Result<Vec<Reason>, Box<dyn std::error::Error>> {
    read(&shell.read_file(CONFIGURATION)?)
}

/// What the reasons set aside of an area: cargo-mutants itself is asked.
pub(super) fn of(
    shell: &Shell,
    area: &Area,
    reasons: &[Reason],
) -> Result<Vec<Aside>, Box<dyn std::error::Error>> {
    // The deletion of a field is listed whatever the pattern.
    let unasked = listed(shell, area, "^no mutant is called so$")?;
    let mut aside = Vec::new();
    for Reason { why, pattern } in reasons {
        let mut mutants = listed(shell, area, pattern)?;
        mutants.retain(|mutant| !unasked.contains(mutant));
        if !mutants.is_empty() {
            let why = why.clone();
            aside.push(Aside { why, mutants });
        }
    }
    Ok(aside)
}

/// The mutants of an area that a pattern names.
fn listed(
    shell: &Shell,
    area: &Area,
    pattern: &str,
) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let program = tools::MUTANTS.program(shell)?;
    let scope = &area.scope();
    let list = ["--list", "--no-config"];
    let listed = cmd!(
        shell,
        "{program} mutants {list...} {scope...} --re {pattern}"
    )
    .quiet()
    .read()?;
    Ok(listed.lines().map(str::to_owned).collect())
}

/// A parser of TOML drops the comments, and they are the reasons.
fn read(configuration: &str) -> Result<Vec<Reason>, Box<dyn std::error::Error>> {
    let mut reasons = Vec::new();
    let mut why: Vec<&str> = Vec::new();
    let patterns = configuration
        .lines()
        .map(str::trim)
        .skip_while(|line| !line.starts_with("exclude_re"))
        .skip(1);
    for line in patterns {
        if let Some(comment) = line.strip_prefix('#') {
            why.push(comment.trim());
        } else if let Some(pattern) = line.strip_prefix('\'') {
            let (pattern, _) = pattern.split_once('\'').ok_or("a pattern has no end")?;
            if why.is_empty() {
                return Err(format!("nobody says why {pattern} is set aside").into());
            }
            let why = std::mem::take(&mut why).join(" ");
            let pattern = pattern.to_owned();
            reasons.push(Reason { why, pattern });
        }
    }
    Ok(reasons)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_has_its_reason() {
        let text = "# Above.\nexclude_re = [\n  # One\n  # reason.\n  'a \\+ b',\n]\n";
        let reasons = read(text).expect("reasons");
        let read_as: Vec<_> = reasons
            .iter()
            .map(|reason| (reason.why.as_str(), reason.pattern.as_str()))
            .collect();
        assert_eq!(read_as, [("One reason.", "a \\+ b")]);
        assert!(read("exclude_re = [\n  'a',\n]\n").is_err());
    }

    #[test]
    fn ours_can_be_read() {
        let shell = Shell::new().expect("a shell");
        shell.change_dir(crate::workspace::root());
        assert!(!reasons(&shell).expect("reasons").is_empty());
    }
}
