//! Debian packages that a chore needs: installed where that is possible, named where it is not.

use xshell::{Shell, cmd};

use crate::Outcome;

/// Makes sure that each command is there, or that `pkg-config` knows the library after `lib:`; each
/// with the package that brings it.
pub(crate) fn ensure(shell: &Shell, needs: &[(&str, &str)]) -> Outcome {
    let missing = missing(shell, needs);
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

/// Like [`ensure`], for what a test can do without: installed where that is possible, and said here
/// where it is not, because a test runner keeps to itself what a test says that passes.
pub(crate) fn offer(shell: &Shell, needs: &[(&str, &str)]) -> Outcome {
    if can_install(shell) {
        return ensure(shell, needs);
    }
    let missing = missing(shell, needs).join(" ");
    if !missing.is_empty() {
        eprintln!("SKIPPED: what needs these Debian packages, which are missing: {missing}");
    }
    Ok(())
}

fn missing<'n>(shell: &Shell, needs: &[(&str, &'n str)]) -> Vec<&'n str> {
    needs
        .iter()
        .filter(|(probe, _)| !is_there(shell, probe))
        .map(|(_, package)| *package)
        .collect()
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
    if let Some(library) = probe.strip_prefix("lib:") {
        return quietly(cmd!(shell, "pkg-config --exists {library}"));
    }
    let mut words = probe.split(' ');
    let program = words.next().unwrap_or_default();
    quietly(cmd!(shell, "{program} {words...} --version"))
}
