//! The client: four calls, and the trait on top of two of them.

use onay_core::{
    EmailAddress, Error, ErrorKind, Gsm, LinkAccepted, LinkId, LinkNotifier, LinkRecipient,
    async_trait,
};
use onay_http::{Answer, BaseUrl, Endpoint, HttpClient, Judgement, Said, Verdict};

use crate::create::NewLink;
use crate::outcome::{CreatedLink, Deleted};
use crate::refusal::refuse;
use crate::wire::{self, Envelope, Sender};
use crate::{Credentials, PaytrLinkBuilder, verdict};

pub(crate) const PROVIDER: &str = "paytr-link";

/// The most ids that one call deletes.
const MOST_IDS: usize = 10;

/// A client of PayTR's Link API. Make one and share it; it holds a connection pool.
///
/// Creates payment links, sends them by SMS and e-mail ([`LinkNotifier`]) and deletes them. That a
/// link was paid is told by a callback; see [`verify_callback`](crate::verify_callback).
///
/// # Errors of all calls
///
/// | kind | delivery | when |
/// |---|---|---|
/// | `InvalidInput` | `NotSent` | a value that PayTR would not take, named |
/// | `Unsupported` | `NotSent` | a recipient that is neither a number nor an address |
/// | `Unreachable` | `NotSent` | no connection |
/// | `Interrupted` | `MaybeSent` | it broke, or time ran out, after the request may have left |
/// | `Unreadable` | `MaybeSent` | no `status`; HTML; empty; under any HTTP status but 408 and 5xx: a `status` that is none of three, a success with a reason or an `err_no`, a success under a bad HTTP status |
/// | `Upstream` | `MaybeSent` | HTTP 408 or 5xx, or a reason that speaks of a timeout or a server error (assumed) |
/// | `Credentials` | `Refused` | HTTP 401 or 403, or a reason that names `paytr_token` |
/// | `TooSoon` | `Refused` | HTTP 429 |
/// | `Refused` | `Refused` | any other no, its text in the message, masked; a redirect |
///
/// PayTR documents no list of codes (an `err_no`, where there is one, is kept), has no status query
/// and no delivery receipt, and does not say when a link may be sent again.
///
/// Pages "Link API" (create, delete, callback, sms-and-email) of dev.paytr.com.
#[derive(Clone, Debug)]
pub struct PaytrLink {
    sender: Sender,
    credentials: Credentials,
    is_loopback: bool,
    create: Endpoint,
    send_sms: Endpoint,
    send_email: Endpoint,
    delete: Endpoint,
}

impl PaytrLink {
    /// Begins to build a client.
    pub fn builder() -> PaytrLinkBuilder {
        PaytrLinkBuilder::default()
    }

