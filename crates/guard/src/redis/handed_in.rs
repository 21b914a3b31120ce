//! Connections of the crate `redis` are connections of the guard.

use std::fmt;

use onay_core::async_trait;
use redis::RedisResult;
use redis::aio::{ConnectionManager, MultiplexedConnection};
use redis::cluster_async::ClusterConnection;
use redis::sentinel::SentinelClient;

use super::ask::{failed, failed_again, is_broken};
use super::connection::{RedisCall, RedisConnection};
use super::reconnecting::{Connect, Reconnecting};
use crate::StoreError;

/// Connections that are asked as they are.
macro_rules! asked_once {
    ($(#[doc = $about:literal] $connection:ty),*) => {$(
        #[doc = $about]
        #[async_trait]
        impl RedisConnection for $connection {
            async fn run(&self, call: &RedisCall<'_>) -> Result<Vec<String>, StoreError> {
                let answer = call.ask(&mut self.clone()).await;
                answer.map_err(|error| failed(&error))
            }
        }
    )*};
}

asked_once!(
    #[doc = "A connection that does not come back: once it broke, the store stays unavailable."]
    MultiplexedConnection,
    #[doc = "A cluster. Its connection follows the slots, and asks again by itself."]
    ClusterConnection
);

/// One server. Where the connection is broken, or a failed attempt to connect is remembered, it is
/// asked once more.
#[async_trait]
impl RedisConnection for ConnectionManager {
    async fn run(&self, call: &RedisCall<'_>) -> Result<Vec<String>, StoreError> {
        let first = match call.ask(&mut self.clone()).await {
            Err(error) if is_broken(&error) => error,
            other => return other.map_err(|error| failed(&error)),
        };
        let second = call.ask(&mut self.clone()).await;
        second.map_err(|error| failed_again(&error, first.is_connection_refusal()))
    }
}

/// A primary that sentinels name. Where it was lost or demoted they are asked again.
///
/// ```no_run
/// use onay_guard::{RedisStore, SentinelConnection};
/// use redis::sentinel::{SentinelClient, SentinelServerType};
///
/// # async fn store() -> Result<(), Box<dyn std::error::Error>> {
/// let sentinels = vec!["redis://sentinel-1:26379", "redis://sentinel-2:26379"];
/// let service = "mymaster".to_owned();
/// let client = SentinelClient::build(sentinels, service, None, SentinelServerType::Master)?;
/// let store = RedisStore::on(SentinelConnection::new(client)).connect().await?;
/// # Ok(())
/// # }
/// ```
pub struct SentinelConnection(Reconnecting<SentinelClient>);

impl SentinelConnection {
    /// A connection to the primary that this client finds.
    pub fn new(client: SentinelClient) -> Self {
        Self(Reconnecting::new(client))
    }
}

#[async_trait]
impl Connect for SentinelClient {
    async fn connect(&mut self) -> RedisResult<MultiplexedConnection> {
        self.get_async_connection().await
    }
}

#[async_trait]
impl RedisConnection for SentinelConnection {
    async fn run(&self, call: &RedisCall<'_>) -> Result<Vec<String>, StoreError> {
        self.0.run(call).await
    }
}

impl fmt::Debug for SentinelConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The client knows passwords.
        f.debug_struct("SentinelConnection").finish_non_exhaustive()
    }
}
