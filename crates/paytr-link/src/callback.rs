//! The callback that tells that a link was paid: reads the raw body and verifies its signature.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use onay_core::{Error, ErrorKind, ProviderText, Reason};

use crate::fields::Fields;
use crate::token::Signed;
use crate::{Credentials, PROVIDER, refuse};

/// What a callback has to be answered with: exactly this, in plain text, nothing before or after.
/// Anything else, and PayTR calls again.
pub const CALLBACK_REPLY: &str = "OK";

/// A payment, proven by PayTR's signature.
///
/// Only these four fields are signed. [`unsigned`](Self::unsigned) holds the rest, which any server
/// between PayTR and you could have changed.
///
/// `callback_id` and `merchant_oid` are signed one after the other without anything between them:
/// a callback that was seen once can be sent again with the border shifted (`ORDER10` + `PT1` as
/// `ORDER1` + `0PT1`), and the signature holds. Likewise a callback of the iFrame or Direct API, which
/// has no `callback_id`, can be sent again as a link's. Therefore:
///
/// - deduplicate by [`idempotency_key`](Self::idempotency_key), which does not change with the border,
///   in one place with the `merchant_oid`s of [`IframePayment`](crate::IframePayment)s if you take both;
/// - give all your callback ids the same length, so that no id is the beginning of another;
/// - look the `callback_id` up as one of yours, and compare the amount with what you asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct Payment {
    callback_id: String,
    merchant_oid: String,
    total_amount: u64,
    unsigned: UnsignedFields,
}

impl Payment {
    /// The merchant's own id, as it was given to `create`.
    pub fn callback_id(&self) -> &str {
        &self.callback_id
    }

    /// The key to deduplicate by. PayTR may repeat a callback, and a replay can move the boundary
    /// between the two ids; this key stays the same.
    pub fn idempotency_key(&self) -> String {
        format!("{}{}", self.callback_id, self.merchant_oid)
    }

    /// PayTR's id of the payment.
    pub fn merchant_oid(&self) -> &str {
        &self.merchant_oid
    }

    /// What was paid, in minor units; with instalments that bear interest more than the link's price.
    /// The currency is not signed: it is that of your link.
    pub fn total_amount(&self) -> u64 {
        self.total_amount
    }

    /// What stands in the callback without being signed. Nothing of it can be a reason to ship;
    /// [`test_mode`](UnsignedFields::test_mode) is a reason not to.
    pub fn unsigned(&self) -> &UnsignedFields {
        &self.unsigned
    }
}

impl fmt::Debug for Payment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payment")
            .field("merchant_oid", &self.merchant_oid)
            .field("total_amount", &self.total_amount)
            .finish_non_exhaustive()
    }
}

/// The fields of a callback that no signature covers: they may come from a third party.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnsignedFields {
    payment_amount: Option<ProviderText>,
    payment_type: Option<ProviderText>,
    currency: Option<ProviderText>,
    merchant_id: Option<ProviderText>,
    test_mode: bool,
}

impl UnsignedFields {
    pub(crate) fn take(fields: &mut Fields<'_>) -> Self {
        let mut text = |name| fields.take(name).map(|text| ProviderText::new(&text));
        Self {
            payment_amount: text("payment_amount"),
            payment_type: text("payment_type"),
            currency: text("currency"),
            merchant_id: text("merchant_id"),
            // What is no clear "no" is a test: nothing ships by mistake.
            test_mode: fields
                .take("test_mode")
                .is_some_and(|mode| !matches!(mode.as_str(), "" | "0")),
        }
    }

    /// The amount of the order, in minor units, as text.
    pub fn payment_amount(&self) -> Option<&ProviderText> {
        self.payment_amount.as_ref()
    }

    /// How it was paid, such as `card`.
    pub fn payment_type(&self) -> Option<&ProviderText> {
        self.payment_type.as_ref()
    }

    /// The currency.
    pub fn currency(&self) -> Option<&ProviderText> {
        self.currency.as_ref()
    }

