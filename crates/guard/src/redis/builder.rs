//! A builder holds the settings of a store in Redis, and makes the first connection.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use onay_core::{Error, ErrorKind, Reason};
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::io::tcp::TcpSettings;
use redis::{Client, IntoConnectionInfo, RedisError, ServerErrorKind};

use super::RedisStore;
use super::cause::Cause;
use crate::{StoreError, trace};

const PREFIX: &str = "onay-guard";
const TIMEOUT: Duration = Duration::from_secs(2);
const HOLD_AFTER_LOSS: Duration = Duration::from_secs(5 * 60);
const LONGEST_TIMEOUT: Duration = Duration::from_secs(60);
const LONGEST_HOLD: Duration = Duration::from_secs(24 * 60 * 60);

const UNREADABLE: Reason = Reason::new("redis_url_unreadable", "cannot be read", "okunamıyor");
const NOT_ACCEPTED: Reason = Reason::new(
    "redis_url_not_accepted",
    "is not accepted by the server: its user, password or database, or the server is loading or full",
    "sunucu tarafından kabul edilmedi: kullanıcı, parola ya da veritabanı yanlış, veya sunucu yükleniyor ya da dolu",
);
const BAD_PREFIX: Reason = Reason::new(
    "redis_prefix",
    "is empty or contains a brace",
    "boş ya da süslü ayraç içeriyor",
);
const ZERO: Reason = Reason::new("time_of_zero", "is zero", "sıfır");
const TOO_LONG: Reason = Reason::new("time_too_long", "is too long", "çok uzun");
const DROPS_SLOTS: Reason = Reason::new(
    "redis_drops_slots",
    "lets Redis drop slots to make room: it has to be noeviction",
    "Redis'in yer açmak için kayıt silmesine izin veriyor: noeviction olmalı",
);
const NO_CONNECTION: Reason = Reason::new(
    "redis_no_connection",
    "the guard's Redis takes no connection",
    "korumanın Redis sunucusu bağlantı kabul etmiyor",
);
const SILENT_ABOUT_MEMORY: Reason = Reason::new(
    "redis_memory_policy_unknown",
    "the guard's Redis does not say what it does when its memory is full",
    "korumanın Redis sunucusu, belleği dolduğunda ne yaptığını söylemiyor",
);
const DOES_NOT_SERVE: Reason = Reason::new(
    "redis_does_not_serve",
    "the guard's Redis does not serve",
    "korumanın Redis sunucusu hizmet vermiyor",
);
#[cfg(feature = "redis-rustls")]
const NO_CRYPTO_PROVIDER: Reason = Reason::new(
    "redis_no_crypto_provider",
    "wants TLS, and the program has installed no rustls crypto provider",
    "TLS istiyor, ama program bir rustls kriptografi sağlayıcısı kurmadı",
);

/// Settings of a [`RedisStore`].
#[must_use]
pub struct RedisStoreBuilder {
    url: String,
    pub(super) prefix: String,
    pub(super) timeout: Duration,
    pub(super) hold_after_loss: Duration,
}

impl RedisStoreBuilder {
    pub(super) fn new(url: String) -> Self {
        Self {
            url,
            prefix: PREFIX.to_owned(),
            timeout: TIMEOUT,
            hold_after_loss: HOLD_AFTER_LOSS,
        }
    }

    /// What every key begins with, in braces: `onay-guard` unless told otherwise.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
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

