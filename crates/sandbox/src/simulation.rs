//! `SimulatedSandbox` decides calls that come over no socket, so that many histories run on one thread.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::SystemTime;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;

use crate::builder::SandboxBuilder;
use crate::error::SandboxError;
use crate::message::{Message, MessageFilter};
use crate::pipeline;
use crate::shared::Shared;

/// Fakes, inbox and journal without a server, on tokio's clock. Every call takes no time.
#[derive(Clone, Debug)]
pub struct SimulatedSandbox(Arc<Shared>);

impl SandboxBuilder {
    #[doc(hidden)]
    /// A sandbox that listens nowhere, whose time begins at `start` and goes on with tokio's clock,
    /// which a test can pause.
    ///
    /// # Errors
    ///
    /// Those of [`start`](Self::start), but for the ones about an address.
    pub fn simulated(self, start: SystemTime) -> Result<SimulatedSandbox, SandboxError> {
        let mut setup = self.clock(start).setup()?;
        setup.is_simulated = true;
        let nowhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 9));
        Ok(SimulatedSandbox(Shared::new(nowhere, setup)?))
    }
}

impl SimulatedSandbox {
    /// What a client takes for a provider's base URL.
    pub fn base_url(&self, provider: &str) -> Option<String> {
        let fake = self.0.registry().find(provider)?;
        Some(self.0.base_url(fake.service().provider))
    }

    /// Has the fake whose base URL the path begins with decide a `POST`, and gives the status, the
    /// headers and the body of its answer. Absent where there is no such fake.
    pub async fn post(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Option<(u16, Vec<(String, String)>, Vec<u8>)> {
        let fake = Arc::clone(self.0.registry().find(path.split('/').nth(1)?)?);
        let request = Request::post(path);
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        });
        let request = request.body(Body::from(body.into())).ok()?;
        let answer = pipeline::take(&self.0, fake.as_ref(), request).await;
        let (head, body) = answer.into_parts();
        let headers = head.headers.iter().filter_map(|(name, value)| {
            Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        });
        let body = to_bytes(body, usize::MAX).await.ok()?;
        Some((head.status.as_u16(), headers.collect(), body.to_vec()))
    }

    /// Every message that is kept, oldest first.
    pub fn messages(&self) -> Vec<Message> {
        let world = self.0.world();
        let every = MessageFilter::new();
        let mut messages: Vec<_> = world.inbox.newest_first(&every).cloned().collect();
        messages.reverse();
        messages
    }
}
