//! `FIDELITY` says what is known about PayTR Link and what is assumed, with every number of it.

use std::time::Duration;

use crate::body::Mask;
use crate::fidelity::Row;

/// How long an id is, as in the documented sample `NB2Zlz3`.
pub(super) const ID_LENGTH: usize = 7;

/// How many digits follow `PT` in the number of an order. Assumed.
pub(super) const OID_DIGITS: usize = 12;

/// How many digits a price or a count may have. Assumed.
pub(super) const LONGEST_PRICE: usize = 12;

/// How many characters a callback link may have. Assumed.
pub(super) const LONGEST_CALLBACK_LINK: usize = 2_048;

/// How long a callback that was not answered with `OK` waits before each repetition. Assumed.
pub(super) const REPEATS: &[Duration] = &[
    Duration::from_secs(60),
    Duration::from_secs(5 * 60),
    Duration::from_secs(15 * 60),
    Duration::from_secs(60 * 60),
    Duration::from_secs(6 * 60 * 60),
    Duration::from_secs(24 * 60 * 60),
];

/// What the journal keeps of a callback.
pub(super) const CALLBACK_MASKS: &[(&str, Mask)] = &[
    ("hash", Mask::Hidden),
    ("merchant_oid", Mask::Fingerprint),
    ("status", Mask::Word),
    ("total_amount", Mask::Word),
    ("payment_amount", Mask::Word),
    ("payment_type", Mask::Word),
    ("currency", Mask::Word),
    ("callback_id", Mask::Fingerprint),
    ("merchant_id", Mask::Word),
    ("test_mode", Mask::Word),
];

/// The operations, by their names in the path.
pub(super) const CREATE: &str = "create";
pub(super) const SMS: &str = "send-sms";
pub(super) const EMAIL: &str = "send-email";
pub(super) const DELETE: &str = "delete";

/// The operation that goes the other way.
const CALLBACK: &str = "callback";

const DOCS: &str = "dev.paytr.com/link-api";
const CREATING: &str = "dev.paytr.com/link-api/create";
const DELETING: &str = "dev.paytr.com/link-api/delete";
const SENDING: &str = "dev.paytr.com/link-api/sms-and-email";
const CALLING_BACK: &str = "dev.paytr.com/link-api/callback";

