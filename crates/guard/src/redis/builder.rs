//! A builder holds the settings of a store in Redis, and makes the first connection.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use onay_core::{Error, ErrorKind, Reason, Secret};
use redis::io::tcp::TcpSettings;

use super::cause::{Cause, DOES_NOT_SERVE, Fault};
use super::connection::RedisConnection;
use super::reconnecting::Reconnecting;
use super::server::{Password, Server};
#[cfg(feature = "redis-rustls")]
use super::tls::Certificates;
use super::{RedisStore, address, rights};
use crate::builder::ZERO;
use crate::store::LONGEST_HOLD;
use crate::{StoreError, trace};

const PREFIX: &str = "onay-guard";
const TIMEOUT: Duration = Duration::from_secs(2);
const HOLD_AFTER_LOSS: Duration = Duration::from_secs(5 * 60);
const LONGEST_TIMEOUT: Duration = Duration::from_secs(60);

const BAD_PREFIX: Reason = Reason::new(
    "redis_prefix",
    "is empty or contains a brace",
    "boş ya da süslü ayraç içeriyor",
);
const TOO_LONG: Reason = Reason::new("time_too_long", "is too long", "çok uzun");
const NOT_FOR_A_CONNECTION: Reason = Reason::new(
    "redis_setting_of_an_address",
    "is a setting of an address, and the store was given a connection",
    "bir adresin ayarı, oysa depoya hazır bir bağlantı verildi",
);

#[derive(Clone)]
pub(super) enum Source {
    Address(String),
    Connection(Arc<dyn RedisConnection>),
}

/// Settings of a [`RedisStore`].
#[must_use]
pub struct RedisStoreBuilder {
    source: Source,
    user: Option<String>,
    password: Option<Password>,
    #[cfg(feature = "redis-rustls")]
    certificates: Certificates,
    pub(super) prefix: String,
    pub(super) timeout: Duration,
    pub(super) hold_after_loss: Duration,
    pub(super) replicas: u32,
}

impl RedisStoreBuilder {
    pub(super) fn new(source: Source) -> Self {
        Self {
            source,
            user: None,
            password: None,
            #[cfg(feature = "redis-rustls")]
            certificates: Certificates::default(),
            prefix: PREFIX.to_owned(),
            timeout: TIMEOUT,
            hold_after_loss: HOLD_AFTER_LOSS,
            replicas: 0,
        }
    }

    /// What every key begins with, in braces: `onay-guard` unless told otherwise. In a cluster all
    /// keys of one prefix are on one node; a prefix for each shop spreads the shops.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// The user, in place of one in the address.
    pub fn user(mut self, name: impl Into<String>) -> Self {
        self.user = Some(name.into());
        self
    }

    /// Asks for the password, in place of one in the address: at the first connection, and again
    /// when the server refuses the old one. So a password can be replaced while the store is at work.
    ///
    /// ```no_run
    /// use onay_core::Secret;
    /// use onay_guard::RedisStore;
    ///
    /// # async fn store() -> Result<(), onay_core::Error> {
    /// let store = RedisStore::builder("redis://redis.example.com")
    ///     .user("shop")
    ///     .password(|| async {
    ///         // From a file that the platform rewrites, or from a vault.
    ///         Ok(Secret::new(std::fs::read_to_string("/run/secrets/redis")?.trim()))
    ///     })
    ///     .connect()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn password<F>(mut self, ask: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Secret, Box<dyn StdError + Send + Sync>>> + Send + 'static,
    {
        self.password = Some(Box::new(move || Box::pin(ask())));
        self
    }

    /// The certificates to trust instead of those of the machine, in PEM form.
    #[cfg(feature = "redis-rustls")]
    pub fn ca(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.certificates.ca = Some(pem.into());
        self
    }

    /// The certificate and the key by which the server knows this client, in PEM form.
    #[cfg(feature = "redis-rustls")]
    pub fn client_certificate(
        mut self,
        certificate: impl Into<Vec<u8>>,
        key: impl Into<Vec<u8>>,
    ) -> Self {
        self.certificates.client = Some(redis::ClientTlsConfig {
            client_cert: certificate.into(),
            client_key: key.into(),
        });
        self
    }

    /// How long to wait for a connection, and for each decision: 2 seconds unless told otherwise, a
    /// minute at most.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long nothing is sent once Redis was found to have forgotten everything: 5 minutes unless
    /// told otherwise, a day at most. Make it as long as the longest wait of your providers; the
    /// same on every machine.
    pub fn hold_after_loss(mut self, hold: Duration) -> Self {
        self.hold_after_loss = hold;
        self
    }

    /// Sends only once so many replicas have the reservation (`WAIT`): none unless told otherwise. A
    /// fail-over to one of them then forgets no reservation.
    ///
    /// The reservation waits for them in its own round trip, during which the connection answers no
    /// other call. Too few replicas within half the [timeout](Self::timeout) are
    /// [`Unreachable`](onay_core::ErrorKind::Unreachable), and the reservation is taken back. The user
    /// needs `+wait`. In a cluster the replicas of the primary that has the keys count. One that took
    /// over has fewer: with as many wanted as there were, nothing is sent until one is added.
    pub fn replicas(mut self, count: u32) -> Self {
        self.replicas = count;
        self
    }

