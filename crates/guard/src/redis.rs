//! A store in Redis or Valkey serves many machines.

mod address;
mod ask;
mod builder;
mod cause;
mod connection;
mod handed_in;
mod reconnecting;
mod rights;
mod server;
mod take_back;
#[cfg(feature = "redis-rustls")]
mod tls;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use onay_core::async_trait;
use tokio::sync::Semaphore;

pub use self::builder::RedisStoreBuilder;
use self::builder::Source;
pub use self::connection::{RedisCall, RedisConnection, RedisScript};
pub use self::handed_in::SentinelConnection;
use self::take_back::{MOST, UnderWay};
use crate::store::LONGEST_HOLD;
use crate::{
    Decision, Exchange, Key, Record, RecordStore, Request, Reservation, Settlement, Store,
    StoreError,
};

/// A store in Redis, for many machines. Clones share one connection, which comes back by itself.
///
/// Each decision is one Lua script, so it is atomic, and goes by the server's clock: two round trips
/// per message, one before and one after. Every key begins with `{prefix}:`, so that in a cluster
/// all of them are on one node.
///
/// ```no_run
/// use onay_guard::{Guarded, RedisStore};
/// # use onay_core::Error;
/// # use onay_testkit::NullSender as Provider;
///
/// # async fn guard() -> Result<(), Error> {
/// let store = RedisStore::builder("redis://127.0.0.1:6379").connect().await?;
/// let guarded = Guarded::builder(Provider, store)
///     .scope("paynet")
///     .secret(b"from your settings, the same on every machine")
///     .build()?;
/// # Ok(())
/// # }
/// ```
///
/// # Which Redis
///
/// | Redis | the store |
/// |---|---|
/// | one server, by address | [`builder`](Self::builder): user, password that may change, own CA, client certificate |
/// | a cluster | [`on`](Self::on) a `redis::cluster_async::ClusterConnection` |
/// | sentinels | [`on`](Self::on) a [`SentinelConnection`] |
/// | a connection of yours | [`on`](Self::on) a `redis` `ConnectionManager` or `MultiplexedConnection`, or a [`RedisConnection`] of another client |
///
/// Its user needs these rights; [`connect`](RedisStoreBuilder::connect) tries each, and names the first
/// that is missing:
///
/// ```text
/// ACL SETUSER shop on >PASSWORD ~{onay-guard}:* +eval +evalsha +time +set +get +pttl +pexpire +del
///     +hmget +hset +hexists +hincrby +zadd +zrange +zremrangebyscore +zrem +info
/// ```
///
/// Without `+info` it works, and cannot tell whether Redis may drop slots (`maxmemory-policy` has to be
/// `noeviction`). A cluster connection also wants `+cluster`, a user for a numbered database `+select`,
/// [`replicas`](RedisStoreBuilder::replicas) `+wait`.
///
/// # What Redis forgets
///
/// Anything but a clear yes means that nothing is sent. A script that ran although its answer was lost
/// is taken back as soon as Redis answers again: the store tries in the background, for as long as the
/// slot would be held.
///
/// With `appendonly yes` a killed Redis comes back with everything, with `appendfsync always` after a
/// power cut too. Without persistence it forgets everything; with snapshots alone, or after a fail-over
/// to a replica that was behind, the last writes. A data set has a name and every write a number, so a
/// process that knows more than Redis does notices with its next call, and nothing is sent until the
/// [hold after a loss](RedisStoreBuilder::hold_after_loss) is over. Until that call the other processes
/// may send; a loss is not noticed where every process that knew better is gone, or where the others
/// have made as many writes since. [`replicas`](RedisStoreBuilder::replicas) keeps a fail-over from
/// losing reservations.
///
/// A split brain, two primaries for some seconds, is two stores, and each lets a message through.
/// `min-replicas-to-write 1` and `min-replicas-max-lag 1` bound it.
#[derive(Clone)]
pub struct RedisStore {
    connection: Arc<dyn RedisConnection>,
    shared: Arc<Shared>,
}

struct Shared {
    prefix: String,
    hold_after_loss: Duration,
    timeout: Duration,
    reserve: RedisScript,
    settle: RedisScript,
    /// For what is to be remembered for longer than any hold: a payment that was dealt with.
    settle_for_long: RedisScript,
    learn: RedisScript,
    exchange: RedisScript,
    rights: RedisScript,
    seen: Mutex<Seen>,
    taking_back: Arc<Semaphore>,
}