/// Every behaviour of the fake.
pub(super) const FIDELITY: &[Row] = &[
    Row::documented(
        None,
        "Takes forms: `application/x-www-form-urlencoded` and `multipart/form-data`",
        DOCS,
    ),
    Row::documented(
        None,
        "Wants `paytr_token`: base64 of the HMAC-SHA256 by the merchant's key over the posted texts and the salt, in the documented order",
        DOCS,
    ),
    Row::documented(
        None,
        "Answers `status`, which is `success` or `error`, with the text of a refusal in `reason`",
        DOCS,
    ),
    Row::documented(
        None,
        "Refuses what is no link of the merchant with `İşlem başarısız. Geçersiz id.`",
        DOCS,
    ),
    Row::documented(
        Some(CREATE),
        "Wants a name of 4 to 200 characters, a price in minor units, TL, EUR, USD, GBP or RUB, 1 to 12 instalments, a link type, and `tr` or `en`",
        CREATING,
    ),
    Row::documented(
        Some(CREATE),
        "Wants `min_count` of 1 or more for a product, and `email` of at most 100 characters without Turkish letters for a collection",
        CREATING,
    ),
    Row::documented(
        Some(CREATE),
        "Wants `expiry_date` as `YYYY-MM-DD HH:MM:SS`; `callback_link` and `callback_id`, alphanumeric with at most 64 characters, together",
        CREATING,
    ),
    Row::documented(Some(CREATE), "Answers `id` and `link`", CREATING),
    Row::documented(
        Some(CREATE),
        "Answers a QR code of the link as base64 of a PNG where `get_qr` is 1",
        CREATING,
    ),
    Row::documented(
        Some(CREATE),
        "Takes an empty `currency` for TL and an empty `lang` for tr",
        CREATING,
    ),
    Row::assumed(
        Some(CREATE),
        "An empty `currency` or `lang` is signed as empty",
    ),
    Row::documented(
        Some(CREATE),
        "An id is seven letters and digits, upper and lower case being different",
        CREATING,
    ),
    Row::documented(
        Some(SMS),
        "Wants `cell_phone` as 11 digits that start with 05",
        SENDING,
    ),
    Row::documented(
        Some(EMAIL),
        "Wants `email` as an ordinary address of at most 100 characters",
        SENDING,
    ),
    Row::documented(
        Some(DELETE),
        "Takes up to ten ids with commas between them, and answers `success_deletes` and `failed_deletes`",
        DELETING,
    ),
    Row::documented(
        Some(CALLBACK),
        "Posts a form of `hash`, `merchant_oid`, `status`, `total_amount`, `payment_amount`, `payment_type`, `currency`, `callback_id`, `merchant_id` and `test_mode` to `callback_link`, for a payment that succeeded and for no other",
        CALLING_BACK,
    ),
    Row::documented(
        Some(CALLBACK),
        "Signs with the salt between `merchant_oid` and `status`, and takes exactly `OK` for an answer",
        CALLING_BACK,
    ),
    Row::observed(
        None,
        "Answers in JSON with HTTP 200, refusals too, served as `text/html; charset=utf-8`",
        "answers seen by the authors of working clients",
    ),
    Row::observed(
        None,
        "Refuses a wrong or missing token with `paytr_token gonderilmedi veya gecersiz`",
        "the official answer of a sibling API",
    ),
    Row::assumed(
        None,
        "Knows the merchants that were registered, and 100001; every other `merchant_id` is a wrong token",
    ),
    Row::assumed(
        None,
        "Takes a body that is no form, and a method other than POST, for a call without a token; an unknown path is HTTP 404",
    ),
    Row::assumed(
        None,
        "Looks at the path first, then the method, the body, the merchant, the link type, the token, the other fields and the link",
    ),
    Row::assumed(
        None,
        "Writes the text of a refusal into `err_msg` too, where the official samples look for it",
    ),
    Row::assumed(
        None,
        "Says which field is wrong in a Turkish sentence of its own",
    ),
    Row::assumed(
        None,
        "Takes the last of a field that comes twice, an absent field for an empty one, and ignores fields that it does not know",
    ),
    Row::assumed(
        None,
        "Explains errors with any `debug_on`, which may be 0, 1 or left out",
    ),
    Row::assumed(
        None,
        "Refuses a link that was deleted or has expired like one that never was",
    ),
    Row::assumed(
        None,
        "A refusal that a fault asks for: the code in `err_no`, which PayTR documents as optional without naming any, and `İşlem başarısız.`; an unknown code is 9999",
    ),
    Row::assumed(
        None,
        "Dates every answer with the virtual time, in the `Date` header",
    ),
    Row::assumed(
        Some(CREATE),
        "Reads `expiry_date` as Istanbul time, and wants it in the future",
    ),
    Row::assumed(
        Some(CREATE),
        "Takes prices and counts of at most 12 digits, a `callback_link` of at most 2,048 characters, and one on loopback with any port, which PayTR refuses",
    ),
    Row::assumed(
        Some(CREATE),
        "Answers the QR code in `base64_qr`, and asks nothing of the length of `expiry_date` ahead",
    ),
    Row::assumed(
        Some(SMS),
        "Sends as often as it is asked, also a link that was paid; the text of the message",
    ),
    Row::assumed(
        Some(EMAIL),
        "Sends as often as it is asked, also a link that was paid; the text of the message",
    ),
    Row::assumed(
        Some(EMAIL),
        "Takes letters beyond ASCII before the `@`, since only a collection's `email` is documented to have none; the domain is ASCII",
    ),
    Row::assumed(None, "Takes doubled slashes in a path for single ones"),
    Row::assumed(
        Some(DELETE),
        "Answers lists of ids; a call in which no id could be deleted is an error, with both lists",
    ),
    Row::assumed(
        Some(CALLBACK),
        "A payment is the price once; a product can be paid `max_count` times, or without end where that is empty, and a collection once",
    ),
    Row::assumed(
        Some(CALLBACK),
        "Names the order by PT and 12 digits, pays by `card`, and `payment_amount` is `total_amount`",
    ),
    Row::assumed(
        Some(CALLBACK),
        "Waits 10 seconds for the answer, and wants HTTP 200 too; the sandbox posts to http on loopback, and to hosts that it was started with",
    ),
    Row::assumed(
        Some(CALLBACK),
        "Is repeated until the answer is exactly `OK`, on the virtual clock: after 1, 5 and 15 minutes and 1, 6 and 24 hours more; PayTR documents that it may come more than once, and no schedule",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callbacks::post::PATIENCE;

    #[test]
    fn the_rows_name_the_numbers_that_are_used() {
        let named = |text: &str| FIDELITY.iter().any(|row| row.behaviour.contains(text));
        assert!(named(&format!("{} seconds", PATIENCE.as_secs())));
        assert!(named(&format!("PT and {OID_DIGITS} digits")));
        assert!(named(&format!("at most {LONGEST_PRICE} digits")));
        assert_eq!((ID_LENGTH, LONGEST_CALLBACK_LINK), (7, 2_048));
        let minutes: Vec<_> = REPEATS.iter().map(|it| it.as_secs() / 60).collect();
        assert_eq!(minutes, [1, 5, 15, 60, 360, 1_440]);
        assert!(named("after 1, 5 and 15 minutes and 1, 6 and 24 hours"));
        assert!(named("seven letters and digits") && named("2,048 characters"));
    }
}