    /// The merchant's id.
    pub fn merchant_id(&self) -> Option<&ProviderText> {
        self.merchant_id.as_ref()
    }

    /// Whether it is a test payment (`test_mode=1`), so that no money came. Anything but nothing
    /// and `0` counts as yes.
    pub fn test_mode(&self) -> bool {
        self.test_mode
    }
}

/// Reads the body of a callback and believes it only if its signature is right. `Ok` means paid.
///
/// The signature is compared in constant time before any field is believed.
///
/// What the handler has to get right (a whole one is in the guide *payment links* of the crate `onay`):
///
/// - **Store the order before its link is created.** A payment of an unknown id is not
///   answered with [`CALLBACK_REPLY`]: PayTR tells it again, and nothing of it is lost.
/// - **PayTR may tell a payment more than once,** and a third party may tell it again for another
///   order: keep the [`idempotency_key`](Payment::idempotency_key)s of all orders in one place, each once (a
///   unique column), written in the same transaction as what they cause. Why the key and not the
///   `merchant_oid` alone is told at [`Payment`].
/// - **A link can be paid twice,** and two links can carry one id: a second key for a paid order is
///   money to give back, not a second parcel.
/// - **Compare the amount** with what you asked for. Less is not a payment of it; more is usual where
///   the customer chose instalments with interest.
/// - **A test payment is signed like a real one:** where real goods ship, a payment with
///   [`test_mode`](UnsignedFields::test_mode) ships none. The field is not signed, so its absence
///   proves nothing; take the shop out of test mode before you sell.
///
/// ```
/// use std::collections::HashSet;
///
/// use onay_paytr_link::{CALLBACK_REPLY, Credentials, verify_callback};
///
/// let credentials = Credentials::parse("123456", "K3yForTests-0001", "S4ltForTests-001")?;
/// let body = "callback_id=ORDER0001&merchant_oid=PT123456789&status=success&total_amount=3456\
///             &hash=k14%2FbsJpS8jmNObpZ%2FRIKnFSauBL57oP6AB%2FHeVVIEA%3D";
/// let mut told = HashSet::new(); // in a shop: a unique column
/// let payment = verify_callback(body.as_bytes(), &credentials)?;
/// assert_eq!(payment.total_amount(), 3456);
/// assert!(told.insert(payment.idempotency_key()), "told for the first time: it was paid");
///
/// // Told again by a third party, for another order.
/// let shifted = body.replace("ORDER0001&merchant_oid=PT", "ORDER000&merchant_oid=1PT");
/// let payment = verify_callback(shifted.as_bytes(), &credentials)?;
/// assert!(!told.insert(payment.idempotency_key()));
/// let reply = CALLBACK_REPLY; // to both
/// # Ok::<(), onay_core::Error>(())
/// ```
///
/// # Errors
///
/// | kind | when |
/// |---|---|
/// | [`InvalidInput`](ErrorKind::InvalidInput) | over 16 KiB; no form but multipart or JSON; a byte order mark before it; a field is missing or there twice; the hash is hex, unpadded or has blanks for its `+`; a callback of the iFrame or Direct API. [`reason`](Error::reason) names which |
/// | [`Credentials`](ErrorKind::Credentials) | the signature is not this merchant's |
/// | [`Refused`](ErrorKind::Refused) | signed, but not a success; the status is the [`provider_text`](Error::provider_text). Answer [`CALLBACK_REPLY`] all the same |
pub fn verify_callback(body: &[u8], credentials: &Credentials) -> Result<Payment, Error> {
    verify(body, credentials).map_err(|error| error.with_provider(PROVIDER))
}

