//! `Server` connects by address, and asks for the password again when the server refuses the old one.

use std::error::Error as StdError;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use onay_core::{Secret, async_trait};
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, ConnectionInfo, RedisError, RedisResult};

use super::cause::{NO_PASSWORD, is_login_refused};
use super::reconnecting::Connect;

/// Where a password comes from.
pub(super) type Password = Box<dyn Fn() -> AskedPassword + Send + Sync>;

type AskedPassword =
    Pin<Box<dyn Future<Output = Result<Secret, Box<dyn StdError + Send + Sync>>> + Send>>;

/// What is needed for a connection to one server.
pub(super) struct Server {
    pub(super) info: ConnectionInfo,
    pub(super) password: Option<Password>,
    pub(super) timeout: Duration,
    /// The password that was accepted last.
    pub(super) accepted: Option<Secret>,
}

#[async_trait]
impl Connect for Server {
    async fn connect(&mut self) -> RedisResult<MultiplexedConnection> {
        let Some(ask) = &self.password else {
            return self.connect_with(None).await;
        };
        if self.accepted.is_some() {
            match self.connect_with(self.accepted.as_ref()).await {
                Err(error) if is_login_refused(&error) => {}
                other => return other,
            }
        }
        // The cause stays out: it may quote what it could not read.
        let failed = |_| RedisError::from(std::io::Error::other(NO_PASSWORD));
        let password = ask().await.map_err(failed)?;
        let connection = self.connect_with(Some(&password)).await?;
        self.accepted = Some(password);
        Ok(connection)
    }
}

impl Server {
    async fn connect_with(&self, password: Option<&Secret>) -> RedisResult<MultiplexedConnection> {
        let mut info = self.info.clone();
        if let Some(password) = password {
            let settings = info.redis_settings().clone();
            info = info.set_redis_settings(settings.set_password(password.expose()));
        }
        // A part of the time of a call: that it was not connected has to be known before it is over.
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(self.timeout.mul_f32(0.75)))
            .set_response_timeout(Some(self.timeout));
        Client::open(info)?
            .get_multiplexed_async_connection_with_config(&config)
            .await
    }
}
