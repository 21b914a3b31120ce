//! What each package holds: all that users need, nothing that only this repository needs, and the versions of now.

use std::path::Path;

use xshell::{Shell, cmd};

use super::member::{self, Member};
use super::{Result, shown};
use crate::{Outcome, workspace};

const WANTED: [&str; 5] = [
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
];

/// In bytes, for each file.
const MOST: u64 = 512 * 1024;

pub(super) fn run(shell: &Shell) -> Outcome {
    let mut faults = Vec::new();
    let members = member::published(&workspace::metadata(shell, false)?)?;
    faults.extend(shown::faults(shell, &members)?);
    for member in &members {
        let name = &member.name;
        let list = cmd!(shell, "cargo package --list --locked -p {name}")
            .quiet()
            .ignore_stderr()
            .read()?;
        let files: Vec<&str> = list.lines().collect();
        faults.extend(
            faults_of(&files)
                .into_iter()
                .map(|it| format!("{name}: {it}")),
        );
        faults.extend(too_large(shell, member, &files)?);
        eprintln!("  {name}: {} files", files.len());
    }
    super::report(&faults)
}

/// The licences in the packages that were built are the top level's own, no links to what is not there.
pub(super) fn licences(shell: &Shell, packages: &str) -> Outcome {
    let mut faults = Vec::new();
    for Member { name, version, .. } in member::published(&workspace::metadata(shell, false)?)? {
        for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
            let unpacked = shell
                .current_dir()
                .join(format!("{packages}/{name}-{version}/{licence}"));
            let is_file = unpacked.symlink_metadata().is_ok_and(|it| it.is_file());
            if !is_file || shell.read_file(&unpacked)? != shell.read_file(licence)? {
                faults.push(format!("{name}: {licence} in the package is not ours"));
            }
        }
    }
    super::report(&faults)
}

fn faults_of(files: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    for wanted in WANTED {
        if !files.contains(&wanted) {
            faults.push(format!("the package lacks {wanted}"));
        }
    }
    if !files.iter().any(|file| file.starts_with("src")) {
        faults.push("the package lacks src".to_owned());
    }
    let is_ours = |file: &&&str| {
        let folders = ["__fuzz__", "snapshots"];
        **file == "public-api.txt"
            || Path::new(file).extension().is_some_and(|it| it == "snap")
            || file.split(['/', '\\']).any(|part| folders.contains(&part))
    };
    let ours = files.iter().filter(is_ours);
    faults.extend(ours.map(|file| format!("{file} is for this repository alone")));
    faults
}

fn too_large(shell: &Shell, member: &Member, files: &[&str]) -> Result<Vec<String>> {
    let folder = shell.current_dir().join(&member.folder);
    let mut faults = Vec::new();
    for file in files {
        let path = folder.join(file);
        // Cargo adds some of its own.
        if path.exists() && path.metadata()?.len() > MOST {
            faults.push(format!(
                "{}: {file} is larger than {MOST} bytes",
                member.name
            ));
        }
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::{WANTED, faults_of};

    #[test]
    fn a_package_holds_what_users_need_and_no_more() {
        let mut files = WANTED.to_vec();
        assert_eq!(faults_of(&files), ["the package lacks src"]);
        files.push("src/lib.rs");
        assert!(faults_of(&files).is_empty());
        for file in [
            "public-api.txt",
            "src/__fuzz__/a/corpus/1",
            "tests/snapshots/a.txt",
            "a.snap",
        ] {
            let mut files = files.clone();
            files.push(file);
            assert_eq!(faults_of(&files).len(), 1, "{file}");
        }
    }
}
