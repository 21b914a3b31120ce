//! Where the examples are.

use std::path::PathBuf;
use std::process::Command;

/// An example that was built along with this test.
pub(crate) fn example(name: &str) -> Command {
    let test = std::env::current_exe().expect("a path");
    let profile = test.ancestors().nth(2).expect("target/PROFILE/deps/TEST");
    let mut path: PathBuf = profile.join("examples").join(name);
    path.set_extension(std::env::consts::EXE_EXTENSION);
    assert!(
        path.exists(),
        "{name} is not built; `--test it` alone builds no examples: cargo build -p onay --features full --examples"
    );
    Command::new(path)
}
