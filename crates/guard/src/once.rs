//! `Once` sends one message per key: a later call gets the result of the first.

use std::time::Duration;

use onay_core::{
    Dispatch, Error, ErrorKind, LinkAccepted, LinkNotice, LinkNotifier, Operation, Reason,
    Reference, Wait, async_trait,
};

use crate::records::{Exchange, RecordStore};
use crate::{Guarded, Key, Reservation, Store, StoreError, now};

/// Longer than a payment link lives.
const MEMORY: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// What a record says. The first is followed by the caller's own number, the second by the
/// provider's reference where there is one.
const BEGUN: &str = "begun ";
const SENT: &str = "sent ";
const UNSURE: &str = "unsure";
const FORGOTTEN: &str = "";

const IN_PROGRESS: Reason = Reason::new(
    "guard_once_in_progress",
    "this message is being sent by another call",
    "bu mesaj şu anda başka bir çağrı tarafından gönderiliyor",
);
const MAY_BE_OUT: Reason = Reason::new(
    "guard_once_may_be_out",
    "an earlier call may have sent this message: find out, and do not send it again",
    "bu mesaj önceki bir çağrıyla gitmiş olabilir: durumu öğrenin, yeniden göndermeyin",
);

/// A provider that sends one message for one key: see [`Guarded::once`].
#[derive(Debug)]
pub struct Once<'guard, P, S> {
    guarded: &'guard Guarded<P, S>,
    key: Key,
}

impl<P, S> Guarded<P, S> {
    /// Sends one message for this key, an order's number say, across restarts and machines. A later
    /// call with the same key sends nothing, and is answered what happened the first time. It is
    /// remembered for 30 days.
    ///
    /// | the first call | a later one |
    /// |---|---|
    /// | a yes | the same yes, with its reference |
    /// | [`MaybeSent`](Dispatch::MaybeSent), or its process died | [`Interrupted`](ErrorKind::Interrupted) with `MaybeSent`, so that [`next_step`](Error::next_step) is to escalate |
    /// | it is still at work | [`TooSoon`](ErrorKind::TooSoon) with `NotSent` and a wait |
    /// | [`NotSent`](Dispatch::NotSent), or a no | sends: nothing went out. Where the store did not hear of it, as if its process had died |
    ///
    /// What is stored is a keyed hash of the key, and the provider's reference. In Redis it is as safe
    /// as Redis keeps it: use `appendonly yes`.
    ///
    /// An OTP has no such call, because a customer may need another code.
    ///
    /// ```
    /// use onay_core::{LinkId, LinkNotice, LinkNotifier, PhoneNumber};
    /// use onay_guard::{Guarded, MemoryStore};
    /// # use onay_core::Error;
    /// # use onay_testkit::NullSender as Provider;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// let guarded = Guarded::builder(Provider, MemoryStore::new())
    ///     .scope("paytr-link")
    ///     .secret(b"from your settings, the same on every machine")
    ///     .build()?;
    /// let phone = PhoneNumber::parse("0555 000 00 42")?;
    /// let notice = LinkNotice::new(LinkId::parse("NB2Zlz3")?, phone);
    /// // The second call sends nothing.
    /// for _ in 0..2 {
    ///     guarded.once("order-1").notify(&notice).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn once(&self, key: &str) -> Once<'_, P, S> {
        Once {
            guarded: self,
            key: self.rules().keyring.once(key),
        }
    }
}

#[async_trait]
impl<P: LinkNotifier, S: Store + RecordStore> LinkNotifier for Once<'_, P, S> {
    async fn notify(&self, notice: &LinkNotice) -> Result<LinkAccepted, Error> {
        let rules = self.guarded.rules();
        let not_asked = |error| {
            let refused = rules.not_asked("once", error);
            refused.with_operation(Operation::NOTIFY)
        };
        let number = Reservation::draw().map_err(not_asked)?.number();
        let begun = format!("{BEGUN}{number:032x}");
        let before = match self.exchange(None, &begun).await {
            Ok(before) => before,
            Err(error) => {
                // It may have been written. Nothing was sent, so no later call is to wait for it.
                if !error.is_unavailable() {
                    let _ = self.exchange(Some(&begun), FORGOTTEN).await;
                }
                return Err(not_asked(error));
            }
        };
        match before {
            None => {}
            // The question was asked twice, and the answer of the first was lost.
            Some(record) if record.text == begun => {}
            Some(record) => return self.answer(&record.text, record.remaining),
        }
        let answer = self.guarded.notify(notice).await;
        let text = match &answer {
            Ok(accepted) => {
                let reference = accepted.reference().map_or("", Reference::as_str);
                format!("{SENT}{reference}")
            }
            Err(error) => match error.dispatch() {
                Dispatch::NotSent | Dispatch::Refused => FORGOTTEN.to_owned(),
                _ => UNSURE.to_owned(),
            },
        };
        let mut written = self.exchange(Some(&begun), &text).await;
        if written.is_err() {
            // To say it twice changes nothing, and a connection that broke may be back.
            written = self.exchange(Some(&begun), &text).await;
        }
        if let Err(error) = written {
            // The provider's answer counts. A later call is told that the message may be out.
            crate::trace::store_failed(&rules.settings.scope, "once", false, &error);
        }
        answer
    }
}

impl<P, S: RecordStore> Once<'_, P, S> {
    async fn exchange(
        &self,
        expected: Option<&str>,
        text: &str,
    ) -> Result<Option<crate::Record>, StoreError> {
        let exchange = Exchange::new(self.key, expected, text, MEMORY);
        self.guarded.rules().store.exchange(&exchange).await
    }

    /// What happened the first time.
    fn answer(&self, text: &str, remaining: Duration) -> Result<LinkAccepted, Error> {
        if let Some(reference) = text.strip_prefix(SENT) {
            let accepted = LinkAccepted::new();
            return Ok(match Reference::parse(reference) {
                Some(reference) => accepted.with_reference(reference),
                None => accepted,
            });
        }
        let age = MEMORY.saturating_sub(remaining);
        let left = self
            .guarded
            .rules()
            .settings
            .longest_call
            .saturating_sub(age);
        let error = if text.starts_with(BEGUN) && !left.is_zero() {
            Error::new(ErrorKind::TooSoon)
                .with_dispatch(Dispatch::NotSent)
                .with_wait(Wait::new(now(), left))
                .with_reason(IN_PROGRESS)
        } else {
            Error::new(ErrorKind::Interrupted)
                .with_dispatch(Dispatch::MaybeSent)
                .with_reason(MAY_BE_OUT)
        };
        Err(error.with_operation(Operation::NOTIFY))
    }
}
