//! One multiplexed connection is shared by all calls, and made anew when it breaks.

use onay_core::async_trait;
use redis::aio::MultiplexedConnection;
use redis::{ErrorKind, RedisError, RedisResult, ServerErrorKind};
use tokio::sync::Mutex;

use super::ask::{failed, is_broken};
use super::cause::Cause;
use super::connection::RedisCall;
use crate::StoreError;

/// Makes a connection to the server that is the primary now.
#[async_trait]
pub(super) trait Connect: Send + Sync {
    async fn connect(&self) -> RedisResult<MultiplexedConnection>;
}

pub(super) struct Reconnecting<C> {
    connect: C,
    current: Mutex<Current>,
}

#[derive(Default)]
struct Current {
    connection: Option<MultiplexedConnection>,
    /// How many connections there were: a call may give up only the one that it used.
    number: u64,
}

impl<C: Connect> Reconnecting<C> {
    pub(super) fn new(connect: C) -> Self {
        Self {
            connect,
            current: Mutex::default(),
        }
    }

    /// The first connection, so that its error is known by itself.
    pub(super) async fn open(&self) -> RedisResult<()> {
        self.connection().await.map(drop)
    }

    /// Asks, and once more over a new connection where this one turns out to be broken: it may have
    /// been for hours, and nothing was sent meanwhile that would have shown it.
    pub(super) async fn ask(&self, call: &RedisCall<'_>) -> Result<Vec<String>, StoreError> {
        let (mut connection, number) = match self.connection().await {
            Ok(connected) => connected,
            // Nothing was asked: it is certain that nothing was decided.
            Err(error) => return Err(StoreError::unavailable(Cause::of(&error))),
        };
        let first = match call.ask(&mut connection).await {
            Err(error) if is_broken(&error) || is_replica(&error) => error,
            other => return other.map_err(|error| failed(&error)),
        };
        self.give_up(number).await;
        let second = match self.connection().await {
            Ok((mut connection, _)) => call.ask(&mut connection).await,
            Err(error) => Err(error),
        };
        second.map_err(|error| {
            // A first question that was not refused may have been decided, although the second failed.
            if is_replica(&first) {
                failed(&error)
            } else {
                StoreError::indeterminate(Cause::of(&error))
            }
        })
    }

    async fn connection(&self) -> RedisResult<(MultiplexedConnection, u64)> {
        // Locked while it connects: the others wait for the same connection.
        let mut current = self.current.lock().await;
        if let Some(connection) = &current.connection {
            return Ok((connection.clone(), current.number));
        }
        let connection = self.connect.connect().await?;
        current.number += 1;
        current.connection = Some(connection.clone());
        Ok((connection, current.number))
    }

    async fn give_up(&self, number: u64) {
        let mut current = self.current.lock().await;
        if current.number == number {
            current.connection = None;
        }
    }
}

/// A primary that was demoted. It decided nothing.
fn is_replica(error: &RedisError) -> bool {
    error.kind() == ErrorKind::Server(ServerErrorKind::ReadOnly)
}
