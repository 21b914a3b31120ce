//! One call of a provider: how to make it, and answers to it in the provider's dialect.

use std::fmt::{self, Debug};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use onay_core::{
    Error, LinkNotice, LinkNotifier, OtpChallenge, OtpCode, OtpSender, OtpToken, OtpVerifier,
    Recipient, Secret,
};

use super::canary::Canary;
use super::{Expected, Sample, Target};

/// One call of a provider, with sample answers.
///
/// Make its challenge, code and recipient of values that stand nowhere else by chance, of six
/// characters or more: the suite looks for them in every output, and in the request.
#[derive(Clone)]
#[must_use]
pub struct Operation {
    pub(super) name: String,
    make: Make,
    pub(super) canaries: Vec<Canary>,
    /// What has to stand in the request, by its role.
    pub(super) carried: Vec<(&'static str, Carries)>,
    /// Of which one has to stand in the request of a check.
    pub(super) bindings: Vec<String>,
    pub(super) ignores_session: bool,
    pub(super) caller: Option<String>,
    pub(super) may_show: Vec<String>,
    pub(super) challenge: Option<OtpChallenge>,
    pub(super) accepted: Vec<(Sample, Option<OtpChallenge>)>,
    pub(super) refused: Vec<(Sample, Expected)>,
    pub(super) unknown_codes: Vec<(Sample, String)>,
    pub(super) neither: Vec<Sample>,
    pub(super) checks_a_code: bool,
}

impl Operation {
    /// [`OtpSender::send_otp`] with this challenge. `build` makes the provider, anew for each
    /// situation. Where the challenge has a recipient, the request has to carry it.
    pub fn send_otp<P: OtpSender + 'static>(
        build: impl Fn(&Target) -> P + Send + Sync + 'static,
        challenge: OtpChallenge,
    ) -> Self {
        let recipient = challenge.recipient().cloned();
        let call = |provider: Arc<P>, challenge: Option<OtpChallenge>| async move {
            let sent = provider.send_otp(&challenge.expect("a challenge")).await?;
            Ok(Yes::new(&sent, Some(sent.challenge())))
        };
        let mut operation = Self::new("send_otp", build, call).with(challenge);
        operation.carried.extend(recipient.map(carried_recipient));
        operation
    }