/// The data set that this process saw last, and how many writes of it: so it notices what Redis forgot.
#[derive(Default)]
struct Seen {
    epoch: String,
    sequence: u64,
}

/// A script behind the lines that all of them begin with.
macro_rules! script {
    ($own:expr) => {
        RedisScript::new(concat!(include_str!("redis/epoch.lua"), $own))
    };
}

impl RedisStore {
    /// Begins a store at `redis://[user:password@]host[:port][/database]`, or `rediss://` with the
    /// feature `redis-rustls`.
    pub fn builder(url: impl Into<String>) -> RedisStoreBuilder {
        RedisStoreBuilder::new(Source::Address(url.into()))
    }

    /// Begins a store on a connection that exists: of a cluster, of sentinels, of another client
    /// library.
    pub fn on(connection: impl RedisConnection + 'static) -> RedisStoreBuilder {
        RedisStoreBuilder::new(Source::Connection(Arc::new(connection)))
    }

    fn new(connection: Arc<dyn RedisConnection>, builder: &RedisStoreBuilder) -> Self {
        let replicas = (builder.replicas > 0).then_some((builder.replicas, builder.timeout / 2));
        let shared = Shared {
            prefix: format!("{{{}}}", builder.prefix),
            hold_after_loss: builder.hold_after_loss,
            timeout: builder.timeout,
            reserve: script!(include_str!("redis/reserve.lua")).with_replicas(replicas),
            settle: script!(include_str!("redis/settle.lua")),
            settle_for_long: script!(include_str!("redis/settle.lua")).with_replicas(replicas),
            learn: script!("return { epoch, sequence }").with_replicas(replicas),
            exchange: script!(include_str!("redis/exchange.lua")).with_replicas(replicas),
            rights: RedisScript::new(include_str!("redis/rights.lua")),
            seen: Mutex::default(),
            taking_back: Arc::new(Semaphore::new(MOST)),
        };
        Self {
            connection,
            shared: Arc::new(shared),
        }
    }

    fn slot(&self, key: Key) -> String {
        format!("{}:slot:{key}", self.shared.prefix)
    }

    fn count(&self, key: Key) -> String {
        format!("{}:count:{key}", self.shared.prefix)
    }

    /// Sees which data set this is, before anything is lost of it.
    async fn learn(&self) -> Result<(), StoreError> {
        let [epoch, sequence] = exactly(self.ask(&self.call(&self.shared.learn)?).await?)?;
        self.remember(epoch, &sequence)
    }

    /// Tries the rights that the scripts need.
    async fn rights(&self) -> Result<Vec<String>, StoreError> {
        let call = RedisCall {
            script: &self.shared.rights,
            keys: vec![format!("{}:rights", self.shared.prefix)],
            arguments: Vec::new(),
        };
        self.ask(&call).await
    }

