//! `Sessions` are the sessions of one tenant: each belongs to a phone, runs out and is renewed.

use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::fidelity::SESSION_LIFETIME;
use super::identifier::guid;
use crate::fake::{Bounded, MobileNumber};

/// The sessions that are kept, by their id.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Sessions {
    by_id: Bounded<String, Session>,
    opened: u64,
}

impl Sessions {
    /// Opens a session for a phone.
    pub(super) fn open(&mut self, phone: MobileNumber, random: &mut Rng, now: Timestamp) -> Opened {
        self.opened += 1;
        let customer = Customer {
            number: self.opened,
            phone,
        };
        self.open_for(customer, random, now)
    }

    /// Looks a session up for a call, and renews it where it has run out or is to be renewed.
    pub(super) fn enter(
        &mut self,
        id: &str,
        random: &mut Rng,
        now: Timestamp,
    ) -> Result<Entered, NoSession> {
        let session = self.by_id.get_mut(id).ok_or(NoSession::Unknown)?;
        let customer = session.customer;
        match session.state {
            State::Replaced => Err(NoSession::Replaced),
            State::Open if now < session.expires_at => Ok(Entered {
                customer,
                id: id.to_owned(),
                renewed_until: None,
            }),
            State::Open | State::ToBeRenewed => {
                session.state = State::Replaced;
                let opened = self.open_for(customer, random, now);
                Ok(Entered {
                    customer,
                    id: opened.id,
                    renewed_until: Some(opened.expires_at),
                })
            }
        }
    }

    /// The phone of a session that a call can go on in.
    pub(super) fn phone(&self, id: &str) -> Option<MobileNumber> {
        let session = self.by_id.get(id)?;
        (session.state != State::Replaced).then_some(session.customer.phone)
    }

    /// Makes the next call of a session renew it. False where no call could.
    pub(super) fn renew(&mut self, id: &str) -> bool {
        match self.by_id.get_mut(id) {
            Some(session) if session.state != State::Replaced => {
                session.state = State::ToBeRenewed;
                true
            }
            _ => false,
        }
    }

    pub(super) fn kept(&self) -> usize {
        self.by_id.len()
    }

    pub(super) fn oldest(&self) -> Option<u64> {
        self.by_id.oldest()
    }

    pub(super) fn drop_oldest(&mut self) {
        self.by_id.drop_oldest();
    }

    fn open_for(&mut self, customer: Customer, random: &mut Rng, now: Timestamp) -> Opened {
        let lifetime = SignedDuration::try_from(SESSION_LIFETIME).unwrap_or_default();
        let opened = Opened {
            id: guid(random),
            expires_at: now.checked_add(lifetime).unwrap_or(Timestamp::MAX),
        };
        let session = Session {
            customer,
            expires_at: opened.expires_at,
            state: State::Open,
        };
        self.by_id.put(opened.id.clone(), session);
        opened
    }
}

/// Whom a session belongs to; a renewed one belongs to the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Customer {
    /// Two sessions of one phone are two customers, so that neither takes the other's token.
    number: u64,
    pub(super) phone: MobileNumber,
}

/// A session that was just opened.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) id: String,
    pub(super) expires_at: Timestamp,
}

/// The session that a call goes on in.
#[derive(Clone, Debug)]
pub(super) struct Entered {
    pub(super) customer: Customer,
    /// Another one than the call brought, if it was renewed.
    pub(super) id: String,
    /// When it runs out, if it was renewed.
    pub(super) renewed_until: Option<Timestamp>,
}

/// Why a call cannot go on in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoSession {
    Unknown,
    /// It was renewed, and the call should have brought the new one.
    Replaced,
}

#[derive(Debug, Serialize, Deserialize)]
struct Session {
    customer: Customer,
    expires_at: Timestamp,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum State {
    Open,
    ToBeRenewed,
    Replaced,
}
