//! The server: all routes on one listener, until it is told to stop.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;

use crate::error::SandboxError;
use crate::state::Shared;
use crate::{api, page, paynet, paywall};

/// The longest body that is read, in bytes.
pub(crate) const BODY_LIMIT: usize = 64 * 1024;

/// Takes the address.
pub(crate) async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), SandboxError> {
    let refused = |source: io::Error| match source.kind() {
        io::ErrorKind::AddrInUse => SandboxError::AddressTaken { address },
        _ => SandboxError::Listen { address, source },
    };
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    let local_address = listener.local_addr().map_err(refused)?;
    Ok((listener, local_address))
}

/// Serves until the sandbox is told to stop and the calls under way are answered.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let routes = routes(Arc::clone(&shared));
    let stopped = async move { shared.stopped().await };
    let served = axum::serve(listener, routes)
        .with_graceful_shutdown(stopped)
        .await;
    if let Err(error) = served {
        tracing::error!(%error, "the sandbox ended early");
    }
}

fn routes(shared: Arc<Shared>) -> Router {
    Router::new()
        .merge(paynet::routes())
        .merge(paywall::routes())
        .merge(api::routes())
        .merge(page::routes())
        .fallback(api::not_found)
        .method_not_allowed_fallback(api::method_not_allowed)
        .with_state(shared)
}
