//! `Seen` is a socket server's remaining script and the requests that it received.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::{Behaviour, ReceivedRequest};

/// Shared by all connections of a server.
#[derive(Debug)]
pub(crate) struct Seen {
    script: Mutex<VecDeque<Behaviour>>,
    connections: AtomicUsize,
    endless_bytes: AtomicUsize,
    requests: Mutex<Vec<ReceivedRequest>>,
}

impl Seen {
    pub(crate) fn new(script: VecDeque<Behaviour>) -> Self {
        // Here, where the test sees it: a panic in the server's task would be lost.
        assert!(!script.is_empty(), "a script has at least one behaviour");
        Self {
            script: Mutex::new(script),
            connections: AtomicUsize::new(0),
            endless_bytes: AtomicUsize::new(0),
            requests: Mutex::default(),
        }
    }

    /// What the next call meets.
    pub(crate) fn peek(&self) -> Behaviour {
        let script = self.script.lock().expect("not poisoned");
        script.front().cloned().expect("a script is not empty")
    }

    /// What this call meets: the last behaviour stays.
    pub(crate) fn next(&self) -> Behaviour {
        let mut script = self.script.lock().expect("not poisoned");
        let next = if script.len() > 1 {
            script.pop_front()
        } else {
            script.front().cloned()
        };
        next.expect("a script is not empty")
    }

    pub(crate) fn add(&self, request: ReceivedRequest) {
        self.requests.lock().expect("not poisoned").push(request);
    }

    pub(crate) fn requests(&self) -> Vec<ReceivedRequest> {
        self.requests.lock().expect("not poisoned").clone()
    }

    pub(crate) fn add_endless(&self, bytes: usize) {
        self.endless_bytes.fetch_add(bytes, Ordering::SeqCst);
    }

    pub(crate) fn endless_bytes(&self) -> usize {
        self.endless_bytes.load(Ordering::SeqCst)
    }

    /// Counts a connection. Which one it is, from 1 on.
    pub(crate) fn connected(&self) -> usize {
        self.connections.fetch_add(1, Ordering::SeqCst) + 1
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}
