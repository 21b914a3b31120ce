//! For which commit a full `release check` has passed: a publication goes by that.

use xshell::Shell;

use super::{Result, check, tags};
use crate::Outcome;

/// The commit that a check begins with. What an earlier one found counts no more.
pub(super) fn begin(shell: &Shell) -> Result<String> {
    shell.remove_path(file())?;
    head(shell)
}

/// Every step passed, and still the same is checked out.
pub(super) fn write(shell: &Shell, began_with: &str) -> Outcome {
    if head(shell)? != began_with {
        return Err(
            "another commit was checked out meanwhile: nothing is known of it, check again".into(),
        );
    }
    Ok(shell.write_file(file(), began_with)?)
}

/// Fails unless a full check passed for exactly what is checked out.
pub(super) fn ensure(shell: &Shell) -> Outcome {
    let passed = shell.read_file(file()).unwrap_or_default();
    if passed.trim() == head(shell)? {
        return Ok(());
    }
    Err("no full check has passed for this commit: cargo xtask release check".into())
}

fn head(shell: &Shell) -> Result<String> {
    tags::commit(shell, "HEAD").ok_or_else(|| "there is no commit yet".into())
}

fn file() -> String {
    format!("{}/passed", check::TARGET)
}

#[cfg(test)]
mod tests {
    use super::super::scratch::Scratch;
    use super::{begin, ensure, write};

    #[test]
    fn a_pass_holds_for_its_commit_alone() {
        let scratch = Scratch::new();
        let shell = &scratch.shell;
        ensure(shell).expect_err("nothing was checked");
        let first = begin(shell).expect("a commit");
        write(shell, &first).expect("is written");
        ensure(shell).expect("has passed");

        scratch.write("README.md", "More.\n");
        scratch.commit("More");
        let error = ensure(shell).expect_err("is another commit").to_string();
        assert!(error.contains("cargo xtask release check"), "{error}");
        write(shell, &first).expect_err("was checked out meanwhile");

        scratch.run("git checkout --quiet HEAD~1");
        ensure(shell).expect("is the checked one again");
        begin(shell).expect("a commit");
        ensure(shell).expect_err("a check that did not end");
    }
}
