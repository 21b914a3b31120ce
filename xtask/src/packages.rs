//! Debian packages that a chore needs: installed where that is possible, named where it is not.

use xshell::{Shell, cmd};

use crate::Outcome;

/// Makes sure that `program` is there, or that `pkg-config` knows the library of that name.
pub(crate) fn ensure(shell: &Shell, needs: &[(&str, &str)]) -> Outcome {
    let missing: Vec<&str> = needs
        .iter()
        .filter(|(probe, _)| !is_there(shell, probe))
        .map(|(_, package)| *package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if !can_install(shell) {
        return Err(
            format!("these Debian packages are missing, please install them: {list}").into(),
        );
    }
    eprintln!("installing {list}");
    cmd!(shell, "apt-get update -qq").run()?;
    cmd!(
        shell,
        "apt-get install -y -qq --no-install-recommends {missing...}"
    )
    .run()?;
    Ok(())
}

/// Like [`ensure`], for what a test can do without and then says so: installed where that is
/// possible.
pub(crate) fn offer(shell: &Shell, needs: &[(&str, &str)]) -> Outcome {
    if can_install(shell) {
        return ensure(shell, needs);
    }
    Ok(())
}

fn can_install(shell: &Shell) -> bool {
    let root = cmd!(shell, "id -u")
        .quiet()
        .read()
        .is_ok_and(|id| id == "0");
    root && cmd!(shell, "apt-get --version").quiet().read().is_ok()
}

fn is_there(shell: &Shell, probe: &str) -> bool {
    let quietly = |command: xshell::Cmd<'_>| command.quiet().ignore_stderr().read().is_ok();
    match probe.strip_prefix("lib:") {
        Some(library) => quietly(cmd!(shell, "pkg-config --exists {library}")),
        None => quietly(cmd!(shell, "{probe} --version")),
    }
}