fn verify(body: &[u8], credentials: &Credentials) -> Result<Payment, Error> {
    let mut fields = Fields::parse(body)?;
    let hash = hash(&mut fields)?;
    let has_id = fields.has("callback_id");
    let callback_id = fields.required("callback_id");
    let merchant_oid = fields.required("merchant_oid");
    let status = fields.required("status");
    let total_amount = fields.required("total_amount");
    if let (false, Ok(merchant_oid), Ok(status), Ok(total_amount)) =
        (has_id, &merchant_oid, &status, &total_amount)
    {
        let signed = Signed::IframeCallback {
            merchant_oid,
            status,
            total_amount,
        };
        if credentials.verifies(&signed, &hash) {
            return Err(refuse("callback_id", IFRAME));
        }
    }
    let (callback_id, merchant_oid) = (callback_id?, merchant_oid?);
    let (status, total_amount) = (status?, total_amount?);
    let signed = Signed::Callback {
        callback_id: &callback_id,
        merchant_oid: &merchant_oid,
        status: &status,
        total_amount: &total_amount,
    };
    if !credentials.verifies(&signed, &hash) {
        return Err(foreign());
    }
    // From here on the signed fields are PayTR's own.
    let total_amount = paid(&status, &total_amount)?;
    Ok(Payment {
        callback_id,
        merchant_oid,
        total_amount,
        unsigned: UnsignedFields::take(&mut fields),
    })
}

/// The signature, decoded.
pub(crate) fn hash(fields: &mut Fields<'_>) -> Result<Vec<u8>, Error> {
    let hash = fields.required("hash")?;
    let why = match hash.len() {
        _ if hash.contains(' ') => RAW_PLUS,
        64 if hash.bytes().all(|b| b.is_ascii_hexdigit()) => HEX,
        43 => UNPADDED,
        _ => NO_BASE64,
    };
    let bytes = STANDARD.decode(hash).ok();
    bytes
        .filter(|bytes| bytes.len() == 32)
        .ok_or_else(|| refuse("hash", why))
}

pub(crate) fn foreign() -> Error {
    Error::new(ErrorKind::Credentials).with_reason(FOREIGN)
}

/// The amount of a success in minor units.
pub(crate) fn paid(status: &str, total_amount: &str) -> Result<u64, Error> {
    if status != "success" {
        return Err(Error::new(ErrorKind::Refused)
            .with_provider_text(ProviderText::new(status))
            .with_reason(NO_SUCCESS));
    }
    let is_amount = total_amount.bytes().all(|b| b.is_ascii_digit());
    let amount = total_amount.parse().ok().filter(|_| is_amount);
    amount.ok_or_else(|| refuse("total_amount", NO_AMOUNT))
}

const IFRAME: Reason = Reason::new(
    "paytr_iframe_callback",
    "is missing: this is a callback of the iFrame or Direct API, which verify_iframe_callback reads",
    "yok: bu, iFrame ya da Direkt API bildirimi; onu verify_iframe_callback okur",
);
const FOREIGN: Reason = Reason::new(
    "paytr_callback_foreign",
    "the signature is not this merchant's",
    "imza bu mağazanın değil",
);
const NO_SUCCESS: Reason = Reason::new(
    "paytr_callback_no_success",
    "the payment is no success",
    "ödeme başarılı değil",
);
const NO_AMOUNT: Reason = Reason::new(
    "paytr_callback_amount",
    "is no amount in minor units",
    "kuruş cinsinden bir tutar değil",
);
const RAW_PLUS: Reason = Reason::new(
    "paytr_hash_raw_plus",
    "has blanks where + belongs: the body was not percent-encoded, or was decoded and put together again",
    "+ yerine boşluk içeriyor: gövde yüzde kodlu değil ya da çözülüp yeniden birleştirilmiş",
);
const HEX: Reason = Reason::new(
    "paytr_hash_hex",
    "is hex; PayTR sends base64",
    "onaltılık; PayTR base64 gönderir",
);
const UNPADDED: Reason = Reason::new(
    "paytr_hash_unpadded",
    "is base64 without its padding",
    "sonundaki = olmadan base64",
);
const NO_BASE64: Reason = Reason::new(
    "paytr_hash_no_base64",
    "is no base64 of 32 bytes",
    "32 baytlık base64 değil",
);

#[cfg(test)]
mod tests;
