//! A challenge as it is stored between two requests.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::OtpChallenge;
use crate::{EmailAddress, Error, OtpToken, PhoneNumber, Reason, Recipient, SessionId};

const FIRST_EDITION: Reason = Reason::new(
    "challenge_first_edition",
    "was stored by an earlier version: begin a new session",
    "önceki bir sürüm tarafından kaydedilmiş: yeni bir oturum başlatın",
);

// A later version may write a field that this one does not know. What it says is not passed over.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    session: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recipient: Option<StoredRecipient>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    provider: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    /// Only the first edition wrote these two.
    #[serde(default, skip_serializing)]
    gsm: Option<de::IgnoredAny>,
    #[serde(default, skip_serializing)]
    note: Option<de::IgnoredAny>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredRecipient {
    Phone(String),
    Email(String),
}

// Not derived, because the documentation of a derived impl does not name the feature.
impl Serialize for OtpChallenge {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let stored = Stored {
            session: self.session.expose().to_owned(),
            recipient: self.recipient.as_ref().map(|recipient| match recipient {
                Recipient::Phone(phone) => StoredRecipient::Phone(phone.e164().to_owned()),
                Recipient::Email(address) => StoredRecipient::Email(address.as_str().to_owned()),
            }),
            token: self.token.as_ref().map(|token| token.expose().to_owned()),
            provider: self.provider().map(str::to_owned),
            state: self.state().map(str::to_owned),
            gsm: None,
            note: None,
        };
        stored.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for OtpChallenge {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // serde's own errors quote what they could not read.
        let unreadable = |_| de::Error::custom("not a stored OtpChallenge");
        let stored = Stored::deserialize(deserializer).map_err(unreadable)?;
        Self::try_from(stored).map_err(de::Error::custom)
    }
}

impl TryFrom<Stored> for OtpChallenge {
    type Error = Error;

    fn try_from(stored: Stored) -> Result<Self, Error> {
        if stored.gsm.is_some() || stored.note.is_some() {
            return Err(Error::invalid_input("challenge", FIRST_EDITION));
        }
        let mut challenge = Self::new(SessionId::parse(&stored.session)?);
        challenge.recipient = match stored.recipient {
            Some(StoredRecipient::Phone(phone)) => Some(PhoneNumber::parse(&phone)?.into()),
            Some(StoredRecipient::Email(address)) => Some(EmailAddress::parse(&address)?.into()),
            None => None,
        };
        challenge.token = stored.token.as_deref().map(OtpToken::parse).transpose()?;
        challenge.provider = stored.provider.map(Into::into);
        Ok(match stored.state {
            Some(state) => challenge.with_state(state),
            None => challenge,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn challenge() -> OtpChallenge {
        OtpChallenge::new(SessionId::parse("s-1").expect("a session"))
    }

    fn read(text: &str) -> Result<OtpChallenge, serde_json::Error> {
        serde_json::from_str(text)
    }

    #[test]
    fn what_is_stored_reads_back_without_the_caller() {
        let phone = PhoneNumber::parse("+49 151 00000042").expect("a phone number");
        let address = EmailAddress::parse("musteri@example.com").expect("an address");
        let token = OtpToken::parse("t-1").expect("a token");
        let state = r#"{"a":1}"#;
        let acme = challenge().with_provider("acme").with_state(state);
        for (challenge, stored) in [
            (challenge(), r#"{"session":"s-1"}"#),
            (
                challenge().with_recipient(phone).with_token(token),
                r#"{"session":"s-1","recipient":{"phone":"+4915100000042"},"token":"t-1"}"#,
            ),
            (
                acme.with_recipient(address),
                r#"{"session":"s-1","recipient":{"email":"musteri@example.com"},"provider":"acme","state":"{\"a\":1}"}"#,
            ),
        ] {
            let called = challenge.clone().for_caller("203.0.113.7");
            assert_eq!(serde_json::to_string(&called).expect("written"), stored);
            assert_eq!(read(stored).expect("read"), challenge);
        }
    }

    #[test]
    fn what_the_first_edition_stored_is_a_clear_error() {
        for text in [
            r#"{"session":"canary","gsm":"+905550000042"}"#,
            r#"{"session":"canary","token":"canary","note":"canary"}"#,
        ] {
            let error = read(text).expect_err(text).to_string();
            assert!(error.contains("stored by an earlier version"), "{error}");
            assert!(!error.contains("canary"), "{error}");
        }
    }

    #[test]
    fn a_spoiled_store_is_refused_without_quoting_it() {
        for text in [
            r#"{"recipient":{"phone":"+905550000042"}}"#,
            r#"{"session":"","token":"canary"}"#,
            r#"{"session":"canary","recipient":{"phone":"canary"}}"#,
            r#"{"session":"canary","recipient":{"email":"canary"}}"#,
            r#"{"session":"canary","recipient":{"fax":"canary"}}"#,
            r#"{"session":"canary","recipient":"canary"}"#,
            r#"{"session":"canary","token":"canary canary"}"#,
            r#"{"session":"canary","tokn":"canary"}"#,
            r#"{"session":"canary","caller":"canary"}"#,
            r#"{"session":"s","session":"canary"}"#,
            r#"{"session":{"canary":1},"token":"canary"}"#,
            r#"{"session":"canary","state":["canary"]}"#,
            r#"{"session":4711}"#,
            r#"{"session":"canary"#,
            r#""canary""#,
            r#"["canary",4711]"#,
            "4711",
            "null",
            "",
        ] {
            let error = read(text).expect_err(text);
            for quoted in ["canary", "4711", "5550000042", "tokn", "Stored"] {
                assert!(!error.to_string().contains(quoted), "{error}");
            }
        }
    }
}
