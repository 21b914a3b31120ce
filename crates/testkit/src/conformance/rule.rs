//! What the suite demands of a provider, rule by rule.

use std::fmt;

/// One rule of the suite. A [`Breach`](super::Breach) names it.
///
/// ```
/// use onay_testkit::conformance::Rule;
///
/// assert_eq!(Rule::OneRequest.as_str(), "one_request");
/// assert!(Rule::OneRequest.to_string().contains("never repeated"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Rule {
    /// A call makes one request at most, over one connection, however it ends.
    OneRequest,
    /// `NotSent` is never said of a request that arrived, and broken connections are named as the
    /// error table does.
    HonestDispatch,
    /// `Ok` means the provider's yes to this very call. Nothing else is `Ok`: not silence, not
    /// garbage, not a wrong code, not a yes under a bad HTTP status, not a yes from before.
    OnlyYesIsOk,
    /// The request holds who gets the code, or the code that was typed, or the link.
    SendsWhatWasGiven,
    /// A check is bound to more than a number and a code: the session, the token or the provider's
    /// state is in its request, or the provider
    /// [says that it ignores the session](super::Operation::ignores_session).
    BoundApproval,
    /// Each answer becomes the kind and dispatch that the error table gives it.
    KindAndDispatch,
    /// The provider's codes come through verbatim; an unknown one is `Refused` and kept.
    CodesKept,
    /// The challenge to go on with is handed on, from a yes and from a no, and names its provider.
    NextChallenge,
    /// What the provider cannot serve, a challenge of another provider included, is `Unsupported`
    /// before a connection is made.
    UnsupportedFirst,
    /// A redirect is an error. Nothing follows it.
    NoRedirect,
    /// Every call ends within its timeout, give or take two seconds.
    EndsInTime,
    /// An answer without end is given up, early.
    BoundedAnswers,
    /// No key, session, token, state, caller, code, number or address in `Debug`, `Display`, causes or
    /// traces, in any case, grouping, encoding or base64, and nothing that a sample answer brings; no
    /// caller in a request. (Traces are heard on the threads of the suite's own runtime; a thread that
    /// the provider spawns by itself is not.)
    Silence,
    /// A call that is dropped midway is not made again, and leaves the client usable.
    CancelSafe,
    /// One client serves many calls at once.
    Concurrency,
    /// Errors name their provider.
    NamesItself,
}

impl Rule {
    /// The name in `snake_case`, as reports print it.
    pub const fn as_str(self) -> &'static str {
        self.name_and_demand().0
    }

    #[rustfmt::skip]
    const fn name_and_demand(self) -> (&'static str, &'static str) {
        match self {
            Self::OneRequest => ("one_request", "a call that may have left is never repeated"),
            Self::HonestDispatch => ("honest_dispatch", "the error says truly whether the request may have arrived"),
            Self::OnlyYesIsOk => ("only_yes_is_ok", "`?` lets nothing through but the provider's yes"),
            Self::SendsWhatWasGiven => ("sends_what_was_given", "the request holds what the caller gave"),
            Self::BoundApproval => ("bound_approval", "a check is bound to its session, token or state"),
            Self::KindAndDispatch => ("kind_and_dispatch", "each answer has its kind and dispatch"),
            Self::CodesKept => ("codes_kept", "the provider's codes are kept verbatim"),
            Self::NextChallenge => ("next_challenge", "the challenge to go on with is handed on"),
            Self::UnsupportedFirst => ("unsupported_first", "what cannot be served is refused before the wire"),
            Self::NoRedirect => ("no_redirect", "redirects are not followed"),
            Self::EndsInTime => ("ends_in_time", "every call ends within its timeout"),
            Self::BoundedAnswers => ("bounded_answers", "an endless answer is given up"),
            Self::Silence => ("silence", "no secret, number or address in any output"),
            Self::CancelSafe => ("cancel_safe", "a dropped call leaves the client usable"),
            Self::Concurrency => ("concurrency", "one client serves many calls at once"),
            Self::NamesItself => ("names_itself", "errors name their provider"),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, demand) = self.name_and_demand();
        write!(f, "{name}: {demand}")
    }
}