    /// A client as the environment says; see [`PaytrLinkBuilder::from_env`].
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config) naming what is missing or not valid.
    pub fn from_env() -> Result<Self, Error> {
        PaytrLinkBuilder::from_env()?.build()
    }

    pub(crate) fn new(
        http: &HttpClient,
        base: &BaseUrl,
        credentials: &Credentials,
        debug_on: bool,
    ) -> Result<Self, Error> {
        let endpoint = |operation, path| {
            http.endpoint(PROVIDER, operation, base, path)?
                .with_header("content-type", wire::FORM)?
                // The HTTP library would add it to every call, and copy the headers once more for it.
                .with_header("accept", "*/*")
        };
        Ok(Self {
            sender: Sender {
                merchant_id: credentials.merchant_id().to_owned(),
                debug_on,
                signer: credentials.signer().clone(),
            },
            credentials: credentials.clone(),
            is_loopback: base.as_str().starts_with("http://"),
            create: endpoint("create", wire::CREATE)?,
            send_sms: endpoint("send_sms", wire::SEND_SMS)?,
            send_email: endpoint("send_email", wire::SEND_EMAIL)?,
            delete: endpoint("delete", wire::DELETE)?,
        })
    }

    /// Creates a payment link. No message goes out.
    ///
    /// # Errors
    ///
    /// As the table of [`PaytrLink`].
    pub async fn create(&self, link: impl Into<NewLink>) -> Result<CreatedLink, Error> {
        let link = link.into();
        let terms = link.terms();
        if !self.is_loopback && terms.callback.as_ref().is_some_and(|to| to.is_loopback) {
            let why = "is a loopback address, which only a sandbox can reach";
            return Err(refuse("callback_link", why));
        }
        let form = self.sender.create(&link);
        let hidden = [form.token.as_str(), terms.name.as_str(), link.email()];
        self.create
            .post(form.body, |answer| {
                let envelope = self.judge(&answer, hidden)?;
                CreatedLink::read(envelope).ok_or_else(|| answer.unreadable("the link has no id"))
            })
            .await
    }

    /// Sends a link by SMS. Accepted, never delivered: PayTR reports no delivery.
    ///
    /// # Errors
    ///
    /// As the table of [`PaytrLink`].
    pub async fn send_sms(&self, link: &LinkId, gsm: &Gsm) -> Result<LinkAccepted, Error> {
        let form = self.sender.send_sms(id(link)?, gsm.domestic());
        self.send_sms
            .post(form.body, |answer| {
                self.judge(&answer, [&form.token, gsm.national(), ""])
                    .map(accepted)
            })
            .await
    }

    /// Sends a link by e-mail. Accepted, never delivered: PayTR reports no delivery.
    ///
    /// # Errors
    ///
    /// As the table of [`PaytrLink`]; an address over 100 characters is `InvalidInput`.
    pub async fn send_email(
        &self,
        link: &LinkId,
        email: &EmailAddress,
    ) -> Result<LinkAccepted, Error> {
        check_email(email)?;
        let form = self.sender.send_email(id(link)?, email.as_str());
        self.send_email
            .post(form.body, |answer| {
                self.judge(&answer, [&form.token, email.as_str(), ""])
                    .map(accepted)
            })
            .await
    }

    /// Deletes 1 to 10 links.
    ///
    /// # Errors
    ///
    /// As the table of [`PaytrLink`]; no ids or more than ten are `InvalidInput`. Where some were
    /// deleted and some not, the answer is `Ok`, and [`Deleted::failed`] names the rest. A success that
    /// names ids, and none that was asked for, is `Unreadable`, and so is a no that names all as deleted.
    pub async fn delete(&self, links: &[LinkId]) -> Result<Deleted, Error> {
        if !(1..=MOST_IDS).contains(&links.len()) {
            return Err(refuse("links", "are not from 1 to 10"));
        }
        let ids = links.iter().map(id).collect::<Result<Vec<&str>, Error>>()?;
        let form = self.sender.delete(&ids.join(","));
        self.delete
            .post(form.body, |answer| {
                match self.judge(&answer, [&form.token, "", ""]) {
                    Ok(envelope) => Deleted::read(links, &envelope)
                        .ok_or_else(|| answer.unreadable("the answer names none of the links")),
                    // Some may be gone although the whole is no success: that must not be lost.
                    Err(error) => partly_deleted(&answer, links, error),
                }
            })
            .await
    }

    /// The provider's yes, or its no as an error that does not quote what is `hidden`.
    fn judge(&self, answer: &Answer, hidden: [&str; 3]) -> Result<Envelope, Error> {
        let envelope: Envelope = answer.json()?;
        let [token, one, other] = hidden;
        let (key, salt) = (self.credentials.key(), self.credentials.salt());
        let sent = [key.reveal(), salt.reveal(), token, one, other];
        let mut judgement = Judgement::new(verdict::of(&envelope, answer.status())).hiding(&sent);
        if let Some(code) = envelope.err_no.text() {
            judgement = judgement.with_code(code);
        }
        if let Some(reason) = envelope.reasons().next() {
            judgement = judgement.with_message(reason);
        }
        answer.judge(&judgement)?;
        Ok(envelope)
    }
}

#[async_trait]
impl LinkNotifier for PaytrLink {
    async fn notify(
        &self,
        link: &LinkId,
        recipient: &LinkRecipient,
    ) -> Result<LinkAccepted, Error> {
        match recipient {
            LinkRecipient::Sms(gsm) => self.send_sms(link, gsm).await,
            LinkRecipient::Email(email) => self.send_email(link, email).await,
            _ => Err(
                Error::unsupported("recipient", "is neither a number nor an address")
                    .with_provider(PROVIDER),
            ),
        }
    }
}

/// PayTR takes addresses of at most 100 characters.
pub(crate) fn check_email(email: &EmailAddress) -> Result<(), Error> {
    if email.as_str().chars().count() > 100 {
        return Err(refuse("email", "is longer than 100 characters"));
    }
    Ok(())
}

fn id(link: &LinkId) -> Result<&str, Error> {
    if link.as_str().contains(',') {
        return Err(refuse("link", "holds a comma, which separates ids"));
    }
    Ok(link.as_str())
}

/// What an answer to a deletion names as gone, whether its status says no or contradicts its reason;
/// `error` where it names nothing. A no beside a list of all of them is neither.
fn partly_deleted(answer: &Answer, links: &[LinkId], error: Error) -> Result<Deleted, Error> {
    let Ok(envelope) = answer.json::<Envelope>() else {
        return Err(error);
    };
    let is_no = match envelope.status(answer.status()) {
        Said::This("success") => false,
        Said::This("error" | "failed") => true,
        Said::This(_) | Said::Nothing | Said::Nonsense => return Err(error),
    };
    let Some(deleted) = Deleted::in_part(links, &envelope) else {
        return Err(error);
    };
    if is_no && deleted.deleted().len() == links.len() {
        let verdict =
            Verdict::Contradictory("the status says no, but all the links are named as deleted");
        let judgement = Judgement::new(verdict);
        // What the error says was hidden already.
        let judgement = error
            .code()
            .map_or(judgement, |code| judgement.with_code(code));
        answer.judge(&judgement)?;
    }
    let says_so = matches!(
        error.kind(),
        ErrorKind::Refused | ErrorKind::Upstream | ErrorKind::Unreadable
    );
    if says_so && answer.is_success() {
        Ok(deleted)
    } else {
        Err(error)
    }
}

fn accepted(_: Envelope) -> LinkAccepted {
    // PayTR answers with nothing but "success": no message id, no queue state.
    LinkAccepted::new()
}
