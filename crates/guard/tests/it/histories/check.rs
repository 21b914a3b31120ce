//! What every history is checked for: no second message within a wait, one for an order, every customer served at the end.

use std::collections::HashMap;

use super::log::{Message, Silence};
use super::world::{Kind, World, lock};
use super::{CUSTOMERS, LONGEST, MINIMUM, ORDERS, number_of_order};

/// The messages of a history, or the promise that it broke.
pub(super) fn check(world: &World, served: usize) -> Result<Vec<Message>, String> {
    let log = lock(&world.log);
    if let Some(violation) = log.violations.first() {
        return Err(violation.clone());
    }
    if served != CUSTOMERS {
        return Err(format!("{served} of {CUSTOMERS} are served at the end"));
    }
    let may_forget = world.kind == Kind::Forgetful;
    let mut last: HashMap<&str, &Message> = HashMap::new();
    for message in &log.messages {
        // What a guard let through, counted from when it left: the network may be late with it.
        let (to, request) = (message.to.as_str(), message.request);
        let Some(earlier) = last.insert(to, message) else {
            continue;
        };
        let before = earlier.request;
        // One request that the network doubled is no second one of the guard's.
        if before == request {
            continue;
        }
        // Where the earlier one was answered, the wait begins with the answer.
        let is_within = |at| (before..at + MINIMUM).contains(&request);
        let is_order = is_order(to);
        let is_too_soon = is_order
            || request.abs_diff(before) < MINIMUM
            || earlier.answered.is_some_and(is_within);
        let is_excused =
            may_forget && (is_order && log.loss.is_some() || log.is_forgotten(before, request));
        if is_too_soon && !is_excused {
            return Err(format!("{to} got one of {before:?} and one of {request:?}"));
        }
    }
    for Silence {
        reserved,
        from,
        until,
        to,
    } in &log.silences
    {
        // What Redis forgot of them holds for the minimum wait all the same.
        if log.loss.is_some_and(|loss| loss > *from) {
            continue;
        }
        // Paynet's own wait, where its answer was there before Redis heard of it.
        let answered =
            |it: &&Message| it.request >= *reserved && it.answered.is_some_and(|at| at <= *from);
        let mut earlier = log.messages.iter().rev().filter(|it| it.to == *to);
        let named = earlier.find(answered).filter(|it| it.names_a_wait);
        let named = named.map_or(*until, |it| it.at + LONGEST);
        let until = if is_order(to) {
            *until
        } else {
            named.max(*until)
        };
        let mut messages = log.messages.iter();
        let broken = messages.find(|it| it.to == *to && it.request > *from && it.request < until);
        if let Some(Message { at, .. }) = broken {
            return Err(format!(
                "{to} got one at {at:?}, within {from:?} to {until:?}"
            ));
        }
    }
    Ok(log.messages.clone())
}

fn is_order(to: &str) -> bool {
    (0..ORDERS).any(|order| number_of_order(order) == to)
}
