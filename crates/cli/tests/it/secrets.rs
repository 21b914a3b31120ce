//! Keys come from the environment, a file or stdin, and come out nowhere.

use std::io::Write;

use onay_testkit::{Behaviour, SocketServer};

use crate::support::{KEY, Run, SEND, run_with_stdin};

fn send_as(environment: &[(&str, &str)], stdin: &str) -> Run {
    run_with_stdin(&format!("{SEND} --json"), environment, stdin)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_can_come_from_a_file_or_from_stdin() {
    let server = SocketServer::start(Behaviour::json(r#"{"code":0}"#)).await;
    let base = server.url();
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    writeln!(file, "{KEY}").expect("written");
    let path = file.path().to_str().expect("a path").to_owned();
    let common = |file| {
        [
            ("PAYNET_ENV", "sandbox"),
            ("PAYNET_BASE_URL", base.as_str()),
            ("PAYNET_SECRET_KEY_FILE", file),
        ]
    };
    send_as(&common(&path), "").document();
    send_as(&common("-"), &format!("{KEY}\r\n")).document();
    for request in server.requests() {
        let expected = format!("Basic {KEY}");
        assert_eq!(request.header("authorization"), Some(expected.as_str()));
    }
    let missing = send_as(&common("/no/such/file"), "");
    assert_eq!(
        (missing.code, missing.error()["kind"].as_str()),
        (2, Some("config"))
    );
    let mut long = tempfile::NamedTempFile::new().expect("a file");
    write!(long, "{}", "k".repeat(9000)).expect("written");
    let long = long.path().to_str().expect("a path").to_owned();
    assert_eq!(send_as(&common(&long), "").code, 2, "not cut, refused");
    let mut both = common(&path).to_vec();
    both.push(("PAYNET_SECRET_KEY", KEY));
    assert_eq!(send_as(&both, "").code, 2);
    assert_eq!(server.requests().len(), 2);
}
