//! The world of a history: a network that loses, delays and doubles, the fakes and a Redis behind it, and a log.

use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime};

use onay_core::async_trait;
use onay_guard::{RedisCall, RedisConnection, RedisScript, StoreError};
use onay_http::HttpClient;
use onay_http::simulation::{SimulatedFailure, SimulatedRequest, SimulatedResponse};
use onay_sandbox::Sandbox;
use onay_sandbox::simulation::SimulatedSandbox;
use tokio::time::{Instant, sleep, sleep_until};

use super::INSTANCES;
use super::log::{Log, Message};
use super::redis_model::{Data, Model};
use crate::support::seconds;

/// The time of a server that sends none, by a machine whose clock is wrong.
const SKEW: Duration = Duration::from_secs(3600);

/// What a history is about, drawn from its seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Machines and the network fail, and Redis remembers.
    Network,
    /// Some answers have no date, and the machines' clocks are wrong.
    Skewed,
    /// Redis fails over or is killed, and forgets.
    Forgetful,
    /// Redis fails over, and every reservation waits for a replica.
    Replicated,
}

/// What a machine's connection to Redis does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    Well,
    Refused,
    RequestLost,
    AnswerLost,
    Doubled,
    /// The caller may be gone when Redis decides.
    Late,
}

#[derive(Debug)]
pub(super) struct World {
    random: Mutex<fastrand::Rng>,
    start: Instant,
    pub(super) sandbox: SimulatedSandbox,
    redis: Model,
    replica: Mutex<Data>,
    pub(super) replica_is_away: AtomicBool,
    pub(super) pause: Mutex<Instant>,
    pub(super) links: Mutex<[Link; INSTANCES]>,
    /// When what a connection was asked last is decided: it overtakes nothing.
    queues: Mutex<[Instant; INSTANCES]>,
    pub(super) is_calm: AtomicBool,
    pub(super) kind: Kind,
    pub(super) unsure_wait: Duration,
    pub(super) log: Mutex<Log>,
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("not poisoned")
}

impl World {
    pub(super) fn new(seed: u64) -> Arc<Self> {
        let mut random = fastrand::Rng::with_seed(seed);
        let kinds = [
            Kind::Network,
            Kind::Skewed,
            Kind::Forgetful,
            Kind::Replicated,
        ];
        let kind = kinds[random.usize(..kinds.len())];
        let unsure_wait = seconds([60, 180][random.usize(..2)]);
        let sandbox = Sandbox::builder().seed(seed).magic_numbers(false);
        Arc::new(Self {
            random: Mutex::new(random),
            start: Instant::now(),
            sandbox: sandbox.simulated(began()).expect("a sandbox"),
            redis: Model::new(),
            replica: Mutex::default(),
            replica_is_away: AtomicBool::new(false),
            pause: Mutex::new(Instant::now()),
            links: Mutex::new([Link::Well; INSTANCES]),
            queues: Mutex::new([Instant::now(); INSTANCES]),
            is_calm: AtomicBool::new(true),
            kind,
            unsure_wait,
            log: Mutex::default(),
        })
    }

    pub(super) fn below(&self, bound: usize) -> usize {
        lock(&self.random).usize(..bound)
    }

    pub(super) async fn some_time(&self, most: Duration) {
        let most = usize::try_from(most.as_millis()).expect("a short time");
        let drawn = u64::try_from(self.below(most + 1)).expect("a short time");
        sleep(Duration::from_millis(drawn)).await;
    }

    pub(super) fn now(&self) -> Duration {
        self.start.elapsed()
    }

    fn is_calm(&self) -> bool {
        self.is_calm.load(SeqCst)
    }

    /// What the providers' clients send through.
    pub(super) fn client(self: &Arc<Self>) -> HttpClient {
        let world = Arc::clone(self);
        let client = HttpClient::simulated(HttpClient::builder(), move |request| {
            Arc::clone(&world).carry(request)
        });
        client.expect("a client")
    }

    /// Passes a request to a fake, and its answer back, as well as the network does.
    async fn carry(
        self: Arc<Self>,
        mut request: SimulatedRequest,
    ) -> Result<SimulatedResponse, SimulatedFailure> {
        const BROKEN: SimulatedFailure = SimulatedFailure::Broken;
        let fate = if self.is_calm() { 12 } else { self.below(13) };
        self.some_time(seconds(5)).await;
        if fate == 0 {
            return Err(BROKEN);
        }
        let body = request.body().await.map_err(|_| BROKEN)?;
        let left = {
            // No two are the same.
            let log = &mut *lock(&self.log);
            log.requests += 1;
            self.now() + Duration::from_nanos(log.requests)
        };
        match fate {
            1 => return Err(BROKEN),
            2 => return Ok(SimulatedResponse::new(502, "<html></html>")),
            _ => {}
        }
        // From here on it arrives, although the process that sent it may be dead by then.
        let world = Arc::clone(&self);
        let deciding = tokio::spawn(async move {
            let late = seconds(if fate == 3 { 40 } else { 10 });
            world.some_time(late).await;
            let mut answer = world.post(&request, body.clone(), left).await;
            if fate == 4 {
                world.some_time(seconds(5)).await;
                answer = world.post(&request, body, left).await;
            }
            answer
        });
        let (status, mut headers, text) = deciding.await.expect("no panic");
        self.some_time(seconds(10)).await;
        if matches!(fate, 5 | 6) {
            return Err(BROKEN);
        }
        let (now, is_skewed) = (self.now(), self.kind == Kind::Skewed && self.below(2) == 0);
        let mut time = began() + now;
        if is_skewed {
            headers.retain(|(name, _)| name != "date");
            time = [time - SKEW, time + SKEW][self.below(2)];
        } else {
            let messages = &mut lock(&self.log).messages;
            for message in messages.iter_mut().filter(|it| it.request == left) {
                message.answered = Some(now);
            }
        }
        let response = SimulatedResponse::new(status, text).at(time);
        let headers = headers.iter();
        Ok(headers.fold(response, |response, (name, value)| {
            response.with_header(name, value)
        }))
    }

