//! The types of the guard, of the test kit and of the sandbox.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use onay::guard::{
    Decision, GuardStore, Guarded, Limit, MemoryStore, RedisStore, Request, Reservation,
    Settlement, StoreError, WhenStoreIsAway,
};
use onay::{ErrorKind, LinkNotifier, LinkRecipient, OtpSender, OtpVerifier, async_trait};
use onay_sandbox::{
    CallbackAnswer, Channel, Fault, FaultRule, MessageFilter, Provider, Sandbox, SandboxError,
};
use onay_testkit::conformance::{Conformance, Expected, Operation, Rule, Sample};
use onay_testkit::{
    Behaviour, Call, ClosedPort, NullSender, Recording, Reply, Scripted, SocketServer, TraceCapture,
};

use super::super::Failed;
use super::super::answers::PATIENT;
use super::super::guard::{SECRET, guard};
use super::Shown;
use super::words::all_values;
use crate::every_call::{self, Clients, by_number, by_token, code, email, gsm, link, values};

pub(super) async fn show(shown: &mut Shown) -> Result<(), Failed> {
    guards(shown).await?;
    testkit(shown).await?;
    wire(shown).await
}

/// Shows what a guard asks its store.
#[derive(Debug, Default)]
struct Looking(Mutex<Shown>);

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shown")
    }
}

#[async_trait]
impl GuardStore for Looking {
    async fn reserve(&self, request: &Request<'_>) -> Result<Decision, StoreError> {
        let mut shown = self.0.lock().map_err(|_| StoreError::away("poisoned"))?;
        shown.add("onay_guard::Request", request);
        shown.add("onay_guard::Key", &request.slot);
        for counter in request.counters {
            shown.add("onay_guard::Counter", counter);
            for limit in counter.limits {
                shown.add("onay_guard::Limit", limit);
            }
        }
        Ok(Decision::Reserved(Reservation::new(7)))
    }

    async fn settle(&self, settlement: &Settlement<'_>) -> Result<(), StoreError> {
        let mut shown = self.0.lock().map_err(|_| StoreError::away("poisoned"))?;
        shown.add("onay_guard::Settlement", settlement);
        Ok(())
    }
}

async fn guards(shown: &mut Shown) -> Result<(), Failed> {
    let store = Arc::new(Looking::default());
    let guarded = guard(Arc::clone(&store), WhenStoreIsAway::Refuse)?;
    let called = guarded.for_caller(&all_values());
    called.send_otp(&by_number()?).await?;
    called.send_otp(&by_token()?).await?;
    called
        .notify(&link()?, &LinkRecipient::Email(email()?))
        .await?;
    shown.add("onay_guard::Guarded", &guarded);
    shown.add("onay_guard::Guarded", &called);
    let inner = std::mem::take(&mut *store.0.lock().map_err(|_| "poisoned")?);
    for (path, text) in inner.0 {
        *shown.0.entry(path).or_default() += &text;
    }
    let builder = Guarded::builder(NullSender, MemoryStore::new()).secret(SECRET.as_bytes());
    shown.add("onay_guard::GuardedBuilder", &builder);
    shown.add("onay_guard::MemoryStore", &MemoryStore::new());
    let redis = format!("redis://user:{}@127.0.0.1:6379", values::PAYWALL_KEY);
    shown.add("onay_guard::RedisStoreBuilder", &RedisStore::builder(redis));
    shown.add(
        "onay_guard::Decision",
        &Decision::Reserved(Reservation::new(7)),
    );
    shown.add("onay_guard::Reservation", &Reservation::new(7));
    shown.add("onay_guard::Limit", &Limit::new(1, PATIENT));
    shown.add(
        "onay_guard::StoreError",
        &StoreError::away("the store is away"),
    );
    shown.add("onay_guard::WhenStoreIsAway", &WhenStoreIsAway::Refuse);
    Ok(())
}

