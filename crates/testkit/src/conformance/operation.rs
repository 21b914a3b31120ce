//! One call of a provider: how to make it, and answers to it in the provider's dialect.

use std::fmt::{self, Debug};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use onay_core::{
    Error, LinkId, LinkNotifier, LinkRecipient, OtpChallenge, OtpCode, OtpRecipient, OtpSender,
    OtpVerifier,
};

use super::canary::Canary;
use super::{Expected, Sample, Target};

/// One call of a provider, with sample answers.
///
/// Make its challenge, code and recipient of values that stand nowhere else by chance, of six
/// characters or more: the suite looks for them in every output, and in the request.
///
/// ```
/// use onay_core::{ErrorKind, Gsm, OtpChallenge, SessionId};
/// use onay_testkit::NullSender;
/// use onay_testkit::conformance::{Expected, Operation, Sample};
///
/// let challenge = OtpChallenge::for_gsm(
///     SessionId::parse("canary-session")?,
///     Gsm::parse("0555 765 43 21")?,
/// );
/// let send = Operation::send_otp(|_target| NullSender, challenge)
///     .accepted(Sample::json(r#"{"result":"SENT"}"#))
///     .refused(
///         Sample::json(r#"{"result":"NO","reason":"R-5"}"#),
///         Expected::new(ErrorKind::TooSoon).with_code("R-5"),
///     )
///     .unknown_code(Sample::json(r#"{"result":"NO","reason":"R-99"}"#), "R-99")
///     .neither(Sample::json(r#"{"result":"PENDING"}"#));
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Operation {
    pub(super) name: String,
    make: Arc<dyn Fn(&Target) -> Subject + Send + Sync>,
    pub(super) canaries: Vec<Canary>,
    /// What has to stand in the request.
    pub(super) carried: Vec<Canary>,
    pub(super) challenge: Option<OtpChallenge>,
    pub(super) accepted: Vec<(Sample, Option<OtpChallenge>)>,
    pub(super) refused: Vec<(Sample, Expected)>,
    pub(super) unknown_codes: Vec<(Sample, String)>,
    pub(super) neither: Vec<Sample>,
    pub(super) checks_a_code: bool,
}

