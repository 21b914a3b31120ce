//! One OTP conversation, as a value that a back end keeps between two requests.

#[cfg(feature = "serde")]
mod stored;

use std::fmt;

use crate::{Gsm, OtpToken, SessionId};

/// Who gets the code.
///
/// ```
/// use onay_core::{Gsm, OtpRecipient};
///
/// let recipient = OtpRecipient::Gsm(Gsm::parse("0555 000 00 42")?);
/// assert!(matches!(recipient, OtpRecipient::Gsm(_)));
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OtpRecipient {
    /// A number that the merchant knows.
    Gsm(Gsm),
    /// The provider's own name for whoever it will write to.
    Token(OtpToken),
    /// Nobody yet: the session is open, and no code has been asked for.
    Nobody,
}

impl From<Gsm> for OtpRecipient {
    fn from(gsm: Gsm) -> Self {
        Self::Gsm(gsm)
    }
}

impl From<OtpToken> for OtpRecipient {
    fn from(token: OtpToken) -> Self {
        Self::Token(token)
    }
}

/// One OTP conversation: the session, and who gets the code.
///
/// Calls answer with the challenge to use from then on ([`OtpSent::challenge`], and
/// [`Error::challenge`] where a provider renewed it with its refusal). Always go on with the newest:
/// some providers rotate token and session.
///
/// With the feature `serde` a challenge can be stored between two requests. What is written holds
/// the session, the token and the full number in clear: keep it where you keep sessions, never in a
/// page or a log.
///
/// ```
/// use onay_core::{Gsm, OtpChallenge, SessionId};
///
/// let challenge = OtpChallenge::for_gsm(
///     SessionId::parse("order-1")?,
///     Gsm::parse("0555 000 00 42")?,
/// );
/// assert_eq!(challenge.gsm().map(|gsm| gsm.national().len()), Some(10));
/// assert!(challenge.token().is_none());
/// # Ok::<(), onay_core::Error>(())
/// ```
///
/// [`OtpSent::challenge`]: crate::OtpSent::challenge
/// [`Error::challenge`]: crate::Error::challenge
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct OtpChallenge {
    session: SessionId,
    recipient: OtpRecipient,
    note: Option<String>,
}

impl OtpChallenge {
    /// A conversation with a number that the merchant knows.
    pub fn for_gsm(session: SessionId, gsm: Gsm) -> Self {
        Self::new(session, OtpRecipient::Gsm(gsm))
    }

    /// A conversation with somebody that the provider knows.
    pub fn for_token(session: SessionId, token: OtpToken) -> Self {
        Self::new(session, OtpRecipient::Token(token))
    }

    /// A conversation that has a session and no recipient yet.
    pub fn for_session(session: SessionId) -> Self {
        Self::new(session, OtpRecipient::Nobody)
    }

    /// A conversation with any recipient.
    pub fn new(session: SessionId, recipient: OtpRecipient) -> Self {
        Self {
            session,
            recipient,
            note: None,
        }
    }

    /// The same conversation with a provider's own note, which that provider reads again when it is
    /// given the challenge back. Only providers set notes; a caller just carries them.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// What ties the calls together.
    pub fn session(&self) -> &SessionId {
        &self.session
    }

    /// Who gets the code.
    pub fn recipient(&self) -> &OtpRecipient {
        &self.recipient
    }

    /// The number, where the merchant knows it.
    pub fn gsm(&self) -> Option<&Gsm> {
        match &self.recipient {
            OtpRecipient::Gsm(gsm) => Some(gsm),
            OtpRecipient::Token(_) | OtpRecipient::Nobody => None,
        }
    }

    /// The token, where the provider knows the number.
    pub fn token(&self) -> Option<&OtpToken> {
        match &self.recipient {
            OtpRecipient::Token(token) => Some(token),
            OtpRecipient::Gsm(_) | OtpRecipient::Nobody => None,
        }
    }

    /// The provider's own note, if it set one.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }
}

