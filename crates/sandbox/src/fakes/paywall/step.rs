//! `step` links an account, sends a code again or verifies one, within a session.

use jiff::Timestamp;

use super::fidelity::LIFETIME;
use super::identifier::{self, guid, reference_number};
use super::otps::{Otps, Sent, TokenProblem};
use super::request::Asked;
use super::response::{Response, Step};
use super::session::Entered;
use crate::fake::Outgoing;

/// What the documented sample says to a customer whose bank sends the code.
const CODE_SENT: &str =
    "Telefonunuza gelen tek kullanımlık şifreyi girerek kart doğrulama işlemini tamamlayınız";

/// What is said of the right code. Assumed.
const VERIFIED: &str = "İşlem başarılı.";

/// Who issued the card of every account. Assumed.
const CARD_ISSUER: &str = "TEST";

/// The card of every account, which no real one can be. Assumed.
const MASKED_PAN: &str = "000000******0042";

/// What a fault has Masterpass say where a code is checked. Assumed.
const ANOTHER_CODE: &str = "Yeni bir tek kullanımlık şifre gönderildi.";

/// What a fault has Masterpass say where a code is to be sent again. Assumed.
const WANTS_3D: &str = "3D Secure doğrulaması gerekiyor.";

/// A step within a session, which may have been renewed for it.
pub(super) fn step(
    otps: &mut Otps,
    entered: &Entered,
    asked: &Asked<'_>,
    now: Timestamp,
    rotates: bool,
) -> Result<(Response, Option<Outgoing>), TokenProblem> {
    let mut message = None;
    let mut deliver = |sent: &Sent, what| message = Some(sms(entered, sent, what));
    let step = match *asked {
        Asked::Resend { token } if rotates => Step::Resent {
            token: otps.rotate(entered.customer, token, now)?,
            retrieval_reference_number: reference_number(&mut otps.identifiers),
            response_code: "5010",
            description: WANTS_3D,
        },
        Asked::Verify { token, .. } if rotates => {
            let sent = otps.send_another(entered.customer, token, now)?;
            deliver(&sent, "yeni onay kodunuz");
            Step::Verified {
                retrieval_reference_number: reference_number(&mut otps.identifiers),
                is_verified: false,
                url3d: (),
                url3d_success: (),
                url3d_fail: (),
                card_unique_number: None,
                token: sent.token,
                response_code: "5001",
                description: ANOTHER_CODE,
            }
        }
        Asked::Link => {
            let sent = otps.start(entered.customer, now);
            deliver(&sent, "onay kodunuz");
            Step::Linked {
                retrieval_reference_number: reference_number(&mut otps.identifiers),
                response_code: "5001",
                description: CODE_SENT,
                token: sent.token,
                card_issuer_name: CARD_ISSUER,
                masked_pan: MASKED_PAN,
            }
        }
        Asked::Resend { token } => {
            let sent = otps.resend(entered.customer, token, now)?;
            deliver(&sent, "yeni onay kodunuz");
            Step::Resent {
                token: sent.token,
                retrieval_reference_number: reference_number(&mut otps.identifiers),
                response_code: "5001",
                description: CODE_SENT,
            }
        }
        Asked::Verify {
            token,
            code,
            for_link,
        } => {
            otps.verify(entered.customer, token, code, for_link, now)?;
            Step::Verified {
                retrieval_reference_number: reference_number(&mut otps.identifiers),
                is_verified: true,
                url3d: (),
                url3d_success: (),
                url3d_fail: (),
                card_unique_number: Some(identifier::token(&mut otps.identifiers)),
                token: identifier::token(&mut otps.identifiers),
                response_code: "0000",
                description: VERIFIED,
            }
        }
    };
    let correlation_id = guid(&mut otps.identifiers);
    Ok((Response::stepped(entered, step, correlation_id), message))
}

fn sms(entered: &Entered, sent: &Sent, what: &str) -> Outgoing {
    let to = entered.customer.phone.to_string();
    Outgoing::sms(to, sms_text(what, &sent.code))
        .with_otp(sent.code.clone())
        .expiring(sent.expires_at.into())
}

fn sms_text(what: &str, code: &str) -> String {
    let minutes = LIFETIME.as_secs() / 60;
    format!(
        "Masterpass hesabınızı bağlamak için {what}: {code}. \
         Kod {minutes} dakika geçerlidir, kimseyle paylaşmayınız."
    )
}
