//! What is traced to stderr.

use anstream::{AutoStream, ColorChoice};
use tracing_subscriber::EnvFilter;

/// `RUST_LOG` says what is traced; without it `-v` and `-vv` have our own crates traced, and
/// nothing else is.
pub(crate) fn to_stderr(verbose: u8) {
    let ours = match verbose {
        0 => None,
        1 => Some("onay=debug"),
        _ => Some("onay=trace"),
    };
    let filter = EnvFilter::try_from_default_env().ok();
    // A name without more means every crate that begins with it.
    let Some(filter) = filter.or_else(|| ours.map(EnvFilter::new)) else {
        return;
    };
    let is_colored = AutoStream::choice(&std::io::stderr()) != ColorChoice::Never;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(is_colored)
        .with_writer(std::io::stderr)
        .init();
}