    async fn post(
        &self,
        request: &SimulatedRequest,
        body: impl Into<Vec<u8>>,
        left: Duration,
    ) -> (u16, Vec<(String, String)>, Vec<u8>) {
        let names = [
            "accept",
            "authorization",
            "content-type",
            "apikeyprivate",
            "apiclientprivate",
        ];
        let headers = names.map(|name| (name, request.header(name).unwrap_or_default()));
        let body: Vec<u8> = body.into();
        let answer = self.sandbox.post(request.path(), &headers, body).await;
        let answer = answer.expect("a fake");
        let mut log = lock(&self.log);
        for message in self.sandbox.messages() {
            if message.id() > log.last_message {
                log.last_message = message.id();
                let to = message.to().to_owned();
                let (at, request) = (self.now(), left);
                log.messages.push(Message {
                    at,
                    to,
                    request,
                    names_a_wait: message.provider().is_called("paynet"),
                    answered: None,
                });
            }
        }
        answer
    }

    /// Redis goes on with what its replica has, or with nothing.
    pub(super) fn fail_over(&self) {
        let mut replica = lock(&self.replica);
        if self.kind == Kind::Forgetful && self.below(2) == 0 {
            *replica = Data::default();
        }
        if *replica != self.redis.data() {
            let log = &mut *lock(&self.log);
            log.loss = Some(self.now());
            // That something was lost before may be forgotten too.
            log.held_until = Duration::ZERO;
        }
        self.redis.replace(replica.clone());
        self.replica_is_away.store(false, SeqCst);
    }

    fn decide(
        &self,
        script: &RedisScript,
        keys: &[String],
        arguments: &[String],
    ) -> Result<Vec<String>, StoreError> {
        let now = self.now();
        let milliseconds = i64::try_from(now.as_millis()).expect("a short time");
        let before = self.redis.data();
        let answer = self
            .redis
            .run(milliseconds, script.source(), keys, arguments);
        let after = self.redis.data();
        lock(&self.log).note(now, [&before, &after], keys, arguments, &answer);
        let is_away = self.replica_is_away.load(SeqCst);
        let has_it = !is_away && (script.replicas().is_some() || self.below(4) > 0);
        if has_it {
            *lock(&self.replica) = after;
        }
        if script.replicas().is_some() && is_away {
            return Err(StoreError::indeterminate("no replica"));
        }
        Ok(answer)
    }
}

/// When the world of every history begins.
fn began() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600)
}

/// One machine's connection to Redis.
#[derive(Clone, Debug)]
pub(super) struct Connection {
    pub(super) world: Arc<World>,
    pub(super) instance: usize,
    /// Whether the process that made it is.
    pub(super) is_alive: Arc<AtomicBool>,
}

#[async_trait]
impl RedisConnection for Connection {
    async fn run(&self, call: &RedisCall<'_>) -> Result<Vec<String>, StoreError> {
        let (script, keys, arguments) = (call.script, &call.keys, &call.arguments);
        let world = &self.world;
        if world.is_calm() {
            return world.decide(script, keys, arguments);
        }
        if !self.is_alive.load(SeqCst) {
            return std::future::pending().await;
        }
        let link = lock(&world.links)[self.instance];
        if link != Link::Well || *lock(&world.pause) > Instant::now() {
            lock(&world.log).unwell = world.now();
        }
        if link == Link::Refused {
            return Err(StoreError::unavailable("refused"));
        }
        if link == Link::RequestLost {
            world.some_time(seconds(3)).await;
            return Err(StoreError::indeterminate("lost"));
        }
        let late = world.below(if link == Link::Late { 5000 } else { 300 });
        let late = Duration::from_millis(u64::try_from(late).expect("a short time"));
        let at = {
            let last = &mut lock(&world.queues)[self.instance];
            let after = (*last).max(*lock(&world.pause)) + Duration::from_millis(1);
            *last = after.max(Instant::now() + late);
            *last
        };
        let (far, script) = (Arc::clone(world), script.clone());
        let (keys, arguments) = (keys.clone(), arguments.clone());
        let deciding = tokio::spawn(async move {
            sleep_until(at).await;
            let mut answer = far.decide(&script, &keys, &arguments);
            if link == Link::Doubled {
                answer = far.decide(&script, &keys, &arguments);
            }
            answer
        });
        let answer = deciding.await.expect("no panic");
        world.some_time(Duration::from_millis(300)).await;
        match link {
            Link::AnswerLost => Err(StoreError::indeterminate("lost")),
            _ => answer,
        }
    }
}
