//! A store in Redis or Valkey, for many machines.

mod ask;
mod builder;
mod cause;
mod epoch;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use onay_core::async_trait;
use redis::aio::ConnectionManager;
use redis::{FromRedisValue, Script, ScriptInvocation};

pub use self::builder::RedisStoreBuilder;
use self::epoch::Memory;
use crate::{Decision, Key, Request, Reservation, Settlement, Store, StoreError};

/// A store in Redis, for many machines. Clones share one connection, which comes back by itself.
///
/// Each decision is one Lua script, so it is atomic, and goes by the server's clock: two round trips
/// per message, one before and one after. Every key begins with `{prefix}:`, so that in a cluster
/// all of them live in one slot.
///
/// ```no_run
/// use onay_guard::{Guarded, RedisStore};
/// # use onay_testkit::NullSender as Provider;
///
/// # async fn guard() -> Result<(), onay_core::Error> {
/// let store = RedisStore::builder("redis://127.0.0.1:6379").connect().await?;
/// let guarded = Guarded::builder(Provider, store)
///     .scope("paynet")
///     .secret(b"from your settings, the same on every machine")
///     .build()?;
/// # Ok(())
/// # }
/// ```
///
/// # What Redis has to remember
///
/// | Redis | after it was killed |
/// |---|---|
/// | `appendonly yes`, `appendfsync always` | everything is there |
/// | `appendonly yes`, `appendfsync everysec` (its default) | as above where only the process died; a power cut can cost the last second |
/// | no persistence | everything is forgotten, and this store notices: whoever was connected before knows the *epoch* of the lost data. Nothing is sent until the [hold after a loss](RedisStoreBuilder::hold_after_loss) is over. Limits begin anew |
/// | snapshots (RDB) alone, or a fail-over to a replica that was behind | the last writes are forgotten. Every write has a number, and whoever saw a higher one than Redis knows notices: the same hold. Prefer `appendonly`, and `min-replicas-to-write` where there are replicas |
///
/// A loss is noticed by the first call of a process that knows better: of everything, whoever was
/// connected; of the last writes, whoever made or saw one that is lost, as long as the others have not
/// made as many since. Until that call the other processes, and those started since, know of nothing
/// and may send; so a loss is not noticed where Redis and every process that knew it went together.
/// Calls that were under way when Redis forgot write their slots anew when they end.
///
/// `maxmemory-policy` has to be `noeviction` where there is a `maxmemory`: Redis would drop slots to
/// make room. [`connect`](RedisStoreBuilder::connect) refuses anything else, and traces a warning where
/// `INFO` may not be asked.
///
/// # When Redis does not answer
///
/// Anything but a clear yes means that nothing is sent: no connection, a time-out, a server that is loading, full
/// or a replica. What was refused is [`Unreachable`](onay_core::ErrorKind::Unreachable); a script
/// that ran although nobody heard of it keeps its slot taken until the hold runs out.
///
/// Where the connection turns out to be broken, the same question is asked once more within the
/// [time-out](RedisStoreBuilder::timeout), over a new one: an idle connection that somebody dropped
/// refuses nobody, and a decision whose answer was lost is given again and counts once. When Redis is
/// back, so is the store.
#[derive(Clone)]
pub struct RedisStore {
    connection: ConnectionManager,
    shared: Arc<Shared>,
}

struct Shared {
    prefix: String,
    hold_after_loss: Duration,
    timeout: Duration,
    reserve: Script,
    settle: Script,
    learn: Script,
    memory: Memory,
}

/// A script behind the lines that all of them begin with.
macro_rules! script {
    ($name:literal) => {
        Script::new(concat!(
            include_str!("redis/epoch.lua"),
            include_str!($name)
        ))
    };
}

impl RedisStore {
    /// Begins a store at `redis://[user:password@]host[:port][/database]`, or `rediss://` with the
    /// feature `redis-rustls`.
    pub fn builder(url: impl Into<String>) -> RedisStoreBuilder {
        RedisStoreBuilder::new(url.into())
    }

    fn new(connection: ConnectionManager, builder: &RedisStoreBuilder) -> Self {
        let shared = Shared {
            prefix: format!("{{{}}}", builder.prefix),
            hold_after_loss: builder.hold_after_loss,
            timeout: builder.timeout,
            reserve: script!("redis/reserve.lua"),
            settle: script!("redis/settle.lua"),
            learn: script!("redis/learn.lua"),
            memory: Memory::default(),
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
        let question = self.question(&self.shared.learn)?;
        let (epoch, sequence) = self.ask(&question).await?;
        self.shared.memory.learn(epoch, sequence);
        Ok(())
    }

    /// With what every script wants to know first.
    fn question<'a>(&self, script: &'a Script) -> Result<ScriptInvocation<'a>, StoreError> {
        let seen = self.shared.memory.seen();
        let mut question = script.prepare_invoke();
        question
            .key(format!("{}:epoch", self.shared.prefix))
            .arg(number(Reservation::draw()?))
            .arg(seen.epoch)
            .arg(seen.sequence);
        Ok(question)
    }

    async fn ask<T: FromRedisValue>(
        &self,
        question: &ScriptInvocation<'_>,
    ) -> Result<T, StoreError> {
        let answer = ask::twice(self.connection.clone(), question);
        // Around everything: waiting for a new connection counts too.
        match tokio::time::timeout(self.shared.timeout, answer).await {
            Ok(answer) => answer,
            Err(late) => Err(StoreError::indeterminate(late)),
        }
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
        let mut question = self.question(&self.shared.reserve)?;
        question
            .key(self.slot(request.slot))
            .arg(number(request.reservation))
            .arg(milliseconds(request.hold).max(1))
            .arg(milliseconds(self.shared.hold_after_loss));
        let counters = request.counters.iter();
        for counter in counters.filter(|counter| !counter.limits.is_empty()) {
            question
                .key(self.count(counter.key))
                .arg(counter.limits.len());
            for limit in counter.limits {
                question
                    .arg(limit.count())
                    .arg(milliseconds(limit.window()).max(1));
            }
        }
        let (what, wait, epoch, sequence): (String, u64, String, u64) = self.ask(&question).await?;
        self.shared.memory.learn(epoch, sequence);
        let retry_after = Duration::from_millis(wait);
        match what.as_str() {
            "reserved" => Ok(Decision::Reserved),
            "held" => Ok(Decision::Held { retry_after }),
            "full" => Ok(Decision::Full { retry_after }),
            _ => Err(StoreError::indeterminate(
                "an answer that no script of ours gives",
            )),
        }
    }

    async fn settle(&self, settlement: &Settlement<'_>) -> Result<(), StoreError> {
        let next = settlement.next.unwrap_or(settlement.slot);
        let mut question = self.question(&self.shared.settle)?;
        question
            .key(self.slot(settlement.slot))
            .key(self.slot(next))
            .arg(number(settlement.reservation))
            .arg(milliseconds(settlement.wait));
        for key in settlement.uncount {
            question.key(self.count(*key));
        }
        let (epoch, sequence) = self.ask(&question).await?;
        self.shared.memory.learn(epoch, sequence);
        Ok(())
    }
}

fn number(reservation: Reservation) -> String {
    format!("{:032x}", reservation.number())
}

/// Rounded up: a wait is never cut short.
fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX)
}
