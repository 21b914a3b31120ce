//! A real redis-server on a free port can be killed and started again by a test.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use onay_guard::{RedisStore, RedisStoreBuilder};
use tempfile::TempDir;

/// Long enough for a machine that has other things to do.
const PATIENCE: Duration = Duration::from_secs(20);

/// Nothing is lost, whichever process is killed.
pub(crate) const KEEPS_ALL: [&str; 4] = ["--appendonly", "yes", "--appendfsync", "always"];
pub(crate) const KEEPS_NOTHING: [&str; 2] = ["--appendonly", "no"];

/// A server for a test that kills none.
pub(crate) fn any_redis() -> Option<RedisServer> {
    RedisServer::start(&KEEPS_NOTHING)
}

/// Stopped, and its folder gone, when dropped.
pub(crate) struct RedisServer {
    options: Vec<String>,
    folder: TempDir,
    port: u16,
    process: Child,
}

impl RedisServer {
    /// `None` where there is no redis-server: the test says so and ends. Where `CI` is set that is a
    /// failure.
    pub(crate) fn start(options: &[&str]) -> Option<Self> {
        let version = Command::new("redis-server").arg("--version").output();
        if version.is_err() {
            let skipped = "there is no redis-server here (Debian package redis-server)";
            assert!(std::env::var_os("CI").is_none(), "{skipped}");
            // Not by a macro: what those print is shown of tests that fail alone.
            let _ = writeln!(std::io::stderr(), "SKIPPED: {skipped}");
            return None;
        }
        let options: Vec<String> = options.iter().map(|&option| option.to_owned()).collect();
        let folder = tempfile::tempdir().expect("a folder");
        // Another process may be given the port between here and there: then another one.
        for _ in 0..10 {
            let port = free_port();
            let process = run(port, &folder, &options);
            let mut server = Self {
                options: options.clone(),
                folder: tempfile::tempdir_in(&folder).expect("a folder"),
                port,
                process,
            };
            if server.answers() {
                server.folder = folder;
                return Some(server);
            }
        }
        panic!("redis-server does not start");
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://{}", self.host())
    }

    /// Address and port.
    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub(crate) async fn store(&self) -> RedisStore {
        self.builder().connect().await.expect("a store")
    }

    pub(crate) fn builder(&self) -> RedisStoreBuilder {
        RedisStore::builder(self.url())
    }

    /// Like a power cut for the process: it gets no chance to write anything.
    pub(crate) fn kill(&mut self) {
        self.process.kill().expect("a process");
        self.process.wait().expect("a process");
    }

    /// After a [`kill`](Self::kill): on the same port, with what it kept.
    pub(crate) fn start_again(&mut self) {
        self.process = run(self.port, &self.folder, &self.options);
        assert!(self.answers(), "redis-server does not start again");
    }

    /// Stops and goes on, as if it were very slow.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.process.id().to_string();
        let kill = Command::new("kill").args(["-s", name, &id]).status();
        assert!(kill.expect("kill").success());
    }

    pub(crate) fn ask(&self, command: &[&str]) -> String {
        let port = self.port.to_string();
        let answer = Command::new("redis-cli")
            .args(["-p", &port])
            .args(command)
            .output();
        String::from_utf8(answer.expect("redis-cli").stdout).expect("text")
    }

    fn answers(&mut self) -> bool {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if self.process.try_wait().expect("a process").is_some() {
                return false;
            }
            let is_open = TcpStream::connect(("127.0.0.1", self.port)).is_ok();
            if is_open && self.ask(&["ping"]).trim() == "PONG" {
                return true;
            }
            sleep(Duration::from_millis(10));
        }
        false
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn run(port: u16, folder: &TempDir, options: &[String]) -> Child {
    Command::new("redis-server")
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
        .args(["--save", "", "--dir"])
        .arg(folder.path())
        .args(options)
        .stdout(Stdio::null())
        .spawn()
        .expect("redis-server")
}

pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}
