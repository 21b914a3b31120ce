//! The versions that documents show: `onay = "0.1"` or `onay = { version = "0.1", … }`, the first two numbers.

use std::ops::Range;

use semver::Version;
use xshell::{Shell, cmd};

use super::Result;
use super::member::Member;

/// A version as a document shows it.
#[derive(Debug, PartialEq, Eq)]
struct Shown<'t> {
    name: &'t str,
    version: &'t str,
    place: Range<usize>,
}

/// Which documents show another version than the manifest has.
pub(super) fn faults(shell: &Shell, members: &[Member]) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for file in documents(shell)? {
        let text = shell.read_file(&file)?;
        for Shown { name, version, .. } in all(&text) {
            let wanted = members.iter().find(|member| member.name == name);
            match wanted.map(|member| short(&member.version)) {
                Some(wanted) if wanted != version => {
                    faults.push(format!("{file} shows {name} {version}, but it is {wanted}"));
                }
                Some(_) => {}
                None => faults.push(format!("{file} shows {name}, which is not published")),
            }
        }
    }
    Ok(faults)
}

/// The documents that have to change for a release, with what they then say.
pub(super) fn released(
    shell: &Shell,
    released: &[(String, Version)],
) -> Result<Vec<(String, String)>> {
    let mut changed = Vec::new();
    for file in documents(shell)? {
        let text = shell.read_file(&file)?;
        let new = with(&text, |name| {
            let version = released.iter().find(|(released, _)| released == name);
            version.map(|(_, version)| short(version))
        });
        if new != text {
            changed.push((file, new));
        }
    }
    Ok(changed)
}

/// Whether the two differ in nothing but the versions that they show.
pub(super) fn is_same_otherwise(before: &str, now: &str) -> bool {
    let blank = |text| with(text, |_| Some(String::new()));
    blank(before) == blank(now)
}

/// What users read about dependencies: the changelog tells of versions that are past.
fn documents(shell: &Shell) -> Result<Vec<String>> {
    let which = ["README.md", "crates/*.md", "xtask/templates/*.md"];
    let files = cmd!(
        shell,
        "git ls-files --cached --others --exclude-standard -- {which...}"
    )
    .quiet()
    .read()?;
    let files = files.lines().filter(|file| shell.path_exists(file));
    Ok(files.map(str::to_owned).collect())
}

/// The text with the versions that are asked for by name.
fn with(text: &str, wanted: impl Fn(&str) -> Option<String>) -> String {
    let mut new = text.to_owned();
    // From the end, so that the places before stay where they are.
    for shown in all(text).into_iter().rev() {
        if let Some(version) = wanted(shown.name) {
            new.replace_range(shown.place, &version);
        }
    }
    new
}

/// Every dependency on a crate of ours that a line shows with a version.
fn all(text: &str) -> Vec<Shown<'_>> {
    let mut all = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some((name, before, version)) = in_line(line) {
            let at = start + before;
            all.push(Shown {
                name,
                version,
                place: at..at + version.len(),
            });
        }
        start += line.len();
    }
    all
}

/// The name, what stands before the version, and the version.
fn in_line(line: &str) -> Option<(&str, usize, &str)> {
    let (name, value) = line.split_once('=')?;
    let name = name.trim();
    if name != "onay" && !name.starts_with("onay-") || name.contains(char::is_whitespace) {
        return None;
    }
    let quoted = match value.trim_start().strip_prefix('{') {
        None => value.trim_start().strip_prefix('"')?,
        Some(table) => {
            // What stands behind the table is a comment.
            let (_, rest) = table
                .split_once("version")
                .filter(|(before, _)| !before.contains('}'))?;
            let rest = rest.trim_start().strip_prefix('=')?;
            rest.trim_start().strip_prefix('"')?
        }
    };
    let (version, _) = quoted.split_once('"')?;
    // The line ends with it.
    Some((name, line.len() - quoted.len(), version))
}

fn short(version: &Version) -> String {
    format!("{}.{}", version.major, version.minor)
}

#[cfg(test)]
mod tests {
    use super::super::member;
    use super::super::scratch::Scratch;
    use super::*;
    use crate::workspace;

    const TEXT: &str = "Onay = \"0.1\" is no line of a manifest.\n\n```toml\n\
        onay = { version = \"0.1\", features = [\"paynet\"] } # ilk sürüm\n\
        onay-core = \"0.1\" # or { path = \"…\" }\n\
        onay-http={default-features = false, version=\"0.1.0\"}\n\
        onay-guard = { path = \"…\" } # later: version = \"0.1\"\n\
        tokio = { version = \"1\" }\n```\n";

    #[test]
    fn what_shows_a_version_of_ours_is_found() {
        let all = all(TEXT);
        let found: Vec<_> = all.iter().map(|it| (it.name, it.version)).collect();
        assert_eq!(
            found,
            [
                ("onay", "0.1"),
                ("onay-core", "0.1"),
                ("onay-http", "0.1.0")
            ]
        );
        for it in all {
            assert_eq!(TEXT.get(it.place), Some(it.version));
        }
    }

    #[test]
    fn a_document_that_shows_another_version_is_named() {
        let scratch = Scratch::new();
        let shell = &scratch.shell;
        let metadata = workspace::metadata(shell, false).expect("is a workspace");
        let members = member::published(&metadata).expect("has an order");
        assert!(faults(shell, &members).expect("is read").is_empty());
        // The changelog tells of what was.
        scratch.note("onay = \"0.0\"");
        scratch.write("README.md", "onay = \"0.2\"\nonay-cor = \"0.1\"\n");
        assert_eq!(
            faults(shell, &members).expect("is read"),
            [
                "README.md shows onay 0.2, but it is 0.1",
                "README.md shows onay-cor, which is not published",
            ]
        );
    }

    #[test]
    fn only_the_version_of_what_is_released_changes() {
        let new = with(TEXT, |name| (name == "onay").then(|| "0.2".to_owned()));
        assert_eq!(
            new,
            TEXT.replace("{ version = \"0.1\"", "{ version = \"0.2\"")
        );
        let new = with(TEXT, |name| (name == "onay-http").then(|| "0.2".to_owned()));
        assert_eq!(new, TEXT.replace("0.1.0", "0.2"));
    }

    #[test]
    fn another_version_is_no_other_text() {
        let new = with(TEXT, |_| Some("3.0".to_owned()));
        assert!(is_same_otherwise(TEXT, &new));
        assert!(!is_same_otherwise(TEXT, &new.replace("paynet", "full")));
    }
}
