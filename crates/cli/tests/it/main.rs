//! The `onay` program as a shell sees it: stdout, stderr, exit code.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod advice;
#[cfg(target_os = "linux")]
mod blocked;
mod callback;
mod demo;
mod doctor;
mod documents;
mod exit_codes;
mod explain;
mod following;
mod language;
mod masterpass;
mod options;
mod paytr;
mod sandbox;
mod secrets;
mod shell;
#[cfg(unix)]
mod signals;
mod silence;
mod story;
mod support;
mod terminal;
mod unreachable;
mod usage;
