//! The versions, written into the manifests and the lock file.

use semver::Version;
use toml_edit::{DocumentMut, Item, value};
use xshell::{Shell, cmd};

use super::Result;
use crate::Outcome;

/// Writes a crate's version where it and the workspace name it.
pub(super) fn write(shell: &Shell, folder: &str, name: &str, version: &Version) -> Outcome {
    let manifest = format!("{folder}/Cargo.toml");
    let edits: [(&str, Edit); 2] = [(&manifest, with_version), ("Cargo.toml", with_requirement)];
    for (file, edit) in edits {
        let text = shell.read_file(file)?;
        let edited = edit(&text, name, version).map_err(|error| format!("{file}: {error}"))?;
        if edited != text {
            shell.write_file(file, edited)?;
        }
    }
    Ok(())
}

/// Makes the lock file say the same as the manifests, and changes nothing else in it.
pub(super) fn lock(shell: &Shell) -> Outcome {
    let update = ["update", "--workspace", "--quiet"];
    let offline = cmd!(shell, "cargo {update...} --offline").quiet();
    if offline.ignore_stderr().run().is_err() {
        // Not all that the lock file names was ever asked for on this machine.
        cmd!(shell, "cargo {update...}").run()?;
    }
    Ok(())
}

type Edit = fn(&str, &str, &Version) -> Result<String>;

fn with_version(manifest: &str, _name: &str, version: &Version) -> Result<String> {
    let mut manifest: DocumentMut = manifest.parse()?;
    let own = existing(manifest.as_item_mut(), &["package", "version"])
        .filter(|version| version.is_str())
        .ok_or("it has no version of its own")?;
    replace(own, version);
    Ok(manifest.to_string())
}

fn with_requirement(workspace: &str, name: &str, version: &Version) -> Result<String> {
    let mut workspace: DocumentMut = workspace.parse()?;
    let path = ["workspace", "dependencies", name, "version"];
    let requirement = existing(workspace.as_item_mut(), &path);
    // A program is nobody's dependency.
    if let Some(requirement) = requirement {
        replace(requirement, version);
    }
    Ok(workspace.to_string())
}

/// What is there already: an index of an item would add it.
fn existing<'i>(item: &'i mut Item, path: &[&str]) -> Option<&'i mut Item> {
    let mut item = item;
    for name in path {
        item = item.as_table_like_mut()?.get_mut(name)?;
    }
    Some(item)
}

/// Keeps the space and the comment around the old one.
fn replace(old: &mut Item, version: &Version) {
    let decor = old.as_value().map(|value| value.decor().clone());
    *old = value(version.to_string());
    if let (Some(new), Some(decor)) = (old.as_value_mut(), decor) {
        *new.decor_mut() = decor;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_version_changes() {
        let version = Version::new(0, 2, 0);
        let manifest = "[package]\nname = \"a\"\nversion = \"0.1.0\" # ours\n";
        assert_eq!(
            with_version(manifest, "a", &version).expect("is a manifest"),
            manifest.replace("0.1.0", "0.2.0")
        );
        let workspace = "[workspace.dependencies]\na = { path = \"a\", version = \"0.1.0\", default-features = false }\nb = { path = \"b\", version = \"0.1.1\" } # stays\n";
        assert_eq!(
            with_requirement(workspace, "a", &version).expect("is a manifest"),
            workspace.replace("0.1.0", "0.2.0")
        );
        assert_eq!(
            with_requirement(workspace, "c", &version).expect("is a manifest"),
            workspace
        );
    }

    #[test]
    fn a_version_that_all_share_is_not_touched() {
        let manifest = "[package]\nversion.workspace = true\n";
        assert!(with_version(manifest, "a", &Version::new(0, 2, 0)).is_err());
    }
}