    /// A call with what every script wants to know first.
    fn call<'a>(&self, script: &'a RedisScript) -> Result<RedisCall<'a>, StoreError> {
        let new = number(Reservation::draw()?);
        let seen = self.seen();
        Ok(RedisCall {
            script,
            keys: vec![format!("{}:epoch", self.shared.prefix)],
            arguments: vec![new, seen.epoch.clone(), seen.sequence.to_string()],
        })
    }

    async fn ask(&self, call: &RedisCall<'_>) -> Result<Vec<String>, StoreError> {
        // Around everything: waiting for a new connection counts too.
        match tokio::time::timeout(self.shared.timeout, self.connection.run(call)).await {
            Ok(answer) => answer,
            Err(late) => Err(StoreError::indeterminate(late)),
        }
    }

    fn decision(&self, answer: Vec<String>) -> Result<Decision, StoreError> {
        let [what, wait, epoch, sequence] = exactly(answer)?;
        self.remember(epoch, &sequence)?;
        let wait = wait.parse().map_err(|_| strange())?;
        let retry_after = Duration::from_millis(wait);
        match what.as_str() {
            "reserved" => Ok(Decision::Reserved),
            "held" => Ok(Decision::Held { retry_after }),
            "full" => Ok(Decision::Full { retry_after }),
            _ => Err(strange()),
        }
    }

    fn remember(&self, epoch: String, sequence: &str) -> Result<(), StoreError> {
        let sequence = sequence.parse().map_err(|_| strange())?;
        let mut seen = self.seen();
        // Answers overtake each other: the highest counts. A new data set begins above the lost one.
        if seen.epoch.is_empty() || sequence > seen.sequence {
            *seen = Seen { epoch, sequence };
        }
        Ok(())
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        let seen = self.shared.seen.lock();
        seen.unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The connection knows a password.
        f.debug_struct("RedisStore")
            .field("prefix", &self.shared.prefix)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl Store for RedisStore {
    async fn reserve(&self, request: &Request<'_>) -> Result<Decision, StoreError> {
        let mut call = self.call(&self.shared.reserve)?;
        call.keys.push(self.slot(request.slot));
        call.arguments.extend([
            number(request.reservation),
            milliseconds(request.hold).max(1).to_string(),
            milliseconds(self.shared.hold_after_loss).to_string(),
        ]);
        let counters = request.counters.iter();
        for counter in counters.filter(|counter| !counter.limits.is_empty()) {
            call.keys.push(self.count(counter.key));
            call.arguments.push(counter.limits.len().to_string());
            for limit in counter.limits {
                call.arguments.extend([
                    limit.count().to_string(),
                    milliseconds(limit.window()).max(1).to_string(),
                ]);
            }
        }
        let mut under_way = UnderWay {
            store: self,
            request,
            is_answered: false,
        };
        let answer = self.ask(&call).await;
        let decision = answer.and_then(|answer| self.decision(answer));
        // An answer, and be it that certainly nothing was decided.
        under_way.is_answered = !matches!(&decision, Err(error) if !error.is_unavailable());
        decision
    }

    async fn settle(&self, settlement: &Settlement<'_>) -> Result<(), StoreError> {
        let next = settlement.next.unwrap_or(settlement.slot);
        let script = if settlement.wait > LONGEST_HOLD {
            &self.shared.settle_for_long
        } else {
            &self.shared.settle
        };
        let mut call = self.call(script)?;
        let slots = [self.slot(settlement.slot), self.slot(next)];
        call.keys.extend(slots);
        call.arguments.extend([
            number(settlement.reservation),
            milliseconds(settlement.wait).to_string(),
        ]);
        for key in settlement.uncount {
            call.keys.push(self.count(*key));
        }
        let answer = self.ask(&call).await?;
        let [epoch, sequence] = exactly(answer)?;
        self.remember(epoch, &sequence)
    }
}

#[async_trait]
impl RecordStore for RedisStore {
    async fn exchange(&self, exchange: &Exchange<'_>) -> Result<Option<Record>, StoreError> {
        let mut call = self.call(&self.shared.exchange)?;
        let record = format!("{}:record:{}", self.shared.prefix, exchange.key);
        call.keys.push(record);
        call.arguments.extend([
            milliseconds(self.shared.hold_after_loss).to_string(),
            u8::from(exchange.expected.is_some()).to_string(),
            exchange.expected.unwrap_or_default().to_owned(),
            exchange.text.to_owned(),
            milliseconds(exchange.keep).max(1).to_string(),
        ]);
        let answer = self.ask(&call).await?;
        let [what, text, left, epoch, sequence] = exactly(answer)?;
        self.remember(epoch, &sequence)?;
        let left = Duration::from_millis(left.parse().map_err(|_| strange())?);
        match what.as_str() {
            "absent" => Ok(None),
            "present" => Ok(Some(Record::new(text, left))),
            "held" => Err(StoreError::indeterminate(
                "Redis lost data, and what was remembered may be lost with it",
            )),
            _ => Err(strange()),
        }
    }
}

fn exactly<const LENGTH: usize>(answer: Vec<String>) -> Result<[String; LENGTH], StoreError> {
    answer.try_into().map_err(|_| strange())
}

fn strange() -> StoreError {
    StoreError::indeterminate("an answer that no script of the guard gives")
}

fn number(reservation: Reservation) -> String {
    format!("{:032x}", reservation.number())
}

/// Rounded up: a wait is never cut short.
fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX)
}
