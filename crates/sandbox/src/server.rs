//! `serve` answers on one listener until it is told to stop.

use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::extract::State;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get};
use axum::serve::Listener;
use axum::{Json, Router};
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;
use tokio_io_timeout::TimeoutStream;
use utoipa_axum::router::OpenApiRouter;

use crate::connections::{BusyBody, Connection, ConnectionHandle, Connections, Cut};
use crate::error::SandboxError;
use crate::fake::AnyFake;
use crate::shared::Shared;
use crate::{api, page, pipeline};

/// How long calls under way may take to end once the sandbox stops.
const GRACE: Duration = Duration::from_secs(2);

/// How long the head of a request may take to arrive, from the answer before it.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);

/// How many connections are open at once: a process has few more file descriptors than this, and the
/// sandbox shares them with the tests that it is part of. A further connection closes the one that was
/// idle for longest. Where none is idle it waits: waits for messages, readers of events and clients that
/// do not read have limits of their own, so only responses that a fault delays, or that are read a byte
/// at a time, can hold every connection.
const MOST_CONNECTIONS: usize = 512;

/// Of every sixteen connections, how many one address may have, so that one client cannot take all.
const OF_ONE_ADDRESS: usize = 15;

/// The longest head of a request that is read, in bytes.
const LONGEST_HEAD: usize = 64 * 1024;

/// How long a client may take nothing of what is written to it. One that takes a byte now and then
/// is waited for as long as it likes; it holds one connection of those that there are.
const WRITE_PATIENCE: Duration = Duration::from_secs(10);

/// Takes the address; of loopback the other one too, if it is free: `localhost` may be either.
pub(crate) async fn listen(
    address: SocketAddr,
) -> Result<(Vec<TcpListener>, SocketAddr), SandboxError> {
    let refused = |source: io::Error| match source.kind() {
        io::ErrorKind::AddrInUse => SandboxError::AddressTaken { address },
        _ => SandboxError::Listen { address, source },
    };
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    let local_address = listener.local_addr().map_err(refused)?;
    let mut listeners = vec![listener];
    if local_address.ip() == IpAddr::from(Ipv4Addr::LOCALHOST) {
        let other = SocketAddr::from((Ipv6Addr::LOCALHOST, local_address.port()));
        listeners.extend(TcpListener::bind(other).await);
    }
    Ok((listeners, local_address))
}

/// Accepts the next connection of any listener.
async fn next(listeners: &mut [TcpListener]) -> (TcpStream, IpAddr) {
    let mut coming: Vec<_> = listeners
        .iter_mut()
        .map(|listener| Box::pin(Listener::accept(listener)))
        .collect();
    poll_fn(|context| {
        let mut ready = coming.iter_mut().map(|one| one.as_mut().poll(context));
        let came = ready.find_map(|polled| match polled {
            Poll::Ready((stream, from)) => Some((stream, from.ip().to_canonical())),
            Poll::Pending => None,
        });
        came.map_or(Poll::Pending, Poll::Ready)
    })
    .await
}

/// Serves until the sandbox is told to stop and the calls under way are answered, and ends every
/// connection before it returns.
pub(crate) async fn serve(listeners: Vec<TcpListener>, shared: Arc<Shared>, extras: Vec<Extras>) {
    let routes = routes(Arc::clone(&shared), extras);
    serve_at_most(MOST_CONNECTIONS, listeners, shared, routes).await;
}

async fn serve_at_most(
    most: usize,
    mut listeners: Vec<TcpListener>,
    shared: Arc<Shared>,
    routes: Router,
) {
    let known = Arc::new(Connections::default());
    let mut connections = JoinSet::new();
    let mut newcomer = None;
    // Whether one was told to end and has not yet.
    let mut ending = false;
    loop {
        let full = connections.len() >= most;
        if let Some((stream, from)) = newcomer.take_if(|_| !full) {
            let wire = ConnectionHandle::default();
            let connection = known.open(wire.clone(), from);
            let shared = Arc::clone(&shared);
            connections.spawn(converse(stream, connection, wire, routes.clone(), shared));
        }
        tokio::select! {
            biased;
            () = shared.stopped() => break,
            Some(_) = connections.join_next() => ending = false,
            () = known.end_longest_idle(), if newcomer.is_some() && !ending => {
                ending = true;
            }
            (stream, from) = next(&mut listeners), if newcomer.is_none() => {
                let admitted = known.admit(from, most.div_ceil(16) * OF_ONE_ADDRESS);
                newcomer = admitted.then_some((stream, from));
            }
        }
    }
    drop((listeners, newcomer));
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
async fn converse(
    stream: TcpStream,
    connection: Arc<Connection>,
    wire: ConnectionHandle,
    routes: Router,
    shared: Arc<Shared>,
) {
    let routes = TowerToHyperService::new(routes);
    let handle = wire.clone();
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_PATIENCE));
    let answering = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(handle.clone());
        let busy = connection.busy();
        let routes = routes.clone();
        async move {
            let Some(busy) = busy else {
                // The connection ends already; a call must not be done and then not be answered.
                return std::future::pending().await;
            };
            let answer = routes.call(request).await?;
            Ok::<_, Infallible>(answer.map(|body| BusyBody::new(body, busy)))
        }
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_PATIENCE)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(Box::pin(stream)), answering);
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
        let _ = stream.get_ref().set_zero_linger();
    }
}