async fn testkit(shown: &mut Shown) -> Result<(), Failed> {
    let challenge = by_number()?;
    let reply = || Reply::accepted().with_reference(all_values());
    let refusal = Reply::refused("7").with_challenge(challenge.clone());
    shown.add("onay_testkit::Reply", &reply());
    shown.add("onay_testkit::Reply", &refusal);
    let scripted = Scripted::new()
        .on_send(reply())
        .on_verify(reply())
        .on_notify(reply())
        .on_send(refusal);
    let recording = Recording::new(scripted.clone());
    recording.send_otp(&challenge).await?;
    recording.verify_otp(&challenge, &code()?).await?;
    recording
        .notify(&link()?, &LinkRecipient::Sms(gsm()?))
        .await?;
    shown.add("onay_testkit::Scripted", &scripted);
    shown.add("onay_testkit::Recording", &recording);
    let calls: Vec<Call> = recording.calls();
    shown.add("onay_testkit::Call", &calls);
    shown.add("onay_testkit::NullSender", &NullSender);
    shown.add("onay_testkit::ClosedPort", &ClosedPort::take());
    shown.add("onay_testkit::conformance::Rule", &Rule::Silence);
    let expected = Expected::new(ErrorKind::Refused).with_challenge(by_token()?);
    shown.add("onay_testkit::conformance::Expected", &expected);
    let operation = || Operation::send_otp(|_| NullSender, challenge.clone()).secret(SECRET);
    shown.add("onay_testkit::conformance::Operation", &operation());
    let suite = Conformance::of("acme")
        .secret(SECRET)
        .operation(operation());
    shown.add("onay_testkit::conformance::Conformance", &suite);
    Ok(())
}

async fn wire(shown: &mut Shown) -> Result<(), Failed> {
    let capture = TraceCapture::start();
    let server = SocketServer::start(Behaviour::json("{}")).await;
    let clients = Clients::of(&server.url(), PATIENT)?;
    for call in every_call::Call::ALL {
        // Only the request counts.
        let _ = call.make(&clients).await;
    }
    for request in server.requests() {
        shown.add("onay_testkit::ReceivedRequest", &request.headers);
        shown.add("onay_testkit::ReceivedRequest", &request.text());
    }
    shown.add("onay_testkit::SocketServer", &server);
    shown.add("onay_testkit::TraceCapture", &capture);
    shown.add("onay_testkit::Behaviour", &Behaviour::json(&all_values()));
    shown.add(
        "onay_testkit::conformance::Sample",
        &Sample::json(&all_values()),
    );
    Ok(())
}

pub(super) async fn show_sandbox(shown: &mut Shown) -> Result<(), Failed> {
    let builder = Sandbox::builder().paytr_merchant(
        values::MERCHANT_ID,
        values::PAYTR_KEY,
        values::PAYTR_SALT,
    );
    shown.add("onay_sandbox::SandboxBuilder", &builder);
    let sandbox = builder.start().await?;
    let paytr = Clients::of(&sandbox.paytr_url(), PATIENT)?.paytr;
    let created = paytr.create(every_call::product()?).await?;
    paytr.send_sms(created.id(), &gsm()?).await?;
    paytr.send_email(created.id(), &email()?).await?;
    shown.add("onay_sandbox::Message", &sandbox.messages());
    shown.add(
        "onay_sandbox::Paid",
        &sandbox.pay(created.id().as_str()).await?,
    );
    shown.add("onay_sandbox::CallbackAnswer", &CallbackAnswer::default());
    shown.add("onay_sandbox::Sandbox", &sandbox);
    shown.add("onay_sandbox::Addresses", &sandbox.addresses());
    shown.add("onay_sandbox::Channel", &Channel::Sms);
    shown.add("onay_sandbox::Provider", &Provider::PAYNET);
    shown.add("onay_sandbox::Fault", &Fault::Delay(Duration::from_secs(1)));
    shown.add("onay_sandbox::FaultRule", &FaultRule::new(Fault::Empty));
    let filter = MessageFilter::new().to(values::NUMBER)?;
    shown.add("onay_sandbox::MessageFilter", &filter);
    let merchant = sandbox.register_paytr_merchant(values::MERCHANT_ID, values::PAYTR_KEY, "");
    for error in [
        merchant.err(),
        sandbox.renew_session(values::SESSION).err(),
        sandbox.pay(values::LINK).await.err(),
        MessageFilter::new().to(values::SESSION).err(),
        Some(SandboxError::NotPayable { problem: "paid" }),
    ] {
        let error = error.ok_or("the sandbox refused nothing")?;
        shown.add("onay_sandbox::SandboxError", &error);
    }
    Ok(())
}