impl fmt::Debug for OtpChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OtpChallenge")
            .field("session", &self.session)
            .field("recipient", &self.recipient)
            // Another crate wrote it: nobody here can tell whether it may be shown.
            .field("note", &self.note.as_ref().map(|_| "***"))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token_challenge() -> OtpChallenge {
        OtpChallenge::for_token(
            SessionId::parse("canary-session").expect("session"),
            OtpToken::parse("canary-token").expect("token"),
        )
        .with_note("canary-note")
    }

    #[test]
    fn debug_shows_nothing_that_could_be_used() {
        let shown = format!("{:?}", token_challenge());
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains("note: Some(\"***\")"), "{shown}");
        let gsm = Gsm::parse("05550000042").expect("gsm");
        let challenge = OtpChallenge::for_gsm(SessionId::parse("canary").expect("session"), gsm);
        assert_eq!(
            format!("{challenge:?}"),
            "OtpChallenge { session: SessionId(***), recipient: Gsm(Gsm(+90 555 *** ** 42)), note: None }"
        );
    }

    #[test]
    fn a_note_is_handed_on_and_never_made_up() {
        let challenge = token_challenge();
        assert_eq!(challenge.note(), Some("canary-note"));
        let session = challenge.session().clone();
        assert_eq!(OtpChallenge::for_session(session).note(), None);
    }

    #[test]
    fn a_recipient_is_made_of_what_it_names() {
        let gsm = Gsm::parse("05550000042").expect("gsm");
        let token = OtpToken::parse("canary-token").expect("token");
        assert_eq!(OtpRecipient::from(gsm), OtpRecipient::Gsm(gsm));
        let recipient = OtpRecipient::from(token.clone());
        assert_eq!(recipient, OtpRecipient::Token(token));
    }

    #[cfg(feature = "serde")]
    mod stored {
        use super::*;

        #[test]
        fn what_is_stored_reads_back() {
            let gsm = Gsm::parse("05550000042").expect("gsm");
            let session = SessionId::parse("s-1").expect("session");
            for challenge in [
                token_challenge(),
                OtpChallenge::for_gsm(session.clone(), gsm),
                OtpChallenge::for_session(session),
            ] {
                let text = serde_json::to_string(&challenge).expect("written");
                let read: OtpChallenge = serde_json::from_str(&text).expect("read");
                assert_eq!(read, challenge);
            }
        }

        #[test]
        fn a_spoiled_store_is_refused_without_quoting_it() {
            for text in [
                r#"{"gsm":"+905550000042"}"#,
                r#"{"session":"canary","gsm":"+905550000042","token":"canary"}"#,
                r#"{"session":"","token":"canary"}"#,
                r#"{"session":"canary","gsm":"canary"}"#,
                r#"{"session":"canary","token":"canary canary"}"#,
                r#"{"session":"canary","tokn":"canary"}"#,
                r#"{"session":"s","canary":"s"}"#,
                r#"{"session":"s","session":"canary"}"#,
                r#"{"session":{"canary":1},"token":"canary"}"#,
                r#"{"session":"canary","note":["canary"]}"#,
                r#"{"session":4711}"#,
                r#"{"session":"canary"#,
                r#""canary""#,
                r#"["canary",4711]"#,
                r#"[["canary"]]"#,
                "4711",
                "null",
                "",
            ] {
                let error = serde_json::from_str::<OtpChallenge>(text).expect_err(text);
                for quoted in ["canary", "4711", "5550000042", "tokn", "Stored"] {
                    assert!(!error.to_string().contains(quoted), "{error}");
                }
            }
        }

        #[test]
        fn what_other_versions_wrote_is_read_or_refused_and_never_guessed() {
            let read = |text| serde_json::from_str::<OtpChallenge>(text);
            let all = r#"{"session":"canary-session","token":"canary-token","note":"canary-note"}"#;
            assert_eq!(read(all).expect("read"), token_challenge());
            assert_eq!(
                serde_json::to_string(&token_challenge()).expect("written"),
                all
            );
            let nothing = r#"{"session":"s","gsm":null,"token":null,"note":null}"#;
            let nobody = OtpChallenge::for_session(SessionId::parse("s").expect("a session"));
            assert_eq!(read(nothing).expect("read"), nobody);
            assert!(read(r#"{"session":"s","email":"musteri@example.com"}"#).is_err());
        }
    }
}
