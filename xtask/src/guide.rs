//! The tables of the guide's evidence: made under `target`, kept in the guide.

use std::path::Path;

use xshell::Shell;

use crate::Outcome;

const GUIDE: &str = "crates/all/src/guide/evidence";

/// The tables of a folder that the guide does not have so.
pub(crate) fn stale(
    shell: &Shell,
    folder: &str,
) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut stale = Vec::new();
    for table in tables(shell, folder)? {
        let made = shell.read_file(Path::new(folder).join(&table))?;
        if shell.read_file(Path::new(GUIDE).join(&table)).ok().as_ref() != Some(&made) {
            stale.push(table);
        }
    }
    Ok(stale)
}

/// Copies the tables of a folder into the guide.
pub(crate) fn bless(shell: &Shell, folder: &str) -> Outcome {
    shell.create_dir(GUIDE)?;
    for table in tables(shell, folder)? {
        shell.copy_file(
            Path::new(folder).join(&table),
            Path::new(GUIDE).join(&table),
        )?;
    }
    Ok(())
}

fn tables(shell: &Shell, folder: &str) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut names = Vec::new();
    for path in shell.read_dir(folder)? {
        if path.extension().is_some_and(|extension| extension == "md") {
            names.extend(
                path.file_name()
                    .map(|name| name.to_string_lossy().into_owned()),
            );
        }
    }
    Ok(names)
}
