//! The client: four calls, and the trait on top of two of them.

use std::sync::Arc;

use onay_core::{
    EmailAddress, Error, ErrorKind, LinkAccepted, LinkId, LinkNotice, LinkNotifier, PhoneNumber,
    Reason, Recipient, Subject, async_trait,
};
use onay_http::{BaseUrl, Endpoint, Field, HttpClient, Response, Service, Verdict};

use crate::create::{NewLink, check_email};
use crate::outcome::{CreatedLink, Deleted};
use crate::wire::{self, Envelope, FormField, Sender};
use crate::{Credentials, PROVIDER, PaytrLinkBuilder, code, refuse, verdict};

const LOOPBACK: Reason = Reason::new(
    "paytr_callback_loopback",
    "is a loopback address, which only a sandbox can reach",
    "bir loopback adresi; ona yalnızca sandbox ulaşabilir",
);
const NO_ID: Reason = Reason::new("paytr_no_id", "the link has no id", "bağlantının id'si yok");
const NOT_1_TO_10: Reason = Reason::new(
    "paytr_links",
    "are not from 1 to 10",
    "1 ile 10 arasında değil",
);
const NONE_NAMED: Reason = Reason::new(
    "paytr_none_named",
    "the response names none of the links",
    "yanıtta bağlantıların hiçbirinin id'si yok",
);
const ALL_GONE: Reason = Reason::new(
    "paytr_no_but_deleted",
    "the status says no, but all the links are named as deleted",
    "status ret diyor, ama bütün bağlantılar silinmiş görünüyor",
);
const COMMA: Reason = Reason::new(
    "paytr_link_comma",
    "holds a comma, which separates ids",
    "id'leri ayıran virgülü içeriyor",
);
const FOREIGN: Reason = Reason::new(
    "paytr_foreign_phone",
    "is no Turkish mobile number, and PayTR sends to no other",
    "Türkiye cep numarası değil; PayTR başkasına göndermez",
);
const OTHER_RECIPIENT: Reason = Reason::new(
    "paytr_recipient",
    "is neither a number nor an address",
    "ne numara ne adres",
);

/// The most ids that one call deletes.
const MOST_IDS: usize = 10;

