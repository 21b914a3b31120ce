//! A connection by address asks for its password again when the server refuses the old one.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use onay_core::{Secret, async_trait};
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, ConnectionInfo, RedisError, RedisResult};

use super::cause::NO_PASSWORD;
use super::connection::{RedisCall, RedisConnection};
use super::reconnecting::{Connect, Reconnecting};
use super::tls::Certificates;
use crate::StoreError;

type Cause = Box<dyn std::error::Error + Send + Sync>;
type Answer = Pin<Box<dyn Future<Output = Result<Secret, Cause>> + Send>>;

/// Where a password comes from.
#[derive(Clone)]
pub(super) struct Password(Arc<dyn Fn() -> Answer + Send + Sync>);

impl Password {
    pub(super) fn new<F>(ask: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Secret, Cause>> + Send + 'static,
    {
        Self(Arc::new(move || Box::pin(ask())))
    }

    async fn ask(&self) -> RedisResult<Secret> {
        // The cause stays out: it may quote what it could not read.
        let failed = |_| RedisError::from(std::io::Error::other(NO_PASSWORD));
        (self.0)().await.map_err(failed)
    }
}

/// What is needed for a connection to one server.
pub(super) struct Address {
    pub(super) info: ConnectionInfo,
    pub(super) certificates: Certificates,
    pub(super) password: Option<Password>,
    pub(super) timeout: Duration,
    /// The password that was accepted last.
    pub(super) accepted: Mutex<Option<Secret>>,
}

pub(super) struct Direct(Reconnecting<Address>);

impl Direct {
    pub(super) async fn open(address: Address) -> RedisResult<Self> {
        let connection = Self(Reconnecting::new(address));
        connection.0.open().await?;
        Ok(connection)
    }
}

#[async_trait]
impl RedisConnection for Direct {
    async fn run(&self, call: &RedisCall<'_>) -> Result<Vec<String>, StoreError> {
        self.0.ask(call).await
    }
}

impl fmt::Debug for Direct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address may hold a password.
        f.debug_struct("Direct").finish_non_exhaustive()
    }
}

#[async_trait]
impl Connect for Address {
    async fn connect(&self) -> RedisResult<MultiplexedConnection> {
        let Some(callback) = &self.password else {
            return self.connect_with(None).await;
        };
        if let Some(accepted) = self.accepted() {
            match self.connect_with(Some(&accepted)).await {
                Err(error) if is_refusal(&error) => {}
                other => return other,
            }
        }
        let password = callback.ask().await?;
        let connection = self.connect_with(Some(&password)).await?;
        *self.lock() = Some(password);
        Ok(connection)
    }
}

impl Address {
    async fn connect_with(&self, password: Option<&Secret>) -> RedisResult<MultiplexedConnection> {
        let mut info = self.info.clone();
        if let Some(password) = password {
            let settings = info
                .redis_settings()
                .clone()
                .set_password(password.expose());
            info = info.set_redis_settings(settings);
        }
        let client: Client = self.certificates.client(info)?;
        // A part of the time of a call: that it was not connected has to be known before it is over.
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(self.timeout.mul_f32(0.75)))
            .set_response_timeout(Some(self.timeout));
        client
            .get_multiplexed_async_connection_with_config(&config)
            .await
    }

    fn accepted(&self) -> Option<Secret> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Secret>> {
        let accepted = self.accepted.lock();
        accepted.unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_refusal(error: &RedisError) -> bool {
    error.kind() == redis::ErrorKind::AuthenticationFailed
        || matches!(error.code(), Some("NOAUTH" | "WRONGPASS"))
}
