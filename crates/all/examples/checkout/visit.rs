//! What the shop knows of one customer: the order, the codes for it, the payment link.
//!
//! Every call to a provider has a step before it and a step after it, both under the visit's lock.
//! The one before says whether the call may be made at all, and keeps that it is; so of two requests
//! at the same time one calls, and the other waits to see what came of it.

use onay::paytr_link::CreatedLink;
use onay::{Delivery, Error, Gsm, LinkAccepted, LinkId, OtpChallenge, OtpSent, OtpVerified};

use crate::conversations::Conversations;
use crate::notice::Notice;
use crate::shop::log;

/// How the order was paid.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PaidBy {
    Card,
    Link,
}

/// One customer, one order.
pub(crate) struct Visit {
    pub(crate) order: String,
    pub(crate) paid: Option<PaidBy>,
    pub(crate) card: Conversations,
    pub(crate) link: Option<PayLink>,
    pub(crate) notice: Option<Notice>,
}

/// The payment link of an order, and who gets it.
pub(crate) struct PayLink {
    pub(crate) gsm: Gsm,
    pub(crate) state: LinkState,
}

pub(crate) enum LinkState {
    /// PayTR is being asked for it.
    Making,
    /// PayTR may have made it, and nobody heard its address.
    Unknown,
    /// It can be paid. The notice is shown for as long as the page waits for that.
    Made(CreatedLink, Option<Notice>),
}

impl Visit {
    pub(crate) fn new(order: String) -> Self {
        Self {
            order,
            paid: None,
            card: Conversations::default(),
            link: None,
            notice: None,
        }
    }

    /// Whether the customer has only looked so far.
    pub(crate) fn is_untouched(&self) -> bool {
        self.paid.is_none() && self.link.is_none() && self.card.current().is_none()
    }

    /// The order is paid. True for the first to say so, and for nobody after that.
    #[must_use]
    pub(crate) fn pay(&mut self, by: PaidBy) -> bool {
        let is_first = self.paid.is_none();
        if is_first {
            self.paid = Some(by);
        }
        is_first
    }

    /// Before a code is asked for. `None` where no call may be made.
    pub(crate) fn ask_for_code(&mut self, gsm: Gsm) -> Option<OtpChallenge> {
        if self.paid.is_some() || self.card.is_busy() {
            return None;
        }
        match self.card.ask(&self.order, gsm) {
            Ok(challenge) => Some(challenge),
            Err(notice) => {
                self.notice = Some(notice);
                None
            }
        }
    }

    pub(crate) fn code_was_asked_for(&mut self, answer: Result<OtpSent, Error>) {
        self.notice = self.card.was_asked(answer);
    }

    /// Before a code is checked. `None` where no call may be made.
    pub(crate) fn check_code(&mut self) -> Option<OtpChallenge> {
        if self.paid.is_some() || self.card.is_busy() {
            return None;
        }
        self.card.check()
    }

    /// After a code was checked. Gives the link that has to go, because the order is paid.
    pub(crate) fn code_was_checked(
        &mut self,
        answer: Result<OtpVerified, Error>,
    ) -> Option<LinkId> {
        if let Err(notice) = self.card.was_checked(answer) {
            self.notice = Some(notice);
            return None;
        }
        if !self.pay(PaidBy::Card) {
            // The link was paid while the code was being checked. The card is not charged.
            log(format_args!("order {} is paid already", self.order));
            return None;
        }
        // A real shop charges the card from here and from nowhere else: whoever comes second does not
        // get here. Until the bank has answered, the order is in a state of its own between open and
        // paid, in the database, and nothing else may be paid for it.
        match self.link.as_ref()?.state {
            LinkState::Made(ref link, _) => Some(link.id().clone()),
            // `link_was_made` will see that the order is paid.
            LinkState::Making | LinkState::Unknown => None,
        }
    }

    /// Before a link is made. False where none may be: there is one, or there may be.
    pub(crate) fn make_link(&mut self, gsm: Gsm) -> bool {
        let is_free = self.paid.is_none() && self.link.is_none();
        if is_free {
            let state = LinkState::Making;
            self.link = Some(PayLink { gsm, state });
        }
        is_free
    }

    /// The customer knows that the link was lost, and wants another one.
    pub(crate) fn make_another_link(&mut self) -> Option<Gsm> {
        let link = self.link.as_mut().filter(|_| self.paid.is_none())?;
        matches!(link.state, LinkState::Unknown).then(|| {
            link.state = LinkState::Making;
            link.gsm
        })
    }

    /// After a link was made. False where it has to go again, because the order is paid meanwhile.
    ///
    /// That is looked up and the link kept in one step. So when the card is approved at the same
    /// time, one of the two sees the other.
    #[must_use]
    pub(crate) fn link_was_made(&mut self, link: CreatedLink) -> bool {
        if let Some(kept) = &mut self.link {
            kept.state = LinkState::Made(link, None);
        }
        self.paid.is_none()
    }

    pub(crate) fn link_was_not_made(&mut self, error: &Error) {
        log(error);
        if error.delivery() != Delivery::MaybeSent {
            self.link = None;
            self.notice = Some(Notice::NoLink);
            return;
        }
        // There may be a link that can be paid, and its address went to nobody: neither the customer
        // nor the shop can pay it or take it back. So another one would do no harm, but it is the
        // customer who asks for it, knowing; a retry that nobody sees would fill PayTR with links when
        // it is PayTR that is slow. Whoever keeps the books finds the lost one by this line.
        log(format_args!("order {}: a link may be lost", self.order));
        if let Some(kept) = &mut self.link {
            kept.state = LinkState::Unknown;
        }
    }

    /// Where no message went out, the page offers the link itself: better than a second message.
    pub(crate) fn link_was_sent(&mut self, answer: &Result<LinkAccepted, Error>) {
        if let Err(error) = answer {
            log(error);
        }
        if let Some(LinkState::Made(_, notice)) = self.link.as_mut().map(|link| &mut link.state) {
            *notice = Some(Notice::of_link(answer));
        }
    }
}