/// A client of PayTR's Link API. Make one and share it; it holds a connection pool.
///
/// Creates payment links, sends them by SMS and e-mail ([`LinkNotifier`]) and deletes them. That a
/// link was paid is told by a callback; see [`verify_callback`](crate::verify_callback).
///
/// # Errors of all calls
///
/// | kind | dispatch | when |
/// |---|---|---|
/// | `InvalidInput` | `NotSent` | a value that PayTR would not take, named |
/// | `Unsupported` | `NotSent` | a number that is no Turkish mobile number; an address with letters outside ASCII |
/// | `Unreachable` | `NotSent` | no connection |
/// | `Interrupted` | `MaybeSent` | it broke, or time ran out, after the request may have left |
/// | `Unreadable` | `MaybeSent` | no `status` under HTTP 2xx; a `status` that is none of the three, a success beside a reason or an `err_no`, or a success under a bad HTTP status, unless that is 408 or 5xx; a redirect other than 307 and 308 |
/// | `Upstream` | `MaybeSent` | HTTP 408 or 5xx, or a reason that speaks of a timeout or a server error (assumed) |
/// | `Credentials` | `Refused` | HTTP 401 or 403 with a no or without a `status`, or a reason that names `paytr_token` |
/// | `TooSoon` | `Refused` | HTTP 429 with a no or without a `status` |
/// | `Refused` | `Refused` | any other no; another HTTP 4xx without a `status`; HTTP 307 or 308. A field that the documented form of a reason names is the [`subject`](Error::subject), the reason itself the [`provider_text`](Error::provider_text) |
///
/// So a JSON object is read. Any other response (a firewall's page, an empty body) is read by its HTTP
/// status alone: [`Response::object`](onay_http::Response::object) has the table.
///
/// PayTR documents no list of codes (an `err_no`, where there is one, is kept), has no status query
/// and no delivery receipt, and does not say when a link may be sent again.
///
/// Pages "Link API" (create, delete, callback, sms-and-email) of dev.paytr.com.
#[derive(Clone, Debug)]
pub struct PaytrLink {
    sender: Sender,
    service: Arc<Service>,
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
        service: Service,
        credentials: &Credentials,
        debug_on: bool,
    ) -> Result<Self, Error> {
        let endpoint = |operation, path| http.endpoint(PROVIDER, operation, base, path);
        // The HTTP library would add it to every call, and copy the headers once more for it.
        let create = endpoint(wire::CREATES, wire::CREATE)?
            .with_header("content-type", wire::FORM)?
            .with_header("accept", "*/*")?;
        let shared = |operation, path| Ok(endpoint(operation, path)?.with_headers_of(&create));
        Ok(Self {
            sender: sender(credentials, debug_on),
            service: Arc::new(service),
            is_loopback: base.is_loopback(),
            send_sms: shared(wire::SENDS_SMS, wire::SEND_SMS)?,
            send_email: shared(wire::SENDS_EMAIL, wire::SEND_EMAIL)?,
            delete: shared(wire::DELETES, wire::DELETE)?,
            create,
        })
    }

    /// The same client for another merchant, or for a new key of the same one: it shares the
    /// connection pool and everything else but the credentials.
    ///
    /// ```
    /// # use onay_paytr_link::{Credentials, PaytrLink};
    /// # let first = Credentials::parse("100001", "test-key-1", "test-salt-1")?;
    /// # let base = "http://127.0.0.1:8027/paytr".parse()?;
    /// let paytr = PaytrLink::builder().credentials(first).base_url(base).build()?;
    /// let second = Credentials::parse("100002", "test-key-2", "test-salt-2")?;
    /// let other = paytr.with_credentials(&second)?;
    /// # Ok::<(), onay_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config), nothing sent: the sandbox's credentials for a live service.
    pub fn with_credentials(&self, credentials: &Credentials) -> Result<Self, Error> {
        Service::clone(&self.service).resolve(&credentials.keys())?;
        Ok(Self {
            sender: sender(credentials, self.sender.debug_on),
            ..self.clone()
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
            return Err(refuse("callback_link", LOOPBACK));
        }
        let request = self.create.form(pairs(&self.sender.create(&link)));
        request
            .send(|response| {
                let envelope = Envelope(response.object()?);
                judge(&self.create, response, &envelope)?;
                CreatedLink::read(&envelope).ok_or_else(|| response.unreadable(NO_ID))
            })
            .await
    }

    /// Sends a link by SMS. Accepted, never delivered: PayTR reports no delivery.
    ///
    /// # Errors
    ///
    /// As the table of [`PaytrLink`].
    pub async fn send_sms(
        &self,
        link: &LinkId,
        phone: &PhoneNumber,
    ) -> Result<LinkAccepted, Error> {
        let Some(mobile) = phone.turkish() else {
            return Err(unsupported("phone", FOREIGN, &self.send_sms));
        };
        let request = self
            .send_sms
            .form(pairs(&self.sender.send_sms(id(link)?, mobile.national())));
        let send = request.send(|response| accepted(&self.send_sms, response));
        send.await
    }

    /// Sends a link by e-mail. Accepted, never delivered: PayTR reports no delivery.
    ///
    /// # Errors
    ///
    /// As the table of [`PaytrLink`].
    pub async fn send_email(
        &self,
        link: &LinkId,
        email: &EmailAddress,
    ) -> Result<LinkAccepted, Error> {
        check_email(email).map_err(|error| error.with_operation(wire::SENDS_EMAIL))?;
        let request = self
            .send_email
            .form(pairs(&self.sender.send_email(id(link)?, email.as_str())));
        let send = request.send(|response| accepted(&self.send_email, response));
        send.await
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
            return Err(refuse("links", NOT_1_TO_10));
        }
        let ids = links.iter().map(id).collect::<Result<Vec<&str>, Error>>()?;
        let joined = ids.join(",");
        let request = self.delete.form(pairs(&self.sender.delete(&joined)));
        request
            .send(|response| {
                let envelope = Envelope(response.object()?);
                match judge(&self.delete, response, &envelope) {
                    Ok(()) => Deleted::read(links, &envelope)
                        .ok_or_else(|| response.unreadable(NONE_NAMED)),
                    // Some may be gone although the whole is no success: that must not be lost.
                    Err(error) => partly_deleted(response, &envelope, links, error),
                }
            })
            .await
    }
}

