//! The guard: what it says when it holds a message back, and when its store fails.

use std::sync::Arc;
use std::time::Duration;

use onay::guard::{
    Decision, GuardStore, Guarded, MemoryStore, Request, Settlement, StoreError, WhenStoreIsAway,
};
use onay::{Error, LinkNotifier, LinkRecipient, OtpSender, async_trait};
use onay_testkit::{NullSender, TraceCapture};

use super::Failed;
use super::clients::all_of;
use super::place::Place;
use crate::every_call::{by_number, by_token, email, gsm, link};

/// What hides the numbers in a store: as secret as a key.
pub(super) const SECRET: &str = "test-koruma-kanarya-gizi";

/// A store that tells all it was asked in its errors.
#[derive(Debug)]
struct Talkative {
    away: bool,
}

impl Talkative {
    fn error(&self, asked: String) -> StoreError {
        if self.away {
            StoreError::away(asked)
        } else {
            StoreError::unclear(asked)
        }
    }
}

#[async_trait]
impl GuardStore for Talkative {
    async fn reserve(&self, request: &Request<'_>) -> Result<Decision, StoreError> {
        Err(self.error(format!("{request:?} {request:#?}")))
    }

    async fn settle(&self, settlement: &Settlement<'_>) -> Result<(), StoreError> {
        Err(self.error(format!("{settlement:?} {settlement:#?}")))
    }
}

pub(super) async fn places() -> Result<Vec<Place>, Failed> {
    let capture = TraceCapture::start();
    let guarded = guard(MemoryStore::new(), WhenStoreIsAway::Refuse)?;
    let memory = sent_twice(&guarded).await?;
    let mut broken = String::new();
    for away in [true, false] {
        for then in [WhenStoreIsAway::Refuse, WhenStoreIsAway::SendAnyway] {
            let store: Arc<dyn GuardStore> = Arc::new(Talkative { away });
            broken += &sent_twice(&guard(store, then)?).await?;
        }
    }
    let traced = capture.text();
    if !memory.contains("TooSoon") || !broken.contains("Upstream") && !broken.contains("Error") {
        return Err("the guard held nothing back".into());
    }
    Ok(vec![
        Place::new("the guard, in memory: what it holds back", memory),
        Place::new("the guard, with a store that fails and tells why", broken),
        Place::new("the guard: spans and events at `TRACE`", traced),
    ])
}

pub(super) fn guard<S: GuardStore>(
    store: S,
    then: WhenStoreIsAway,
) -> Result<Guarded<NullSender, S>, Error> {
    Guarded::builder(NullSender, store)
        .scope("acme")
        .secret(SECRET.as_bytes())
        .limit(3, Duration::from_secs(3600))
        .caller_limit(3, Duration::from_secs(3600))
        .when_store_is_away(then)
        .build()
}

async fn sent_twice<S: GuardStore + std::fmt::Debug>(
    guarded: &Guarded<NullSender, S>,
) -> Result<String, Failed> {
    let mut said = format!("{guarded:?}\n{guarded:#?}");
    let called = guarded.for_caller(&format!("{} {}", email()?.as_str(), gsm()?.e164()));
    said += &format!("{called:?}");
    for _ in 0..2 {
        for challenge in [by_number()?, by_token()?] {
            said += &shown(called.send_otp(&challenge).await);
        }
        for recipient in [LinkRecipient::Sms(gsm()?), LinkRecipient::Email(email()?)] {
            said += &shown(called.notify(&link()?, &recipient).await);
        }
    }
    Ok(said)
}

fn shown<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result {
        Ok(value) => format!("{value:?}\n{value:#?}\n"),
        Err(error) => all_of(&error),
    }
}
