//! The program, installed as users install it: what it is, whether it runs, how large it is and how soon it starts.

use std::path::Path;
use std::time::{Duration, Instant};

use xshell::{Shell, cmd};

use super::check::TARGET;
use super::{Result, member};
use crate::{Outcome, workspace};

const STARTS: usize = 20;

pub(super) fn run(shell: &Shell) -> Outcome {
    let members = member::published(&workspace::metadata(shell, false)?)?;
    let programs = members.iter().filter(|member| member.is_program);
    for member in programs {
        let folder = &member.folder;
        let root = format!("{TARGET}/installed");
        shell.remove_path(&root)?;
        {
            let _folder = shell.push_env("CARGO_TARGET_DIR", TARGET);
            cmd!(
                shell,
                "cargo install --path {folder} --locked --no-track --quiet --root {root}"
            )
            .run()?;
        }
        let installed = shell.read_dir(format!("{root}/bin"))?;
        let [program] = installed.as_slice() else {
            return Err(format!("one program was expected in {root}/bin: {installed:?}").into());
        };
        if program.file_stem().is_none_or(|name| name != "onay") {
            return Err(format!("{} is not called onay", program.display()).into());
        }
        let version = cmd!(shell, "{program} --version").quiet().read()?;
        let expected = format!("onay {}", member.version);
        if version != expected {
            return Err(format!("it says {version}, not {expected}").into());
        }
        let demo = cmd!(shell, "{program} demo").quiet().read()?;
        let size = program.metadata()?.len();
        let lines = demo.lines().count();
        let start = median_start(shell, program)?;
        eprintln!("  {version}: {size} bytes without symbols; the demo told {lines} lines");
        eprintln!("  starts in {start:?}, the median of {STARTS}");
    }
    Ok(())
}

/// From the call to the end of `--version`.
fn median_start(shell: &Shell, program: &Path) -> Result<Duration> {
    let mut times = Vec::with_capacity(STARTS);
    for _ in 0..STARTS {
        let start = Instant::now();
        cmd!(shell, "{program} --version").quiet().read()?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok(times.get(STARTS / 2).copied().unwrap_or_default())
}