/// Routes that only one fake has.
#[derive(Clone, Default)]
pub(crate) struct Extras {
    /// Guarded like the inbox page.
    pub(crate) pages: Router<Arc<Shared>>,
    /// Below `/api/v1`, and guarded likewise.
    pub(crate) api: OpenApiRouter<Arc<Shared>>,
}

impl fmt::Debug for Extras {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extras").finish_non_exhaustive()
    }
}

fn routes(shared: Arc<Shared>, extras: Vec<Extras>) -> Router {
    let guard = from_fn_with_state(Arc::clone(&shared), api::require_own_origin);
    let mut guarded = Router::new().merge(page::routes());
    let mut api = api::routes();
    for extra in extras {
        guarded = guarded.merge(extra.pages);
        api = api.merge(extra.api);
    }
    let (api, mut described) = OpenApiRouter::new().nest("/api/v1", api).split_for_parts();
    let (health, described_health) = api::health().split_for_parts();
    described.merge(described_health);
    let registry = shared.registry().clone();
    let describe = move || async move { Json(api::description(&described, &registry)) };
    let mut routes = guarded
        .merge(api)
        .route("/api/v1/openapi.json", get(describe))
        .route_layer(guard)
        .merge(health);
    for fake in shared.registry().fakes() {
        routes = routes.merge(calls(&shared, fake));
    }
    routes
        .fallback(api::not_found)
        .method_not_allowed_fallback(api::method_not_allowed)
        .with_state(shared)
}

/// Every path below a fake's root.
fn calls(shared: &Arc<Shared>, fake: &Arc<dyn AnyFake>) -> Router<Arc<Shared>> {
    let provider = fake.service().provider;
    let state = (Arc::clone(shared), provider);
    let taken = Arc::clone(fake);
    let take = any(
        move |State(shared): State<Arc<Shared>>, request| async move {
            pipeline::take(&shared, taken.as_ref(), request).await
        },
    );
    [
        format!("/{provider}"),
        format!("/{provider}/"),
        format!("/{provider}/{{*rest}}"),
    ]
    .iter()
    .fold(Router::new(), |routes, path| {
        routes.route(path, take.clone())
    })
    .layer(from_fn_with_state(state, api::refuse_web_pages))
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::task::JoinHandle;
    use tokio::time::timeout;

    use super::*;
    use crate::world::Setup;

    async fn asks(stream: &mut TcpStream) -> bool {
        let asked = stream.write_all(b"GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n");
        asked.await.expect("written");
        let mut answer = Vec::new();
        while !answer.ends_with(b"}") {
            let read = stream.read_buf(&mut answer).await.expect("an answer");
            assert_ne!(read, 0, "the connection ended");
        }
        answer.starts_with(b"HTTP/1.1 200 OK")
    }

    async fn room_for_two() -> (SocketAddr, Arc<Shared>, JoinHandle<()>) {
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let (listeners, address) = listen(address).await.expect("an address");
        let shared = Shared::new(address, Setup::default()).expect("a sandbox");
        let routes = routes(Arc::clone(&shared), Vec::new());
        let serving = tokio::spawn(serve_at_most(2, listeners, Arc::clone(&shared), routes));
        (address, shared, serving)
    }

    #[tokio::test]
    async fn for_who_comes_when_all_are_taken_the_longest_idle_one_ends() {
        let (address, shared, serving) = room_for_two().await;
        let connect = || async { TcpStream::connect(address).await.expect("connected") };
        let (mut first, mut second) = (connect().await, connect().await);
        assert!(asks(&mut first).await && asks(&mut second).await);
        assert!(asks(&mut first).await);
        let mut silent = connect().await;
        let mut end = [0; 1];
        assert_eq!(second.read(&mut end).await.expect("an end"), 0);
        assert!(asks(&mut first).await, "it asked after the second");
        for _ in 0..8 {
            assert!(asks(&mut connect().await).await, "and so on");
        }
        assert_eq!(silent.read(&mut end).await.expect("an end"), 0);
        shared.stop();
        serving.await.expect("no panic");
    }

    #[tokio::test]
    async fn who_comes_when_all_are_busy_waits_for_one_to_end() {
        let (address, shared, serving) = room_for_two().await;
        let connect = || async { TcpStream::connect(address).await.expect("connected") };
        let wait = b"GET /api/v1/messages/wait HTTP/1.1\r\nhost: localhost\r\n\r\n";
        let events = b"GET /api/v1/events HTTP/1.1\r\nhost: localhost\r\n\r\n";
        let (mut first, mut second) = (connect().await, connect().await);
        first.write_all(wait).await.expect("written");
        second.write_all(events).await.expect("written");
        let mut head = [0; 15];
        second.read_exact(&mut head).await.expect("an answer");
        let mut third = connect().await;
        let early = timeout(Duration::from_millis(100), asks(&mut third)).await;
        assert!(early.is_err(), "answered while two were busy");
        drop(first);
        let mut answer = [0; 15];
        third.read_exact(&mut answer).await.expect("an answer");
        assert_eq!(&answer, b"HTTP/1.1 200 OK");
        shared.stop();
        serving.await.expect("no panic");
    }
}