    /// Connects, within a tokio runtime, and tries every right that the store needs.
    ///
    /// # Errors
    ///
    /// - [`Config`](onay_core::ErrorKind::Config), nothing sent; [`Error::subject`] names which:
    ///   `redis_url` cannot be read, or the server does not accept its user, password or database;
    ///   `ca` or `client_certificate` is not what the server wants; a command such as `hset` that
    ///   the user may not run; `prefix` is empty, contains a brace, or names keys that the user may
    ///   not use; `timeout` or `hold_after_loss` is zero or too long; `maxmemory_policy` of the
    ///   server lets it forget slots. Where the server does not let the user ask for that policy, a
    ///   warning is traced instead.
    /// - [`Unreachable`](onay_core::ErrorKind::Unreachable), nothing sent: Redis takes no connection,
    ///   or cannot serve now, and the reason says why. To try again later is worth it.
    ///
    /// No error holds a part of the address, its causes included.
    pub async fn connect(mut self) -> Result<RedisStore, Error> {
        self.check()?;
        let connection = match self.source.clone() {
            Source::Connection(connection) => connection,
            Source::Address(url) => self.open(&url).await?,
        };
        let store = RedisStore::new(connection, &self);
        let answer = store.rights().await.map_err(unserved)?;
        if !rights::read(&answer)? {
            trace::memory_unknown(&self.prefix);
        }
        // What is lost from now on is noticed, although this process has asked for nothing yet.
        store.learn().await.map_err(unserved)?;
        Ok(store)
    }

    async fn open(&mut self, url: &str) -> Result<Arc<dyn RedisConnection>, Error> {
        let mut info = address::read(url)?;
        #[cfg(feature = "redis-rustls")]
        {
            info = std::mem::take(&mut self.certificates).with(info)?;
        }
        if let Some(user) = &self.user {
            let settings = info.redis_settings().clone().set_username(user);
            info = info.set_redis_settings(settings);
        }
        // A decision is a few small packets: none of them waits for another.
        let settings = TcpSettings::default().set_nodelay(true);
        // A machine that vanished says nothing, and a time-out alone keeps the connection.
        #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
        let settings = settings.set_user_timeout(self.timeout * 2);
        let connection = Reconnecting::new(Server {
            info: info.set_tcp_settings(settings),
            password: self.password.take(),
            timeout: self.timeout,
            accepted: None,
        });
        // The first one now, so that its error is known by itself.
        let opened = connection.connection().await;
        opened.map_err(|error| failed(Cause::of(&error)))?;
        Ok(Arc::new(connection))
    }

    fn check(&self) -> Result<(), Error> {
        let prefix = &self.prefix;
        if prefix.is_empty() || prefix.contains(['{', '}']) {
            return Err(Error::config("prefix", BAD_PREFIX));
        }
        for (argument, time, longest) in [
            ("timeout", self.timeout, LONGEST_TIMEOUT),
            ("hold_after_loss", self.hold_after_loss, LONGEST_HOLD),
        ] {
            if time.is_zero() {
                return Err(Error::config(argument, ZERO));
            }
            if time > longest {
                return Err(Error::config(argument, TOO_LONG));
            }
        }
        if matches!(self.source, Source::Address(_)) {
            return Ok(());
        }
        let settings = [
            ("user", self.user.is_some()),
            ("password", self.password.is_some()),
        ];
        let given = settings.into_iter().find(|(_, is_given)| *is_given);
        let given = given.map(|(argument, _)| argument);
        #[cfg(feature = "redis-rustls")]
        let given = given.or(self.certificates.given());
        match given {
            Some(argument) => Err(Error::config(argument, NOT_FOR_A_CONNECTION)),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for RedisStoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address may hold a password.
        f.debug_struct("RedisStoreBuilder")
            .field("prefix", &self.prefix)
            .field("timeout", &self.timeout)
            .field("hold_after_loss", &self.hold_after_loss)
            .finish_non_exhaustive()
    }
}

/// What another setting would mend is `Config`; the rest may be better in a moment.
fn failed(cause: Cause) -> Error {
    let error = match cause.fault {
        Fault::Setting(subject, reason) => Error::config(subject, reason),
        Fault::Right(command) => rights::missing(command),
        Fault::Now(reason) => Error::new(ErrorKind::Unreachable).with_reason(reason),
    };
    error.with_source(cause)
}

fn unserved(error: StoreError) -> Error {
    match error.into_source().downcast::<Cause>() {
        Ok(cause) => failed(*cause),
        Err(source) => Error::new(ErrorKind::Unreachable)
            .with_reason(DOES_NOT_SERVE)
            .with_source(StoreError::indeterminate(source)),
    }
}
