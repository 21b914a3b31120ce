//! `Links` are the payment links of one merchant, and what was paid by them.

use std::borrow::Cow;

use fastrand::Rng;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::fidelity::{ID_LENGTH, OID_DIGITS};
use crate::fake::{Bounded, State};
use crate::random::source;

/// A payment link.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Link {
    pub(super) name: String,
    /// In minor units.
    pub(super) price: u64,
    pub(super) currency: Cow<'static, str>,
    /// `tr` or `en`.
    pub(super) lang: Cow<'static, str>,
    /// How often it can be paid; absent where there is no end to it.
    pub(super) payable: Option<u64>,
    pub(super) expires_at: Option<Timestamp>,
    pub(super) callback: Option<Callback>,
    pub(super) deleted: bool,
    pub(super) payments: u64,
    pub(super) last_payment: Option<Payment>,
}

/// A payment: the number of its order, and of the callback that tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Payment {
    pub(super) merchant_oid: String,
    pub(super) callback: Option<u64>,
}

/// Where the merchant is told of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Callback {
    pub(super) link: String,
    pub(super) id: String,
}

/// Why nothing can be done with a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LinkProblem {
    Unknown,
    Deleted,
    Expired,
    /// It was paid as often as it can be.
    UsedUp,
}

impl LinkProblem {
    /// The doctor's word on it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => {
                "this merchant has no link of this id; \
                 an id is a text in which upper and lower case are different"
            }
            Self::Deleted => "the link was deleted",
            Self::Expired => "the link has expired, by the virtual clock",
            Self::UsedUp => "the link was paid as often as it can be",
        }
    }
}

impl Link {
    /// Whether it can be sent, or why it cannot.
    pub(super) fn usable(&self, now: Timestamp) -> Result<(), LinkProblem> {
        if self.deleted {
            Err(LinkProblem::Deleted)
        } else if self.expires_at.is_some_and(|at| at <= now) {
            Err(LinkProblem::Expired)
        } else {
            Ok(())
        }
    }

    /// Whether it can be paid, or why it cannot.
    pub(super) fn payable(&self, now: Timestamp) -> Result<(), LinkProblem> {
        self.usable(now)?;
        if self.payable.is_some_and(|payable| self.payments >= payable) {
            return Err(LinkProblem::UsedUp);
        }
        Ok(())
    }

    /// The price as people write it: `1,445.00 TL`, in Turkish `1.445,00 TL`.
    pub(super) fn shown_price(&self, is_turkish: bool) -> String {
        let (point, comma) = if is_turkish { (',', '.') } else { ('.', ',') };
        let whole = (self.price / 100).to_string();
        let mut shown = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                shown.push(comma);
            }
            shown.push(digit);
        }
        let rest = self.price % 100;
        format!("{shown}{point}{rest:02} {}", self.currency)
    }
}

/// The links of one merchant.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Links {
    /// Of their own, so that the ids do not depend on how much is paid in between.
    #[serde(with = "source")]
    ids: Rng,
    #[serde(with = "source")]
    orders: Rng,
    by_id: Bounded<String, Link>,
}

impl State for Links {
    fn kept(&self) -> usize {
        self.by_id.len()
    }

    fn oldest(&self) -> Option<u64> {
        self.by_id.oldest()
    }

    fn drop_oldest(&mut self) {
        self.by_id.drop_oldest();
    }

    fn export(&self) -> Option<serde_json::Value> {
        serde_json::to_value(self).ok()
    }
}

impl Links {
    pub(super) fn new(mut random: Rng) -> Self {
        Self {
            orders: random.fork(),
            ids: random,
            by_id: Bounded::default(),
        }
    }

    /// Keeps a new link and tells its id.
    pub(super) fn create(&mut self, link: Link) -> String {
        loop {
            let id: String = (0..ID_LENGTH).map(|_| self.ids.alphanumeric()).collect();
            if self.by_id.get(id.as_str()).is_none() {
                self.by_id.put(id.clone(), link);
                return id;
            }
        }
    }

    /// The link of this id, upper and lower case being different.
    pub(super) fn get(&self, id: &str) -> Option<&Link> {
        self.by_id.get(id)
    }

    pub(super) fn get_mut(&mut self, id: &str) -> Option<&mut Link> {
        self.by_id.get_mut(id)
    }

    /// The link of this id, if it can be sent.
    pub(super) fn usable(&self, id: &str, now: Timestamp) -> Result<&Link, LinkProblem> {
        let link = self.get(id).ok_or(LinkProblem::Unknown)?;
        link.usable(now)?;
        Ok(link)
    }

    /// Deletes a link, unless it is unknown or was deleted before.
    pub(super) fn delete(&mut self, id: &str) -> Result<(), LinkProblem> {
        let link = self.get_mut(id).ok_or(LinkProblem::Unknown)?;
        if link.deleted {
            return Err(LinkProblem::Deleted);
        }
        link.deleted = true;
        Ok(())
    }

    /// The number of the next order.
    pub(super) fn next_order(&mut self) -> String {
        let digits = (0..OID_DIGITS).map(|_| self.orders.digit(10));
        format!("PT{}", digits.collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_written_as_people_write_it() {
        for (price, english, turkish) in [
            (7, "0.07 TL", "0,07 TL"),
            (1_445, "14.45 TL", "14,45 TL"),
            (123_456, "1,234.56 TL", "1.234,56 TL"),
            (100_000_000, "1,000,000.00 TL", "1.000.000,00 TL"),
        ] {
            let link = Link {
                name: String::new(),
                price,
                currency: "TL".into(),
                lang: "tr".into(),
                payable: None,
                expires_at: None,
                callback: None,
                deleted: false,
                payments: 0,
                last_payment: None,
            };
            assert_eq!(link.shown_price(false), english);
            assert_eq!(link.shown_price(true), turkish);
        }
    }
}
