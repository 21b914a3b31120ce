//! What is traced to stderr.

use anstream::{AutoStream, ColorChoice};
use tracing_subscriber::EnvFilter;

/// `RUST_LOG` says what is traced; without it, or where it is empty, `-v` and `-vv` have our own crates traced, and
/// nothing else is.
pub(crate) fn to_stderr(verbose: u8) {
    let ours = match verbose {
        0 => None,
        1 => Some("onay=debug"),
        _ => Some("onay=trace"),
    };
    let wanted = std::env::var(EnvFilter::DEFAULT_ENV).ok();
    let wanted = wanted.filter(|wanted| !wanted.trim().is_empty());
    let filter = wanted.and_then(|wanted| EnvFilter::try_new(wanted).ok());
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
