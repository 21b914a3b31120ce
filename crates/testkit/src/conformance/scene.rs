//! A server and a provider that calls it, and what both saw of a call.

use std::time::Duration;

use onay_core::Error;

use super::operation::{Subject, Yes};
use super::situation::{ROOMY, Situation};
use super::{Operation, Target};
use crate::{Behaviour, ReceivedRequest, SocketServer};

/// What a call may take beyond its timeout before it counts as hanging.
pub(super) const GRACE: Duration = Duration::from_secs(2);

/// A server, and a provider that was built to call it.
pub(super) struct Scene {
    pub(super) server: SocketServer,
    pub(super) target: Target,
    pub(super) subject: Subject,
}

/// What came of a call.
pub(super) struct Observed {
    /// `None` when it did not end.
    pub(super) result: Option<Result<Yes, Error>>,
    pub(super) provider_printed: String,
    pub(super) requests: Vec<ReceivedRequest>,
    pub(super) connections: usize,
    /// How much of an answer without end was written.
    pub(super) endless_bytes: usize,
}

impl Scene {
    pub(super) async fn set(
        operation: &Operation,
        script: impl IntoIterator<Item = Behaviour>,
        timeout: Duration,
        is_secure: bool,
    ) -> Self {
        let server = start(script, is_secure).await;
        let target = Target::new(server.url(), timeout);
        let subject = operation.subject(&target);
        Self {
            server,
            target,
            subject,
        }
    }

    /// A scene over plain HTTP in which the server always does the same.
    pub(super) async fn plain(operation: &Operation, behaviour: Behaviour) -> Self {
        Self::set(operation, [behaviour], ROOMY, false).await
    }

    /// One call more, and what the server saw of it.
    pub(super) async fn observe(&self) -> Observed {
        let (before, connected) = (self.server.requests().len(), self.server.connections());
        let result = within(&self.target, &self.subject).await;
        let requests = self.server.requests().split_off(before);
        Observed {
            result,
            provider_printed: (self.subject.printed)(),
            requests,
            connections: self.server.connections() - connected,
            endless_bytes: self.server.endless_bytes(),
        }
    }
}

impl Observed {
    /// A call to an address where no server is.
    pub(super) async fn without_server(target: &Target, subject: &Subject) -> Self {
        Self {
            result: within(target, subject).await,
            provider_printed: (subject.printed)(),
            requests: Vec::new(),
            connections: 0,
            endless_bytes: 0,
        }
    }

    /// What an earlier call left behind may arrive while this one runs: it is not this one's.
    pub(super) fn of_the_last_call(mut self) -> Self {
        let earlier = self.requests.len().saturating_sub(1);
        self.requests.drain(..earlier);
        self.connections = self.connections.min(1);
        self
    }
}

async fn start(script: impl IntoIterator<Item = Behaviour>, is_secure: bool) -> SocketServer {
    #[cfg(feature = "tls")]
    if is_secure {
        return SocketServer::start_tls(script).await;
    }
    // Without the feature no situation is.
    let _ = is_secure;
    SocketServer::start_script(script).await
}

async fn within(target: &Target, subject: &Subject) -> Option<Result<Yes, Error>> {
    let limit = target.timeout() + GRACE;
    tokio::time::timeout(limit, (subject.call)()).await.ok()
}

pub(super) async fn set(operation: &Operation, situation: &Situation) -> Scene {
    let script = situation.first.iter().chain([&situation.behaviour]);
    let script: Vec<Behaviour> = script.cloned().collect();
    Scene::set(operation, script, situation.timeout, situation.is_secure).await
}

pub(super) async fn second_of(scene: &Scene, situation: &Situation) -> Observed {
    if situation.first.is_some() {
        scene.observe().await;
    }
    scene.observe().await
}
