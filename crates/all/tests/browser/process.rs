//! The driver's process, which ends with the test however that ends.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A running chromedriver.
#[derive(Debug)]
pub(crate) struct Driver {
    process: Child,
    pub(crate) address: String,
}

impl Driver {
    /// Starts it on a free port; `None` where it or its browser is not installed.
    pub(crate) fn start() -> Option<Self> {
        // Without it the driver starts and then has nothing to drive.
        let browser = Command::new("chromium").arg("--version").output();
        browser.ok().filter(|output| output.status.success())?;
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let told = process.stdout.take().expect("a pipe");
        let mut lines = BufReader::new(told).lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            let (_, port) = line.rsplit_once("started successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        // Somebody has to read on, or it stops when the pipe is full.
        std::thread::spawn(move || lines.for_each(drop));
        let port = port.expect("chromedriver says its port");
        Some(Self {
            process,
            address: format!("http://127.0.0.1:{port}"),
        })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
