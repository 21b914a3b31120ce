//! Behind a real nginx that is told nothing but where to pass calls on, and on both loopbacks.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use onay_sandbox::Sandbox;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::{Caller, NUMBER};

/// An nginx with a folder of its own, stopped with the test.
struct Nginx {
    process: Child,
    folder: PathBuf,
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // It may have stopped by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Starts nginx with nothing configured but where it passes calls on; `None`, said loudly, where it is
/// missing.
#[expect(clippy::print_stderr, reason = "a skipped test says so loudly")]
async fn nginx(port: u16, sandbox: &Sandbox) -> Option<Nginx> {
    let folder = format!("nginx-{}-{port}", std::process::id());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let home = folder.display();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("{kind}_temp_path {home}/{kind};\n"))
        .concat();
    let configuration = format!(
        "daemon off;\npid {home}/nginx.pid;\nerror_log {home}/error.log;\nevents {{}}\n\
         http {{\naccess_log off;\n{temporary}server {{\nlisten 127.0.0.1:{port};\n\
         location / {{ proxy_pass {}; }}\n}}\n}}\n",
        sandbox.url()
    );
    let file = folder.join("nginx.conf");
    std::fs::write(&file, configuration).expect("written");
    let started = ["nginx", "/usr/sbin/nginx"].iter().find_map(|program| {
        Command::new(program)
            .arg("-c")
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .ok()
    });
    let Some(process) = started else {
        assert!(
            std::env::var_os("CI").is_none(),
            "nginx is missing, and CI must not skip this"
        );
        eprintln!("SKIPPED: nginx is missing, so the inbox is not tried behind a proxy");
        return None;
    };
    let nginx = Nginx { process, folder };
    for _ in 0..200 {
        if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            return Some(nginx);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let log = std::fs::read_to_string(nginx.folder.join("error.log"));
    panic!("nginx does not listen: {log:?}");
}

#[tokio::test]
async fn events_come_through_nginx_as_they_happen() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("an address");
    let port = free.local_addr().expect("an address").port();
    drop(free);
    let Some(_nginx) = nginx(port, &sandbox).await else {
        return;
    };
    let url = format!("http://127.0.0.1:{port}/api/v1/events");
    let mut events = reqwest::get(url).await.expect("an answer");
    let greeting = timeout(Duration::from_secs(5), events.chunk()).await;
    assert!(greeting.expect("in time").is_ok());
    Caller::new(&sandbox).send("s", NUMBER).await;
    let mut came = String::new();
    while !came.contains("event: message") {
        let chunk = timeout(Duration::from_secs(5), events.chunk()).await;
        let chunk = chunk.expect("no event came through the proxy");
        came += &String::from_utf8_lossy(&chunk.expect("an answer").expect("an event"));
    }
}

#[tokio::test]
async fn both_loopbacks_are_listened_on() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let port = sandbox.local_addr().port();
    let answer = reqwest::get(format!("http://[::1]:{port}/livez")).await;
    // A machine without IPv6 has only one.
    if std::net::TcpListener::bind("[::1]:0").is_ok() {
        assert_eq!(answer.expect("an answer").status(), 200);
    }
    let stopped = sandbox.stop();
    stopped.await;
    assert!(TcpStream::connect(("::1", port)).await.is_err());
}
