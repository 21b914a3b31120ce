//! The server: all routes on one listener, until it is told to stop.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::serve::Listener;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::error::SandboxError;
use crate::provider::Provider;
use crate::state::Shared;
use crate::wire::{Cut, Wire};
use crate::{api, page, paynet, paytr, paywall};

/// How long calls under way may take to end once the sandbox stops.
const GRACE: Duration = Duration::from_secs(2);

/// How long the head of a request may take to arrive, from the answer before it.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);

/// How many connections are open at once. Who comes then waits for one to end: a process has few
/// more file descriptors than this, and the sandbox shares them with the tests that it is part of.
const MOST_CONNECTIONS: usize = 512;

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

/// Serves until the sandbox is told to stop and the calls under way are answered, and ends every
/// connection before it returns.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    serve_at_most(MOST_CONNECTIONS, listener, shared).await;
}

async fn serve_at_most(most: usize, mut listener: TcpListener, shared: Arc<Shared>) {
    let routes = routes(Arc::clone(&shared));
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            biased;
            () = shared.stopped() => break,
            Some(_) = connections.join_next() => {}
            (stream, _) = Listener::accept(&mut listener), if connections.len() < most => {
                connections.spawn(converse(stream, routes.clone(), Arc::clone(&shared)));
            }
        }
    }
    drop(listener);
    let all_ended = async { while connections.join_next().await.is_some() {} };
    tokio::select! {
        biased;
        () = shared.ended() => {}
        () = all_ended => {}
        () = sleep(GRACE) => tracing::warn!("the sandbox stopped with calls under way"),
    }
    connections.shutdown().await;
}

/// Answers the calls of one connection. Once the sandbox is told to stop, only the one under way.
async fn converse(stream: TcpStream, routes: Router, shared: Arc<Shared>) {
    let wire = Wire::default();
    let routes = TowerToHyperService::new(routes);
    let hand = wire.clone();
    let answering = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(hand.clone());
        routes.call(request)
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_PATIENCE)
        .serve_connection(TokioIo::new(stream), answering);
    let cut = {
        let mut connection = Pin::new(&mut connection);
        let answered = async {
            tokio::select! {
                ended = connection.as_mut() => ended,
                () = shared.stopped() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            }
        };
        tokio::select! {
            // Looked at first, so that not even a call that is complete by then is answered.
            biased;
            () = shared.ended() => None,
            cut = wire.is_cut() => Some(cut),
            ended = answered => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "a connection broke");
                }
                None
            }
        }
    };
    if cut == Some(Cut::Reset) {
        let stream = connection.into_parts().io.into_inner();
        // Where that fails the connection is closed, which is an end without an answer too.
        let _ = stream.set_zero_linger();
    }
}

fn routes(shared: Arc<Shared>) -> Router {
    let guard = from_fn_with_state(Arc::clone(&shared), api::only_from_here);
    let fake = |routes: Router<Arc<Shared>>, provider| {
        let state = (Arc::clone(&shared), provider);
        routes.layer(from_fn_with_state(state, api::not_from_elsewhere))
    };
    Router::new()
        .merge(api::routes())
        .merge(page::routes())
        .route_layer(guard)
        .merge(api::health())
        .merge(fake(paynet::routes(), Provider::Paynet))
        .merge(fake(paywall::routes(), Provider::Paywall))
        .merge(fake(paytr::routes(), Provider::Paytr))
        .fallback(api::not_found)
        .method_not_allowed_fallback(api::method_not_allowed)
        .with_state(shared)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::time::timeout;

    use super::*;
    use crate::world::Setup;

    async fn asks(stream: &mut TcpStream) -> bool {
        let asked = stream.write_all(b"GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n");
        asked.await.expect("written");
        let mut answer = [0; 15];
        stream.read_exact(&mut answer).await.expect("an answer");
        answer == *b"HTTP/1.1 200 OK"
    }

    #[tokio::test]
    async fn who_comes_when_all_are_taken_waits_for_one_to_end() {
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let (listener, address) = listen(address).await.expect("an address");
        let shared = Shared::new(address, Setup::default()).expect("a sandbox");
        let serving = tokio::spawn(serve_at_most(2, listener, Arc::clone(&shared)));
        let connect = || async { TcpStream::connect(address).await.expect("connected") };
        let (mut first, mut second) = (connect().await, connect().await);
        assert!(asks(&mut first).await && asks(&mut second).await);
        let mut third = connect().await;
        let early = timeout(Duration::from_millis(100), asks(&mut third)).await;
        assert!(early.is_err(), "answered while two were open");
        drop(first);
        let mut answer = [0; 15];
        third.read_exact(&mut answer).await.expect("an answer");
        assert_eq!(&answer, b"HTTP/1.1 200 OK");
        shared.stop();
        serving.await.expect("no panic");
    }
}
