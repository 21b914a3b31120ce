//! The callback of PayTR's iFrame and Direct API: signed by the same key, without a callback id.

use onay_core::Error;

use crate::callback::{UnsignedFields, foreign, hash, paid};
use crate::fields::Fields;
use crate::token::Signed;
use crate::{Credentials, PROVIDER};

/// A payment by iFrame or Direct API, proven by PayTR's signature.
///
/// Its [`merchant_oid`](Self::merchant_oid) is your own order number and the key to deduplicate by.
///
/// A shop that takes links too keeps these keys in one place with those of its links
/// ([`Payment::idempotency_key`](crate::Payment::idempotency_key)): a link's callback without its
/// `callback_id`, both ids put together, carries a valid signature as one of these, and the other way
/// round. The key is the same in both forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IframePayment {
    merchant_oid: String,
    total_amount: u64,
    unsigned: UnsignedFields,
}

impl IframePayment {
    /// The merchant's own order number.
    pub fn merchant_oid(&self) -> &str {
        &self.merchant_oid
    }

    /// What was paid, in minor units. The currency is not signed.
    pub fn total_amount(&self) -> u64 {
        self.total_amount
    }

    /// The fields that no signature covers.
    pub fn unsigned(&self) -> &UnsignedFields {
        &self.unsigned
    }
}

/// Reads the body of a callback of the iFrame or Direct API and believes it only if its signature is
/// right. `Ok` means paid. Answer with [`CALLBACK_REPLY`](crate::CALLBACK_REPLY), as to a link's.
///
/// ```
/// use onay_paytr_link::{Credentials, verify_iframe_callback};
///
/// let credentials = Credentials::parse("123456", "K3yForTests-0001", "S4ltForTests-001")?;
/// let error = verify_iframe_callback(b"merchant_oid=1&status=success", &credentials).unwrap_err();
/// assert_eq!(error.to_string(), "paytr-link: invalid input: hash is missing or empty");
/// # Ok::<(), onay_core::Error>(())
/// ```
///
/// # Errors
///
/// As [`verify_callback`](crate::verify_callback).
pub fn verify_iframe_callback(
    body: &[u8],
    credentials: &Credentials,
) -> Result<IframePayment, Error> {
    verify(body, credentials).map_err(|error| error.with_provider(PROVIDER))
}

fn verify(body: &[u8], credentials: &Credentials) -> Result<IframePayment, Error> {
    let mut fields = Fields::parse(body)?;
    let hash = hash(&mut fields)?;
    let merchant_oid = fields.required("merchant_oid")?;
    let status = fields.required("status")?;
    let total_amount = fields.required("total_amount")?;
    let signed = Signed::IframeCallback {
        merchant_oid: &merchant_oid,
        status: &status,
        total_amount: &total_amount,
    };
    if !credentials.verifies(&signed, &hash) {
        return Err(foreign());
    }
    Ok(IframePayment {
        total_amount: paid(&status, &total_amount)?,
        merchant_oid,
        unsigned: UnsignedFields::take(&mut fields),
    })
}
