//! The processes: one server, and a client at a time, each on a core of its own where that can be had.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::calls::Failure;
use crate::drive::Measured;

const CLIENT_CORE: &str = "0";
const SERVER_CORE: &str = "1";

/// The server; ends when dropped.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    address: String,
}

impl Server {
    pub(crate) fn start(program: &OsStr) -> Result<Self, Failure> {
        let mut process = on_core(SERVER_CORE, program)
            .arg("serve")
            .stdout(Stdio::piped())
            .spawn()?;
        let mut address = String::new();
        if let Some(stdout) = process.stdout.take() {
            BufReader::new(stdout).read_line(&mut address)?;
        }
        let address = address.trim().to_owned();
        let server = Self { process, address };
        if server.address.is_empty() {
            return Err("the server did not start".into());
        }
        Ok(server)
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A program that will run on the clients' core.
pub(crate) fn client(program: impl AsRef<OsStr>) -> Command {
    on_core(CLIENT_CORE, program.as_ref())
}

/// Runs it and reads its lines.
pub(crate) fn measure(command: &mut Command) -> Result<Vec<Measured>, Failure> {
    let output = command.stderr(Stdio::piped()).output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{command:?}: {said}").into());
    }
    read(&String::from_utf8_lossy(&output.stdout))
}

fn read(lines: &str) -> Result<Vec<Measured>, Failure> {
    let lines = lines.lines().filter(|line| !line.trim().is_empty());
    let measured: Result<Vec<Measured>, _> = lines.map(serde_json::from_str).collect();
    Ok(measured?)
}

fn on_core(core: &str, program: &OsStr) -> Command {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    if cores < 2 || !can_pin() {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.args(["-c", core]).arg(program);
    command
}

pub(crate) fn can_pin() -> bool {
    let mut probe = Command::new("taskset");
    let probe = probe.args(["-c", "0,1", "true"]);
    let probe = probe.stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_phase_and_anything_else_is_refused() {
        let line = r#"{"calls":5,"wall_ns":10,"cpu_ns":7,"p50_ns":2,"p99_ns":3}"#;
        let measured = read(&format!("{line}\n{line}\n")).expect("two phases");
        assert_eq!(measured.len(), 2);
        assert_eq!(measured.first().map(|phase| phase.cpu_ns), Some(7));
        read("warning: something\n").expect_err("no phase");
        read(r#"{"calls":5}"#).expect_err("half a phase");
    }
}
