//! What happens before a message and after it: one decision, one settlement.

use std::fmt;
use std::time::Duration;

use onay_core::{Delivery, Error, ErrorKind};

use crate::key::{Aim, Keyring};
use crate::{
    Counter, Decision, GuardStore, Key, Limit, Request, Reservation, Settlement, WhenStoreIsAway,
    trace,
};

/// No provider means more than a day; what says so is a mistake that would lock a customer out.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// After a plain no. Nothing went out, so the customer may soon try again; a bot may not hammer.
const PAUSE_AFTER_REFUSAL: Duration = Duration::from_secs(5);

/// What a guard was told, and its store.
pub(crate) struct Rules<S> {
    pub(crate) store: S,
    pub(crate) scope: String,
    pub(crate) keyring: Keyring,
    pub(crate) minimum_wait: Duration,
    pub(crate) longest_call: Duration,
    pub(crate) limits: Vec<Limit>,
    pub(crate) caller_limits: Vec<Limit>,
    pub(crate) when_store_is_away: WhenStoreIsAway,
}

/// A message that may go out now.
pub(crate) struct Leave {
    aim: Aim,
    caller: Option<Key>,
    /// None where the store is away and the message goes out all the same.
    reservation: Option<Reservation>,
}

/// How a call ended, as far as the guard cares.
#[derive(Clone, Copy)]
pub(crate) enum Ending {
    /// A yes, with the provider's wait until the next.
    Sent(Option<Duration>),
    /// An error, with its wait.
    Failed(Delivery, Option<Duration>),
}

impl<S: GuardStore> Rules<S> {
    /// Asks the store for leave.
    pub(crate) async fn before(&self, aim: Aim, caller: Option<Key>) -> Result<Leave, Error> {
        let recipient = Counter::new(aim.recipient, &self.limits);
        let both;
        let counters = match caller {
            Some(key) => {
                both = [recipient, Counter::new(key, &self.caller_limits)];
                &both[..]
            }
            None => std::slice::from_ref(&recipient),
        };
        let hold = self.longest_call.saturating_add(self.minimum_wait);
        let request = Request::new(aim.slot, hold).with_counters(counters);
        let reservation = match self.store.reserve(&request).await {
            Ok(Decision::Reserved(reservation)) => {
                trace::allowed(&self.scope);
                Some(reservation)
            }
            Ok(Decision::Held { retry_after }) => {
                trace::held(&self.scope, retry_after);
                let why = "a message went to this recipient, or may have: the guard waits";
                return Err(refuse(ErrorKind::TooSoon, retry_after, why));
            }
            Ok(Decision::Full { retry_after }) => {
                trace::limit(&self.scope, retry_after);
                let why = "this recipient or caller had as many messages as the guard lets through";
                return Err(refuse(ErrorKind::LimitReached, retry_after, why));
            }
            Err(error) => {
                let is_open = self.when_store_is_away == WhenStoreIsAway::SendAnyway;
                // An answer that was lost may have been a no: that is never sent on.
                let is_sent = is_open && error.is_away();
                trace::store_away(&self.scope, "reserve", is_sent, &error);
                if !is_sent {
                    return Err(self.unasked().with_source(error));
                }
                None
            }
        };
        Ok(Leave {
            aim,
            caller,
            reservation,
        })
    }

    /// The provider is not to blame, and whoever reads the error has to see that.
    fn unasked(&self) -> Error {
        let scope = &self.scope;
        let why =
            format!("the guard's store could not be asked, so nothing was sent (scope {scope})");
        Error::new(ErrorKind::Unreachable).with_message(&why)
    }

    /// Tells the store how it ended. `next` is the slot under which the conversation goes on.
    pub(crate) async fn after(&self, leave: Leave, ending: Ending, next: Option<Key>) {
        let Some(reservation) = leave.reservation else {
            return;
        };
        let recipient = std::slice::from_ref(&leave.aim.recipient);
        let both;
        let counted = match leave.caller {
            Some(caller) => {
                both = [leave.aim.recipient, caller];
                &both[..]
            }
            None => recipient,
        };
        // No message: the recipient is not charged for it. A caller that made the provider say no is.
        let (wait, uncount) = match ending {
            Ending::Sent(wait) => {
                // A wait of nothing is no wait that a provider means: it comes of a wrong clock.
                let named = wait.filter(|wait| !wait.is_zero());
                (named.unwrap_or(self.minimum_wait), &[][..])
            }
            Ending::Failed(Delivery::NotSent, _) => (Duration::ZERO, counted),
            Ending::Failed(Delivery::Refused, wait) => {
                let pause = PAUSE_AFTER_REFUSAL.min(self.minimum_wait);
                (wait.unwrap_or_default().max(pause), recipient)
            }
            // Nobody can tell, and that includes whatever delivery core learns next.
            Ending::Failed(_, wait) => {
                let wait = wait.unwrap_or_default().max(self.minimum_wait);
                (wait, &[][..])
            }
        };
        let settlement = Settlement::new(leave.aim.slot, reservation, wait.min(LONGEST_WAIT))
            .with_next(next.filter(|next| *next != leave.aim.slot))
            .with_uncount(uncount);
        let mut written = self.store.settle(&settlement).await;
        if written.is_err() {
            // To say it twice changes nothing, and a connection that broke may be back.
            written = self.store.settle(&settlement).await;
        }
        if let Err(error) = written {
            // The provider's answer counts; the slot stays taken until its hold runs out.
            trace::store_away(&self.scope, "settle", false, &error);
        }
    }
}

impl<S: fmt::Debug> fmt::Debug for Rules<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rules")
            .field("scope", &self.scope)
            .field("store", &self.store)
            .field("minimum_wait", &self.minimum_wait)
            .field("longest_call", &self.longest_call)
            .field("limits", &self.limits)
            .field("caller_limits", &self.caller_limits)
            .field("when_store_is_away", &self.when_store_is_away)
            .finish_non_exhaustive()
    }
}

fn refuse(kind: ErrorKind, retry_after: Duration, why: &'static str) -> Error {
    Error::new(kind)
        .with_delivery(Delivery::NotSent)
        .with_retry_after(retry_after)
        .with_reason(why)
}