impl Operation {
    /// [`OtpSender::send_otp`] with this challenge. `build` makes the provider, anew for each
    /// situation.
    pub fn send_otp<P: OtpSender + 'static>(
        build: impl Fn(&Target) -> P + Send + Sync + 'static,
        challenge: OtpChallenge,
    ) -> Self {
        let given = challenge.clone();
        let mut operation = Self::other("send_otp", build, move |provider: Arc<P>| {
            let challenge = given.clone();
            async move {
                let sent = provider.send_otp(&challenge).await?;
                Ok(Yes::new(&sent, Some(sent.challenge())))
            }
        });
        operation.add_challenge(challenge);
        operation
    }

    /// [`OtpVerifier::verify_otp`] with this challenge and code. One of the refusals has to be a
    /// wrong code.
    pub fn verify_otp<P: OtpVerifier + 'static>(
        build: impl Fn(&Target) -> P + Send + Sync + 'static,
        challenge: OtpChallenge,
        code: OtpCode,
    ) -> Self {
        let given = challenge.clone();
        let canary = Canary::new("the code", code.reveal());
        let mut operation = Self::other("verify_otp", build, move |provider: Arc<P>| {
            let (challenge, code) = (given.clone(), code.clone());
            async move {
                let verified = provider.verify_otp(&challenge, &code).await?;
                Ok(Yes::new(&verified, Some(verified.challenge())))
            }
        });
        operation.add_challenge(challenge);
        operation.add_carried(canary);
        operation.checks_a_code = true;
        operation
    }

    /// [`LinkNotifier::notify`] with this link and recipient.
    pub fn notify<P: LinkNotifier + 'static>(
        build: impl Fn(&Target) -> P + Send + Sync + 'static,
        link: LinkId,
        recipient: LinkRecipient,
    ) -> Self {
        // The link is part of a public address: it has to go out, and may show.
        let named = Canary::new("the link", link.as_str());
        let canary = match &recipient {
            LinkRecipient::Sms(gsm) => Some(Canary::number("the number", gsm)),
            LinkRecipient::Email(address) => Some(Canary::new("the address", address.as_str())),
            _ => None,
        };
        let mut operation = Self::other("notify", build, move |provider: Arc<P>| {
            let (link, recipient) = (link.clone(), recipient.clone());
            async move {
                let accepted = provider.notify(&link, &recipient).await?;
                Ok(Yes::new(&accepted, None))
            }
        });
        operation.carried.push(named);
        if let Some(canary) = canary {
            operation.add_carried(canary);
        }
        operation
    }

    /// A call that no trait has, under a name of its own: opening a session, creating a link.
    pub fn call<P, T, F>(
        name: &str,
        build: impl Fn(&Target) -> P + Send + Sync + 'static,
        call: impl Fn(Arc<P>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        P: Debug + Send + Sync + 'static,
        T: Debug,
        F: Future<Output = Result<T, Error>> + Send + 'static,
    {
        Self::other(name, build, move |provider| {
            let answer = call(provider);
            async move { Ok(Yes::new(&answer.await?, None)) }
        })
    }

    fn other<P, F>(
        name: &str,
        build: impl Fn(&Target) -> P + Send + Sync + 'static,
        call: impl Fn(Arc<P>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        P: Debug + Send + Sync + 'static,
        F: Future<Output = Result<Yes, Error>> + Send + 'static,
    {
        let call = Arc::new(call);
        let make = move |target: &Target| {
            let provider = Arc::new(build(target));
            let shown = Arc::clone(&provider);
            let call = Arc::clone(&call);
            Subject {
                printed: Arc::new(move || format!("{shown:?}\n{shown:#?}")),
                call: Arc::new(move || Box::pin(call(Arc::clone(&provider)))),
            }
        };
        Self {
            name: name.to_owned(),
            make: Arc::new(make),
            canaries: Vec::new(),
            carried: Vec::new(),
            challenge: None,
            accepted: Vec::new(),
            refused: Vec::new(),
            unknown_codes: Vec::new(),
            neither: Vec::new(),
            checks_a_code: false,
        }
    }

    /// An answer that means yes; the conversation goes on with the same challenge.
    #[must_use]
    pub fn accepted(mut self, sample: Sample) -> Self {
        let same = self.challenge.clone();
        self.accepted.push((sample, same));
        self
    }

    /// An answer that means yes and hands on another challenge.
    #[must_use]
    pub fn accepted_with_next(mut self, sample: Sample, next: OtpChallenge) -> Self {
        self.accepted.push((sample, Some(next)));
        self
    }

    /// An answer that means no, and what it has to be read as. Give one for each kind that the
    /// provider can tell apart, and let one quote what was sent.
    #[must_use]
    pub fn refused(mut self, sample: Sample, expected: Expected) -> Self {
        self.refused.push((sample, expected));
        self
    }

    /// A no with a code that is in no table.
    #[must_use]
    pub fn unknown_code(mut self, sample: Sample, code: &str) -> Self {
        self.unknown_codes.push((sample, code.to_owned()));
        self
    }

    /// An answer in the provider's dialect that says neither yes nor no: a result that nobody knows,
    /// a yes without its proof.
    #[must_use]
    pub fn neither(mut self, sample: Sample) -> Self {
        self.neither.push(sample);
        self
    }

    /// One more value that must show nowhere.
    #[must_use]
    pub fn secret(mut self, value: &str) -> Self {
        self.canaries.push(Canary::new("a secret", value));
        self
    }

    /// For a dialect that hides what it sends, by encryption or a hash: the suite does not look for
    /// the code and its recipient in the request.
    #[must_use]
    pub fn encrypted(mut self) -> Self {
        self.carried.clear();
        self
    }

    pub(super) fn subject(&self, target: &Target) -> Subject {
        (self.make)(target)
    }

    fn add_challenge(&mut self, challenge: OtpChallenge) {
        let session = challenge.session().reveal();
        self.canaries.push(Canary::new("the session", session));
        match challenge.recipient() {
            OtpRecipient::Gsm(gsm) => self.add_carried(Canary::number("the number", gsm)),
            OtpRecipient::Token(token) => {
                self.add_carried(Canary::new("the token", token.reveal()));
            }
            _ => {}
        }
        self.challenge = Some(challenge);
    }

    /// Out with the request, and nowhere else.
    fn add_carried(&mut self, canary: Canary) {
        self.carried.push(canary.clone());
        self.canaries.push(canary);
    }
}

impl Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// A call under way.
pub(super) type Calling = Pin<Box<dyn Future<Output = Result<Yes, Error>> + Send>>;

/// A provider at some target, ready to be called with the operation's values.
pub(super) struct Subject {
    /// The provider's `Debug`, as it is now.
    pub(super) printed: Arc<dyn Fn() -> String + Send + Sync>,
    pub(super) call: Arc<dyn Fn() -> Calling + Send + Sync>,
}

/// What a yes said.
#[derive(Debug)]
pub(super) struct Yes {
    /// Its `Debug`.
    pub(super) printed: String,
    pub(super) next: Option<OtpChallenge>,
}

impl Yes {
    fn new(answer: &impl Debug, next: Option<&OtpChallenge>) -> Self {
        Self {
            printed: format!("{answer:?}\n{answer:#?}"),
            next: next.cloned(),
        }
    }
}
