//! A connection runs a script in Redis: the one trait between the store and a client library.

use std::fmt;
use std::time::Duration;

use onay_core::async_trait;
use redis::Script;

use crate::StoreError;

/// A Lua script of the guard.
#[derive(Clone)]
pub struct RedisScript {
    source: &'static str,
    hash: String,
    replicas: Option<(u32, Duration)>,
}

impl RedisScript {
    pub(super) fn new(source: &'static str) -> Self {
        Self {
            source,
            hash: Script::new(source).get_hash().to_owned(),
            replicas: None,
        }
    }

    /// The same, to be waited for until so many replicas have what it wrote.
    pub(super) fn with_replicas(mut self, replicas: Option<(u32, Duration)>) -> Self {
        self.replicas = replicas;
        self
    }

    /// The script's text, for `EVAL`.
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// The SHA-1 of the text in hexadecimal digits, for `EVALSHA`.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// How many replicas have to have what the script wrote before it is answered, and for how long
    /// to wait for them: the arguments of `WAIT`. Absent where none has to.
    pub fn replicas(&self) -> Option<(u32, Duration)> {
        self.replicas
    }
}

impl fmt::Debug for RedisScript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedisScript({})", self.hash)
    }
}

/// One run of a script.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RedisCall<'a> {
    /// What to run.
    pub script: &'a RedisScript,
    /// Its keys, all with the same hash tag.
    pub keys: Vec<String>,
    /// Its arguments.
    pub arguments: Vec<String>,
}

/// A connection to Redis that the guard's store asks.
///
/// With the feature `redis` it is implemented for the connections of the crate `redis`:
/// `MultiplexedConnection`, `ConnectionManager` and `ClusterConnection`, and for a
/// [`SentinelConnection`](crate::SentinelConnection). Implement it for another client library.
///
/// # Contract
///
/// - The script runs on the primary that has the keys. All keys of one call have the same hash tag,
///   so in a cluster they are on one node.
/// - The script is asked for by its [hash](RedisScript::hash), and sent whole where the server does
///   not know it: after a `SCRIPT FLUSH`, on another server.
/// - Where it names [replicas](RedisScript::replicas), `WAIT` follows on the same connection; fewer of
///   them are [`indeterminate`](StoreError::indeterminate).
/// - A script may be run twice: where a connection broke, it may be asked for again.
/// - The connection comes back by itself. The store adds its own time limit to each call.
#[async_trait]
pub trait RedisConnection: Send + Sync {
    /// Runs a script, and gives the strings of the array that it returned. A number counts as a string
    /// of decimal digits.
    ///
    /// # Errors
    ///
    /// [`unavailable`](StoreError::unavailable) where the script certainly did not run, or changed
    /// nothing; else [`indeterminate`](StoreError::indeterminate).
    async fn run(&self, call: &RedisCall<'_>) -> Result<Vec<String>, StoreError>;
}
