//! What a challenge looks like when it is written down.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{OtpChallenge, OtpRecipient};
use crate::{Error, Gsm, OtpToken, SessionId};

// A later version may write a recipient that this one does not know. That is nobody's challenge, and
// not one for nobody: so no field is passed over.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    session: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gsm: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl From<&OtpChallenge> for Stored {
    fn from(challenge: &OtpChallenge) -> Self {
        Self {
            session: challenge.session.reveal().to_owned(),
            gsm: challenge.gsm().map(|gsm| gsm.e164().to_owned()),
            token: challenge.token().map(|token| token.reveal().to_owned()),
            note: challenge.note.clone(),
        }
    }
}

// By hand, because a derived impl says in no documentation that it wants the feature.
impl Serialize for OtpChallenge {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Stored::from(self).serialize(serializer)
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
        let recipient = match (&stored.gsm, &stored.token) {
            (Some(gsm), None) => OtpRecipient::Gsm(Gsm::parse(gsm)?),
            (None, Some(token)) => OtpRecipient::Token(OtpToken::parse(token)?),
            (None, None) => OtpRecipient::Nobody,
            (Some(_), Some(_)) => {
                let why = "names a number and a token: one will do";
                return Err(Error::invalid_input("challenge", why));
            }
        };
        let mut challenge = Self::new(SessionId::parse(&stored.session)?, recipient);
        challenge.note = stored.note;
        Ok(challenge)
    }
}
