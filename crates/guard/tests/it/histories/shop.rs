//! The processes of a shop: the clients of its providers, each behind a guard, and the calls that they make.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;

use onay_core::{Error, LinkId, OtpSender, OtpSent};
use onay_guard::{Guarded, RedisStore};
use onay_paynet::{Paynet, SecretKey};
use onay_paytr_link::{Credentials, Currency, Money, PaytrLink, ProductLink};
use onay_paywall_masterpass::{Keys, OpenSession, PaywallMasterpass, ReferenceCode, UserId};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::world::{Connection, Kind, World, lock};
use super::{ORDERS, WINDOW};
use crate::support::{builder, challenge, phone, seconds};

/// A process of the shop, with its calls.
pub(super) struct Instance {
    pub(super) otp: Senders,
    pub(super) links: Guarded<PaytrLink, RedisStore>,
    is_alive: Arc<AtomicBool>,
    pub(super) calls: JoinSet<()>,
}

impl Instance {
    pub(super) async fn start(world: &Arc<World>, number: usize) -> Self {
        let is_alive = Arc::new(AtomicBool::new(true));
        let connection = || Connection {
            world: Arc::clone(world),
            instance: number,
            is_alive: Arc::clone(&is_alive),
        };
        let replicas = u32::from(world.kind == Kind::Replicated);
        let store = loop {
            // Redis may be paused just now, or its replica away.
            let store = RedisStore::on(connection()).replicas(replicas);
            match store.connect().await {
                Ok(store) => break store,
                Err(_) => sleep(seconds(1)).await,
            }
        };
        let paynet = Paynet::builder()
            .secret_key(SecretKey::parse("sck_test_histories").expect("a key"))
            .base_url(base(world, "paynet").parse().expect("an address"))
            .http_client(world.client());
        let keys = Keys::parse("test-key-histories", "test-client-histories");
        let masterpass = PaywallMasterpass::builder()
            .keys(keys.expect("keys"))
            .base_url(base(world, "paywall").parse().expect("an address"))
            .http_client(world.client());
        let otp = Senders {
            paynet: codes(world, paynet.build().expect("a client"), store.clone()),
            masterpass: codes(world, masterpass.build().expect("a client"), store.clone()),
        };
        let links = builder(paytr(world), store).limit(5, WINDOW);
        Self {
            otp,
            links: links.build().expect("a guard"),
            is_alive,
            calls: JoinSet::new(),
        }
    }

    /// What it owed Redis is lost with it: each of its reservations is held.
    pub(super) fn die(&mut self, world: &World) {
        self.is_alive.store(false, SeqCst);
        self.calls.abort_all();
        for calls in lock(&world.log).calls.values_mut() {
            calls.ended = world.now();
        }
    }
}

/// The two ways in which a process sends a code: a customer's slot is the same in both.
#[derive(Clone)]
pub(super) struct Senders {
    paynet: Guarded<Paynet, RedisStore>,
    masterpass: Guarded<PaywallMasterpass, RedisStore>,
}

fn codes<P>(world: &World, provider: P, store: RedisStore) -> Guarded<P, RedisStore> {
    let guarded = builder(provider, store)
        .unsure_wait(world.unsure_wait)
        .limit(5, WINDOW)
        .caller_limit(6, WINDOW);
    guarded.build().expect("a guard")
}

impl Senders {
    /// Asks for a code by Paynet, which refuses a second one itself for a while, or by linking an
    /// account in a session of its own, where the guard alone does. Absent where no session opens.
    pub(super) async fn send(&self, world: &World, to: &str) -> Option<Result<OtpSent, Error>> {
        if world.is_calm.load(SeqCst) || world.below(2) == 0 {
            let session = ["a", "b"][world.below(2)];
            let press = challenge(session, to).for_caller(to);
            return Some(self.paynet.send_otp(&press).await);
        }
        let reference = ReferenceCode::parse("order-1").expect("a reference");
        let user = UserId::parse(to.trim_start_matches('+')).expect("a user");
        let request = OpenSession::new(reference, user, phone(to));
        let opened = self.masterpass.provider().open_session(&request).await;
        let link = opened.ok()?.account_link().for_caller(to);
        Some(self.masterpass.send_otp(&link).await)
    }
}

fn base(world: &World, provider: &str) -> String {
    world.sandbox.base_url(provider).expect("a fake")
}

fn paytr(world: &Arc<World>) -> PaytrLink {
    let credentials = Credentials::parse("100001", "sandbox-merchant-key", "sandbox-merchant-salt");
    PaytrLink::builder()
        .credentials(credentials.expect("credentials"))
        .base_url(base(world, "paytr").parse().expect("an address"))
        .http_client(world.client())
        .build()
        .expect("a client")
}

pub(super) async fn links(world: &Arc<World>) -> Vec<LinkId> {
    let paytr = paytr(world);
    let mut links = Vec::new();
    for _ in 0..ORDERS {
        let price = Money::new(1445, Currency::Tl).expect("a price");
        let product = ProductLink::new("Şakayık buketi", price, 1).expect("a product");
        let created = paytr.create(product).await.expect("created");
        links.push(created.id().clone());
    }
    links
}