    /// [`OtpVerifier::verify_otp`] with this challenge and code. The request has to carry the code,
    /// and the session, the token or the state. One of the refusals has to be a wrong code.
    pub fn verify_otp<P: OtpVerifier + 'static>(
        build: impl Fn(&Target) -> P + Send + Sync + 'static,
        challenge: OtpChallenge,
        code: OtpCode,
    ) -> Self {
        let canary = Canary::new("the code", code.expose());
        let token = challenge.token().map(OtpToken::expose);
        let bindings = [Some(challenge.session().expose()), token, challenge.state()];
        let bindings = bindings.into_iter().flatten().map(str::to_owned).collect();
        let call = move |provider: Arc<P>, challenge: Option<OtpChallenge>| {
            let code = code.clone();
            async move {
                let challenge = challenge.expect("a challenge");
                let verified = provider.verify_otp(&challenge, &code).await?;
                Ok(Yes::new(&verified, Some(verified.challenge())))
            }
        };
        let mut operation = Self::new("verify_otp", build, call).with(challenge);
        operation.bindings = bindings;
        let value = Carries::Text(canary.value.clone());
        operation.carried.push(("the code", value));
        operation.canaries.push(canary);
        operation.checks_a_code = true;
        operation
    }

    /// [`LinkNotifier::notify`] with this link and recipient. The request has to carry both.
    pub fn notify<P: LinkNotifier + 'static>(
        build: impl Fn(&Target) -> P + Send + Sync + 'static,
        notice: &LinkNotice,
    ) -> Self {
        let given = notice.clone();
        let call = move |provider: Arc<P>, _| {
            let notice = given.clone();
            async move {
                let accepted = provider.notify(&notice).await?;
                Ok(Yes::new(&accepted, None))
            }
        };
        let mut operation = Self::new("notify", build, call);
        // The link is part of a public address: it has to go out, and may show.
        let link = notice.link().as_str().to_owned();
        operation.may_show.push(link.clone());
        operation.carried.push(("the link", Carries::Text(link)));
        let recipient = carried_recipient(notice.recipient().clone());
        operation.carried.push(recipient);
        operation.hide(Some(notice.recipient()), notice.caller());
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
        Self::new(name, build, move |provider, _| {
            let answer = call(provider);
            async move { Ok(Yes::new(&answer.await?, None)) }
        })
    }

    fn new<P, F>(
        name: &str,
        build: impl Fn(&Target) -> P + Send + Sync + 'static,
        call: impl Fn(Arc<P>, Option<OtpChallenge>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        P: Debug + Send + Sync + 'static,
        F: Future<Output = Result<Yes, Error>> + Send + 'static,
    {
        let call = Arc::new(call);
        let make = move |target: &Target, challenge: Option<OtpChallenge>| {
            let provider = Arc::new(build(target));
            let shown = Arc::clone(&provider);
            let call = Arc::clone(&call);
            Subject {
                printed: Arc::new(move || format!("{shown:?}\n{shown:#?}")),
                call: Arc::new(move || Box::pin(call(Arc::clone(&provider), challenge.clone()))),
            }
        };
        Self {
            name: name.to_owned(),
            make: Arc::new(make),
            canaries: Vec::new(),
            carried: Vec::new(),
            bindings: Vec::new(),
            ignores_session: false,
            caller: None,
            may_show: Vec::new(),
            challenge: None,
            accepted: Vec::new(),
            refused: Vec::new(),
            unknown_codes: Vec::new(),
            neither: Vec::new(),
            checks_a_code: false,
        }
    }

    /// An answer that means yes; the same challenge goes on.
    pub fn accepted(mut self, sample: Sample) -> Self {
        let same = self.challenge.clone();
        self.accepted.push((sample, same));
        self
    }

    /// An answer that means yes and hands on another challenge.
    pub fn accepted_with_next(mut self, sample: Sample, next: OtpChallenge) -> Self {
        self.accepted.push((sample, Some(next)));
        self
    }

    /// An answer that means no, and what it has to be read as. Give one for each kind that the
    /// provider can tell apart, and let one quote what was sent.
    pub fn refused(mut self, sample: Sample, expected: Expected) -> Self {
        self.refused.push((sample, expected));
        self
    }

    /// A no with a code that is in no table.
    pub fn unknown_code(mut self, sample: Sample, code: &str) -> Self {
        self.unknown_codes.push((sample, code.to_owned()));
        self
    }

    /// An answer in the provider's dialect that says neither yes nor no: an unknown result,
    /// a yes without its proof.
    pub fn neither(mut self, sample: Sample) -> Self {
        self.neither.push(sample);
        self
    }

    /// For a provider whose check carries neither session, token nor state, so that the code of one
    /// order approves another order of the same number. The report says it.
    pub fn ignores_session(mut self) -> Self {
        self.ignores_session = true;
        self
    }

    /// A text of a sample answer that may show because it is public: the id of a link, a part of the
    /// address.
    pub fn may_show(mut self, text: &str) -> Self {
        self.may_show.push(text.to_owned());
        self
    }

    /// One more value that must show nowhere.
    pub fn secret(mut self, value: &str) -> Self {
        self.canaries.push(Canary::new("a secret", value));
        self
    }

    /// For a dialect that hides what it sends, by encryption or a hash: the suite does not look for
    /// the code, its recipient and its session in the request.
    pub fn encrypted(mut self) -> Self {
        self.carried.clear();
        self.bindings.clear();
        self
    }

    pub(super) fn subject(&self, target: &Target) -> Subject {
        (self.make)(target, self.challenge.clone())
    }

    /// The same call with a challenge that names another provider.
    pub(super) fn with_foreign_challenge(&self) -> Option<Self> {
        let foreign = self.challenge.clone()?.with_provider("another-provider");
        Some(Self {
            challenge: Some(foreign),
            ..self.clone()
        })
    }

    pub(super) fn samples(&self) -> impl Iterator<Item = &Sample> {
        let accepted = self.accepted.iter().map(|(sample, _)| sample);
        let refused = self.refused.iter().map(|(sample, _)| sample);
        let unknown = self.unknown_codes.iter().map(|(sample, _)| sample);
        accepted.chain(refused).chain(unknown).chain(&self.neither)
    }

    /// What the sample answers bring must show nowhere either; their codes may.
    pub(super) fn look_for_sample_texts(&mut self) {
        let expected = self.refused.iter().filter_map(|(_, no)| no.code.as_ref());
        let may_show: Vec<String> = expected.chain(&self.may_show).cloned().collect();
        let texts: Vec<String> = self.samples().flat_map(Sample::texts).collect();
        for text in texts {
            let is_known = self.canaries.iter().any(|canary| canary.value == text);
            if !is_known && !may_show.contains(&text) {
                let role = format!("{text:?} of a sample answer (may_show, where it is public)");
                let canary = Canary::new(role, &text);
                self.canaries.push(canary);
            }
        }
    }

    fn with(mut self, challenge: OtpChallenge) -> Self {
        let session = challenge.session().expose();
        let texts = [
            ("the session", Some(session)),
            ("the token", challenge.token().map(OtpToken::expose)),
            ("the state", challenge.state()),
        ];
        for (role, text) in texts {
            self.canaries
                .extend(text.map(|text| Canary::new(role, text)));
        }
        self.hide(challenge.recipient(), challenge.caller());
        self.challenge = Some(challenge);
        self
    }

    /// Neither may show. The caller is counted by a guard, and goes nowhere.
    fn hide(&mut self, recipient: Option<&Recipient>, caller: Option<&Secret>) {
        self.canaries.extend(recipient.and_then(Canary::recipient));
        self.caller = caller.map(|caller| caller.expose().to_owned());
        let caller = self.caller.as_ref();
        self.canaries
            .extend(caller.map(|caller| Canary::new("the caller", caller)));
    }
}

fn carried_recipient(recipient: Recipient) -> (&'static str, Carries) {
    ("the recipient", Carries::Recipient(recipient))
}

impl Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// What a request carries.
#[derive(Clone)]
pub(super) enum Carries {
    Text(String),
    Recipient(Recipient),
}

/// Builds a provider at some target, to be called with this challenge.
type Make = Arc<dyn Fn(&Target, Option<OtpChallenge>) -> Subject + Send + Sync>;

/// A call under way.
pub(super) type Calling = Pin<Box<dyn Future<Output = Result<Yes, Error>> + Send>>;

/// A provider at some target, ready to be called with the operation's values.
#[derive(Clone)]
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
