//! A registry as Cargo expects it, small and on loopback, which refuses what a test tells it to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(super) struct Registry {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// Every upload, those that were refused too.
    asked: Vec<String>,
    taken: Vec<Upload>,
    refused: Option<usize>,
    is_broken: bool,
}

struct Upload {
    name: String,
    version: String,
    /// Its line of the index.
    line: Value,
    package: Vec<u8>,
}

type Response = (u16, Vec<u8>);

impl Registry {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                thread::spawn(move || serve(stream, address, &state));
            }
        });
        Self { address, state }
    }

    pub(super) fn index(&self) -> String {
        format!("sparse+http://{}/", self.address)
    }

    /// Counted from one, over all that were asked for.
    pub(super) fn refuse_upload(&self, which: usize) {
        self.state().refused = Some(which);
    }

    /// Nothing but errors from now on.
    pub(super) fn break_down(&self) {
        self.state().is_broken = true;
    }

    pub(super) fn asked(&self) -> Vec<String> {
        self.state().asked.clone()
    }

    pub(super) fn taken(&self) -> Vec<String> {
        let state = self.state();
        let taken = state.taken.iter();
        taken
            .map(|it| format!("{} {}", it.name, it.version))
            .collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state
            .lock()
            .expect("no test failed while it held this")
    }
}

fn serve(stream: TcpStream, address: SocketAddr, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        if line.trim().is_empty() {
            break;
        }
        head.push(line.trim().to_owned());
    }
    let Some(first) = head.first() else {
        return; // A connection that was opened in vain.
    };
    let length = head.iter().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.parse().ok())?
    });
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).expect("a body");
    let mut words = first.split(' ');
    let (method, path) = (
        words.next().expect("a method"),
        words.next().expect("a path"),
    );
    let mut state = state.lock().expect("no test failed while it held this");
    let (status, body) = answer(&mut state, method, path, &body, address);
    drop(state);
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} Status\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    let mut stream = reader.into_inner();
    stream.write_all(head.as_bytes()).expect("is sent");
    stream.write_all(&body).expect("is sent");
}

fn answer(
    state: &mut State,
    method: &str,
    path: &str,
    body: &[u8],
    address: SocketAddr,
) -> Response {
    if state.is_broken {
        return (500, b"broken".to_vec());
    }
    if (method, path) == ("PUT", "/api/v1/crates/new") {
        return upload(state, body);
    }
    if path == "/config.json" {
        let config =
            json!({ "dl": format!("http://{address}/dl"), "api": format!("http://{address}") });
        return (200, config.to_string().into_bytes());
    }
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    match parts.as_slice() {
        ["dl", name, version, "download"] => state
            .taken
            .iter()
            .find(|it| it.name == *name && it.version == *version)
            .map_or((404, Vec::new()), |it| (200, it.package.clone())),
        [_, _, name] => {
            let versions = state.taken.iter().filter(|it| it.name == *name);
            let lines: Vec<String> = versions.map(|it| format!("{}\n", it.line)).collect();
            let status = if lines.is_empty() { 404 } else { 200 };
            (status, lines.concat().into_bytes())
        }
        _ => (404, Vec::new()),
    }
}

/// Twice a length and so many bytes: what the crate is, and the package.
fn upload(state: &mut State, body: &[u8]) -> Response {
    let (metadata, rest) = part(body);
    let (package, _) = part(rest);
    let metadata: Value = serde_json::from_slice(metadata).expect("is JSON");
    let text = |field: &str| metadata[field].as_str().expect("is a text").to_owned();
    let (name, version) = (text("name"), text("vers"));
    state.asked.push(format!("{name} {version}"));
    if state.refused == Some(state.asked.len()) {
        let refusal = json!({ "errors": [{ "detail": "refused, as the test wants it" }] });
        return (403, refusal.to_string().into_bytes());
    }
    let dependencies = metadata["deps"].as_array().expect("is a list").iter();
    let dependencies: Vec<Value> = dependencies
        .map(|it| {
            let mut it = it.clone();
            it["req"] = it["version_req"].take();
            it
        })
        .collect();
    let sum: Vec<String> = Sha256::digest(package)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let line = json!({
        "name": name, "vers": version, "deps": dependencies, "cksum": sum.concat(),
        "features": metadata["features"], "yanked": false,
    });
    state.taken.push(Upload {
        name,
        version,
        line,
        package: package.to_vec(),
    });
    (200, b"{}".to_vec())
}

fn part(bytes: &[u8]) -> (&[u8], &[u8]) {
    let (length, rest) = bytes.split_first_chunk().expect("a length");
    let length = u32::from_le_bytes(*length);
    rest.split_at(usize::try_from(length).expect("fits"))
}
