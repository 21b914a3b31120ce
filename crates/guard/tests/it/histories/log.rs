//! What happened in a history, and what must not have.

use std::collections::HashMap;
use std::time::Duration;

use super::redis_model::Data;
use crate::support::seconds;

const HOLD_AFTER_LOSS: Duration = Duration::from_secs(300);

/// What happened.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) messages: Vec<Message>,
    pub(super) last_message: u64,
    pub(super) requests: u64,
    /// Which slot was reserved when, under which number.
    reserved: Vec<(Duration, String, String)>,
    /// Which reservation counts in which counter.
    counted: Vec<(Duration, String, String)>,
    /// Whose slot it is.
    pub(super) customers: HashMap<String, String>,
    /// Times for which Redis wrote down that a customer gets no message.
    pub(super) silences: Vec<Silence>,
    /// Of each customer.
    pub(super) calls: HashMap<String, Calls>,
    /// When a connection to Redis last was not as it should be.
    pub(super) unwell: Duration,
    /// When Redis forgot, when a machine that knew better asked, and how long nothing is sent.
    pub(super) loss: Option<Duration>,
    noticed: Option<Duration>,
    pub(super) held_until: Duration,
    pub(super) violations: Vec<String>,
}

#[derive(Debug, Default)]
pub(super) struct Calls {
    pub(super) begun: usize,
    pub(super) at_work: usize,
    /// When one ended that may have asked the provider.
    pub(super) ended: Duration,
}

#[derive(Debug)]
pub(super) struct Silence {
    /// When the slot was reserved that was then settled.
    pub(super) reserved: Duration,
    pub(super) from: Duration,
    pub(super) until: Duration,
    pub(super) to: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) at: Duration,
    pub(super) to: String,
    /// When the request left that it came by.
    pub(super) request: Duration,
    /// Whether its answer says how long to wait.
    pub(super) names_a_wait: bool,
    /// When its answer was there, with the time of the server.
    pub(super) answered: Option<Duration>,
}

impl Log {
    /// Whether one of these counters has as many as its limit says.
    fn is_full(&self, now: Duration, keys: &[String], limits: &[String]) -> bool {
        let mut counters = keys.iter().zip(limits.chunks(3));
        counters.any(|(key, limit)| {
            let [_, most, window] = limit else {
                return false;
            };
            let window = Duration::from_millis(window.parse().expect("a window"));
            let counted = self.counted.iter();
            let counted = counted.filter(|(at, other, _)| other == key && *at + window > now);
            counted.count() >= most.parse().expect("a limit")
        })
    }

    pub(super) fn slots(&self) -> impl Iterator<Item = &String> {
        self.reserved.iter().map(|(_, slot, _)| slot)
    }

    /// Whether Redis had forgotten the earlier message when the later one was reserved, and no machine
    /// had asked that knew better.
    pub(super) fn is_forgotten(&self, earlier: Duration, later: Duration) -> bool {
        let before_call = seconds(60);
        self.loss.is_some_and(|loss| {
            let is_unnoticed = self.noticed.is_none_or(|at| later < at + before_call);
            earlier < loss + before_call && loss < later && is_unnoticed
        })
    }

    /// Notes what a script was asked and answered, and what of it must not be.
    pub(super) fn note(
        &mut self,
        now: Duration,
        [before, after]: [&Data; 2],
        keys: &[String],
        arguments: &[String],
        answer: &[String],
    ) {
        let log = self;
        let [_, known, seen, rest @ ..] = arguments else {
            return;
        };
        let field = |name| before.field(&keys[0], name);
        let number = |text: &str| text.parse().unwrap_or(0_u64);
        let is_another = !known.is_empty() && field("id") != Some(known);
        if is_another || number(seen) > number(field("sequence").unwrap_or_default()) {
            if log.loss.is_none() {
                log.violations
                    .push(format!("a loss at {now:?} that was none"));
            }
            if log.noticed.is_none() || log.loss > log.noticed {
                log.noticed = Some(now);
                let born = number(after.field(&keys[0], "born").unwrap_or_default());
                log.held_until = Duration::from_millis(born) + HOLD_AFTER_LOSS;
            }
        }
        let Some(slot) = keys.get(1).filter(|key| key.contains(":slot:")) else {
            return;
        };
        let of_slot = log.reserved.iter().filter(|(_, other, _)| other == slot);
        let owner = of_slot.clone().next_back().cloned();
        let (reserved, owner) = owner.map(|(at, _, owner)| (at, owner)).unzip();
        let owner = owner.as_ref();
        match (answer, rest) {
            ([what, _, _, _], [_, _, _, limits @ ..])
                if what == "full" && !log.is_full(now, &keys[2..], limits) =>
            {
                let said = format!("{slot} is full at {now:?}, and is not");
                log.violations.push(said);
            }
            ([what, _, _, _], [reservation, _, _, limits @ ..]) if what == "reserved" => {
                if log.noticed.is_some() && now < log.held_until {
                    let said = format!("{slot} is reserved at {now:?}, after a loss");
                    log.violations.push(said);
                }
                if owner != Some(reservation) {
                    if log.loss.is_none() && log.is_full(now, &keys[2..], limits) {
                        let said = format!("{slot} is reserved at {now:?}, and full");
                        log.violations.push(said);
                    }
                    let entry = |key: &String| (now, key.clone(), reservation.clone());
                    log.reserved.push(entry(slot));
                    log.counted.extend(keys[2..].iter().map(entry));
                }
            }
            ([_, _], [reservation, wait]) => {
                let uncounted =
                    |key: &String, owner: &String| keys[3..].contains(key) && owner == reservation;
                log.counted.retain(|(_, key, owner)| !uncounted(key, owner));
                if owner != Some(reservation) {
                    return;
                }
                let until = now + Duration::from_millis(number(wait));
                if let (Some(customer), Some(reserved)) = (log.customers.get(slot), reserved) {
                    log.silences.push(Silence {
                        reserved,
                        from: now,
                        until,
                        to: customer.clone(),
                    });
                }
            }
            _ => {}
        }
    }
}
