//! Signals while the output is blocked: a pipe without a reader.

use std::io::{BufRead, BufReader, PipeReader, PipeWriter, Read, Write};
use std::process::{Child, ChildStderr, Stdio};

use onay_testkit::{Behaviour, SocketServer};
use serde_json::Value;

use crate::signals::kill;
use crate::support::{SEND, onay, paynet};

/// After the call the result may be written to a pipe that nobody reads: a signal ends that too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signal_ends_a_command_that_nobody_reads() {
    for signal in ["-INT", "-TERM"] {
        let (mut child, mut stderr, unread) = sent_unread().await;
        kill(signal, &child);
        let mut said = String::new();
        stderr.read_to_string(&mut said).expect("the rest");
        assert_eq!(child.wait().expect("ended").code(), Some(6), "{said}");
        assert!(said.contains("\"stopped_by_signal\""), "{said}");
        drop(unread);
    }
}

/// What the provider did is not lost in silence, also where the reader of a pipe is gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_yes_without_a_reader_is_no_success() {
    let yes = SocketServer::start(Behaviour::json(r#"{"code":0}"#)).await;
    let url = yes.url();
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let mut command = onay(&format!("{SEND} --json"), &paynet(&url));
    let output = command.stdout(writer).stderr(Stdio::piped()).output();
    let output = output.expect("ran");
    assert_eq!(output.status.code(), Some(6));
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(said.contains("maybe_sent"), "{said}");
}

/// The result is there when the signal comes, and it is printed as soon as somebody reads.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_result_that_is_there_is_printed_after_a_signal() {
    let (mut child, mut stderr, mut unread) = sent_unread().await;
    kill("-INT", &child);
    let (mut printed, mut said) = (String::new(), String::new());
    unread.read_to_string(&mut printed).expect("the result");
    stderr.read_to_string(&mut said).expect("the rest");
    assert_eq!(child.wait().expect("ended").code(), Some(0), "{said}");
    let document: Value = serde_json::from_str(printed.trim()).expect("JSON");
    assert_eq!(document["operation"], "send_otp");
    assert!(!said.contains("stopped_by_signal"), "{said}");
}

/// A command whose call got a yes, which it cannot print as JSON until somebody reads the pipe.
async fn sent_unread() -> (Child, BufReader<ChildStderr>, PipeReader) {
    let yes = SocketServer::start(Behaviour::json(r#"{"code":0}"#)).await;
    let url = yes.url();
    let mut environment = paynet(&url);
    environment.push(("RUST_LOG", "onay=debug"));
    let (unread, full) = full_pipe();
    // The command holds the pipe's end, which has to close with the child's: it is dropped here.
    let child = onay(&format!("{SEND} --json"), &environment)
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.expect("started");
    let mut stderr = BufReader::new(child.stderr.take().expect("stderr"));
    let mut said = String::new();
    while !said.contains("the call ended") {
        assert_ne!(stderr.read_line(&mut said).expect("a line"), 0, "{said}");
    }
    (child, stderr, unread)
}

/// Once the command has ended, a signal changes nothing about its exit code, even where its failure cannot be printed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signal_after_the_end_keeps_the_exit_code() {
    let early = SocketServer::start(Behaviour::json(r#"{"code":5}"#)).await;
    let url = early.url();
    let (unread, mut full) = full_pipe();
    // Room for the beginning of the failure alone.
    let mut page = [0; 4096];
    (&unread).read_exact(&mut page).expect("a page");
    full.write_all(&page[8..]).expect("filled");
    let before = rustix::io::ioctl_fionread(&unread).expect("asked");
    let mut command = onay(&format!("{SEND} --json"), &paynet(&url));
    let mut child = command.stderr(full).spawn().expect("started");
    while rustix::io::ioctl_fionread(&unread).expect("asked") == before {
        assert!(child.try_wait().expect("asked").is_none(), "it ended");
        tokio::task::yield_now().await;
    }
    kill("-INT", &child);
    assert_eq!(child.wait().expect("ended").code(), Some(5));
    drop(unread);
}

/// The sentence about the signal may be what nobody reads.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signal_ends_a_command_whose_report_nobody_reads() {
    let server = SocketServer::start(Behaviour::NeverAnswer).await;
    let url = server.url();
    let (unread, full) = full_pipe();
    let mut command = onay(SEND, &paynet(&url));
    let mut child = command.stderr(full).spawn().expect("started");
    while server.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    kill("-INT", &child);
    assert_eq!(child.wait().expect("ended").code(), Some(6));
    drop(unread);
}

/// A pipe that takes no more until somebody reads.
fn full_pipe() -> (PipeReader, PipeWriter) {
    let (reader, mut writer) = std::io::pipe().expect("a pipe");
    writer.write_all(&vec![b' '; 64 * 1024]).expect("filled");
    (reader, writer)
}