#[async_trait]
impl LinkNotifier for PaytrLink {
    async fn notify(&self, notice: &LinkNotice) -> Result<LinkAccepted, Error> {
        match notice.recipient() {
            Recipient::Phone(phone) => self.send_sms(notice.link(), phone).await,
            Recipient::Email(email) => self.send_email(notice.link(), email).await,
            _ => Err(Error::unsupported("recipient", OTHER_RECIPIENT).with_provider(PROVIDER)),
        }
    }
}

fn pairs<'f>(form: &'f [FormField<'_>]) -> impl Iterator<Item = (&'f str, &'f str)> {
    form.iter().map(|(name, value)| (*name, value.as_ref()))
}

fn sender(credentials: &Credentials, debug_on: bool) -> Sender {
    Sender {
        debug_on,
        signer: credentials.signer().clone(),
    }
}

fn unsupported(argument: &'static str, reason: Reason, endpoint: &Endpoint) -> Error {
    Error::unsupported(argument, reason)
        .with_provider(PROVIDER)
        .with_operation(endpoint.operation())
}

fn id(link: &LinkId) -> Result<&str, Error> {
    if link.as_str().contains(',') {
        return Err(refuse("link", COMMA));
    }
    Ok(link.as_str())
}

/// The provider's yes, or its no as an error that names the field of which PayTR speaks.
fn judge(endpoint: &Endpoint, response: &Response, envelope: &Envelope<'_>) -> Result<(), Error> {
    let (verdict, code) = verdict::of(endpoint.operation(), envelope, response.status());
    let judged = response.judge(verdict, || (code, envelope.reason_text()));
    judged.map_err(|error| match (error.kind(), named_field(envelope)) {
        (ErrorKind::Refused | ErrorKind::Credentials, Some(field)) => error
            .with_subject(Subject::Argument(field))
            .with_reason(code::NOT_TAKEN),
        _ => error,
    })
}

fn named_field(envelope: &Envelope<'_>) -> Option<&'static str> {
    envelope.reasons().find_map(|text| code::named_field(&text))
}

/// PayTR answers with nothing but "success": no message id, no queue state.
fn accepted(endpoint: &Endpoint, response: &Response) -> Result<LinkAccepted, Error> {
    judge(endpoint, response, &Envelope(response.object()?))?;
    Ok(LinkAccepted::new())
}

/// What a response to a deletion names as gone, whether its status says no or contradicts its reason;
/// `error` where it names nothing. A no beside a list of all of them is neither.
fn partly_deleted(
    response: &Response,
    envelope: &Envelope<'_>,
    links: &[LinkId],
    error: Error,
) -> Result<Deleted, Error> {
    let is_no = match envelope.status().as_deref() {
        Field::Value("success") => false,
        Field::Value("error" | "failed") => true,
        _ => return Err(error),
    };
    let Some(deleted) = Deleted::in_part(links, envelope) else {
        return Err(error);
    };
    if is_no && deleted.deleted().len() == links.len() {
        let said = || (error.code().cloned(), envelope.reason_text());
        response.judge(Verdict::Contradictory(ALL_GONE), said)?;
    }
    let says_so = matches!(
        error.kind(),
        ErrorKind::Refused | ErrorKind::Upstream | ErrorKind::Unreadable
    );
    if says_so && response.is_success() {
        Ok(deleted)
    } else {
        Err(error)
    }
}
