//! One multiplexed connection is shared by all calls, and made anew when it breaks.

use onay_core::async_trait;
use redis::RedisResult;
use redis::aio::MultiplexedConnection;
use tokio::sync::Mutex;

use super::ask::{failed, failed_again, is_broken, is_replica};
use super::cause::Cause;
use super::connection::{RedisCall, RedisConnection};
use crate::StoreError;

/// Makes a connection to the server that is the primary now.
#[async_trait]
pub(super) trait Connect: Send {
    async fn connect(&mut self) -> RedisResult<MultiplexedConnection>;
}

pub(super) struct Reconnecting<C>(Mutex<Current<C>>);

struct Current<C> {
    connect: C,
    connection: Option<MultiplexedConnection>,
    /// How many connections there were: a call may give up only the one that it used.
    number: u64,
}

impl<C: Connect> Reconnecting<C> {
    pub(super) fn new(connect: C) -> Self {
        Self(Mutex::new(Current {
            connect,
            connection: None,
            number: 0,
        }))
    }

    pub(super) async fn connection(&self) -> RedisResult<(MultiplexedConnection, u64)> {
        // Locked while it connects: the others wait for the same connection.
        let mut current = self.0.lock().await;
        if let Some(connection) = &current.connection {
            return Ok((connection.clone(), current.number));
        }
        let connection = current.connect.connect().await?;
        current.number += 1;
        current.connection = Some(connection.clone());
        Ok((connection, current.number))
    }

    async fn give_up(&self, number: u64) {
        let mut current = self.0.lock().await;
        if current.number == number {
            current.connection = None;
        }
    }
}

#[async_trait]
impl<C: Connect> RedisConnection for Reconnecting<C> {
    /// Asks, and once more over a new connection where this one turns out to be broken: it may have
    /// been for hours, and nothing was sent meanwhile that would have shown it.
    async fn run(&self, call: &RedisCall<'_>) -> Result<Vec<String>, StoreError> {
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
        second.map_err(|error| failed_again(&error, is_replica(&first)))
    }
}
