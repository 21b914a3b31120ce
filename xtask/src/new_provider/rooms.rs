//! The crate's files: templates with the name filled in.

use std::path::{Path, PathBuf};

use xshell::Shell;

use super::{Name, Result};
use crate::Outcome;

/// As the files lie there they lie in the crate; `.template` at the end of a name is for those that Cargo would take for
/// real.
const TEMPLATES: &str = "xtask/templates/provider";
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// A template, or what was made of it.
pub(super) struct Room {
    /// Inside the crate.
    pub(super) path: PathBuf,
    pub(super) text: String,
}

impl Room {
    pub(super) fn is_rust(&self) -> bool {
        self.path.extension().is_some_and(|ending| ending == "rs")
    }
}

/// Every template.
pub(super) fn templates(shell: &Shell) -> Result<Vec<Room>> {
    let mut rooms = Vec::new();
    let mut folders = vec![shell.current_dir().join(TEMPLATES)];
    let top = shell.current_dir().join(TEMPLATES);
    while let Some(folder) = folders.pop() {
        for path in shell.read_dir(folder)? {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = shell.read_file(&path)?;
            rooms.push(Room {
                path: path.strip_prefix(&top)?.to_owned(),
                text,
            });
        }
    }
    Ok(rooms)
}

/// The crate's files, by their paths in the workspace.
pub(super) fn filled(rooms: &[Room], name: &Name) -> Vec<(PathBuf, String)> {
    let folder = Path::new("crates").join(name.as_str());
    let fill = |room: &Room| {
        let path = folder.join(&room.path);
        let is_marked = path.extension().is_some_and(|ending| ending == "template");
        let path = if is_marked {
            path.with_extension("")
        } else {
            path
        };
        (path, fill(&room.text, name))
    };
    rooms.iter().map(fill).collect()
}

/// As in the other crates, so that each package carries them.
pub(super) fn link_licences(shell: &Shell, name: &Name) -> Outcome {
    let folder = shell.current_dir().join("crates").join(name.as_str());
    for licence in LICENCES {
        let original = Path::new("../..").join(licence);
        #[cfg(unix)]
        std::os::unix::fs::symlink(original, folder.join(licence))?;
        #[cfg(not(unix))]
        std::fs::copy(folder.join(original), folder.join(licence))?;
    }
    Ok(())
}

fn fill(text: &str, name: &Name) -> String {
    text.replace("{{name}}", name.as_str())
        .replace("{{module}}", &name.module())
        .replace("{{Type}}", &name.type_name())
        .replace("{{NAME}}", &name.variable())
        .replace("{{Title}}", &name.title())
        .split_inclusive('\n')
        .map(with_sorted_imports)
        .collect()
}

/// Where a name belongs among others depends on the name. In documentation rustfmt does not see to it.
fn with_sorted_imports(line: &str) -> String {
    let parts = line
        .strip_prefix("//! use ")
        .and_then(|rest| rest.split_once("::{"))
        .and_then(|(path, rest)| Some((path, rest.strip_suffix("};\n")?)));
    let Some((path, names)) = parts else {
        return line.to_owned();
    };
    let mut names: Vec<&str> = names.split(", ").collect();
    names.sort_unstable();
    format!("//! use {path}::{{{}}};\n", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::with_sorted_imports;

    #[test]
    fn imports_in_documentation_are_sorted() {
        for (line, expected) in [
            ("//! use a::{B, C, Acme};\n", "//! use a::{Acme, B, C};\n"),
            ("use a::{B, A};\n", "use a::{B, A};\n"),
            ("//! use a::B;\n", "//! use a::B;\n"),
        ] {
            assert_eq!(with_sorted_imports(line), expected);
        }
    }
}