    /// Connects, within a tokio runtime.
    ///
    /// # Errors
    ///
    /// - [`Config`](onay_core::ErrorKind::Config), nothing sent: `redis_url` cannot be read, or the
    ///   server does not accept its user, password or database; `prefix` is empty or contains a
    ///   brace; `timeout` or `hold_after_loss` is zero or too long; `maxmemory_policy` of the server
    ///   lets it forget slots. [`Error::subject`] names which. Where the server lets nobody ask for
    ///   that policy, a warning is traced instead. A server that is loading or full answers a password
    ///   with that, and the client takes it for a refusal of the password.
    /// - [`Unreachable`](onay_core::ErrorKind::Unreachable), nothing sent: Redis takes no connection,
    ///   or cannot serve now. To try again later is worth it.
    ///
    /// No error holds a part of the address, its causes included.
    pub async fn connect(self) -> Result<RedisStore, Error> {
        self.check()?;
        // Without the cause: it quotes the address, password and all.
        let unreadable = |_: RedisError| Error::config("redis_url", UNREADABLE);
        let address = self
            .url
            .as_str()
            .into_connection_info()
            .map_err(unreadable)?;
        check_tls(address.addr())?;
        let address = address.set_tcp_settings(self.tcp_settings());
        let client = Client::open(address).map_err(unreadable)?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(self.timeout))
            .set_response_timeout(Some(self.timeout))
            // A message does not wait for Redis: it is refused, and the next one finds it back.
            .set_number_of_retries(0);
        let connection = ConnectionManager::new_with_config(client, config);
        let mut connection = connection
            .await
            .map_err(|error| refused(&error, NO_CONNECTION))?;
        self.check_memory(&mut connection).await?;
        let store = RedisStore::new(connection, &self);
        // What is lost from now on is noticed, although this process has asked for nothing yet.
        store.learn().await.map_err(unserved)?;
        Ok(store)
    }

    fn check(&self) -> Result<(), Error> {
        let prefix = &self.prefix;
        if prefix.is_empty() || prefix.contains(['{', '}']) {
            return Err(Error::config("prefix", BAD_PREFIX));
        }
        for (field, time, longest) in [
            ("timeout", self.timeout, LONGEST_TIMEOUT),
            ("hold_after_loss", self.hold_after_loss, LONGEST_HOLD),
        ] {
            if time.is_zero() {
                return Err(Error::config(field, ZERO));
            }
            if time > longest {
                return Err(Error::config(field, TOO_LONG));
            }
        }
        Ok(())
    }

    async fn check_memory(&self, connection: &mut ConnectionManager) -> Result<(), Error> {
        let mut info = redis::cmd("INFO");
        let memory = info.arg("memory").query_async(connection);
        let memory: Result<String, RedisError> = memory.await;
        match memory {
            Ok(memory) if forgets(&memory) => {
                Err(Error::config("maxmemory_policy", DROPS_SLOTS))
            }
            Ok(_) => Ok(()),
            // Some hosts let nobody ask. Then it is on the caller to know, and to be told so.
            Err(error) if is_forbidden(&error) => {
                trace::memory_unknown(&self.prefix);
                Ok(())
            }
            Err(error) => {
                Err(refused(&error, SILENT_ABOUT_MEMORY))
            }
        }
    }

    fn tcp_settings(&self) -> TcpSettings {
        // A decision is a few small packets: none of them waits for another.
        let settings = TcpSettings::default().set_nodelay(true);
        // A machine that vanished says nothing, and a time-out alone keeps the connection.
        #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
        let settings = settings.set_user_timeout(self.timeout * 2);
        settings
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

/// Whatever another address would mend is a setting; the rest may be better in a moment.
fn failed(
    is_of_settings: bool,
    reason: Reason,
    source: impl StdError + Send + Sync + 'static,
) -> Error {
    let error = if is_of_settings {
        Error::config("redis_url", NOT_ACCEPTED)
    } else {
        Error::new(ErrorKind::Unreachable).with_reason(reason)
    };
    error.with_source(source)
}

fn refused(error: &RedisError, reason: Reason) -> Error {
    let cause = Cause::of(error);
    failed(cause.is_of_settings(), reason, cause)
}

fn unserved(error: StoreError) -> Error {
    let cause = error.source().and_then(|cause| cause.downcast_ref());
    let is_of_settings = cause.is_some_and(Cause::is_of_settings);
    failed(is_of_settings, DOES_NOT_SERVE, error)
}

/// Whether a server with this `INFO memory` drops keys that have not expired.
fn forgets(memory: &str) -> bool {
    let field = |name: &str| {
        let mut lines = memory.lines();
        lines.find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(':'))
    };
    let is_bounded = field("maxmemory").is_some_and(|bytes| bytes != "0");
    let policy = field("maxmemory_policy").unwrap_or("noeviction");
    is_bounded && policy != "noeviction"
}

/// The account may not ask, or the host has taken the command away.
fn is_forbidden(error: &RedisError) -> bool {
    let is_unknown = || {
        let said = error.detail().unwrap_or_default();
        said.starts_with("unknown command")
    };
    match error.kind() {
        redis::ErrorKind::Server(ServerErrorKind::NoPerm) => true,
        redis::ErrorKind::Server(ServerErrorKind::ResponseError) => is_unknown(),
        _ => false,
    }
}

/// rustls would panic where it cannot tell which crypto provider is meant. Asked of what was read:
/// there is more than one way to write such an address.
#[cfg(feature = "redis-rustls")]
fn check_tls(address: &redis::ConnectionAddr) -> Result<(), Error> {
    let is_missing = rustls::crypto::CryptoProvider::get_default().is_none();
    if matches!(address, redis::ConnectionAddr::TcpTls { .. }) && is_missing {
        return Err(Error::config("redis_url", NO_CRYPTO_PROVIDER));
    }
    Ok(())
}

#[cfg(not(feature = "redis-rustls"))]
#[expect(clippy::unnecessary_wraps, reason = "it can fail where there is TLS")]
fn check_tls(_: &redis::ConnectionAddr) -> Result<(), Error> {
    Ok(())
}
