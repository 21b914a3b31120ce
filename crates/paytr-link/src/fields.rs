//! The fields of a callback's body: each that is known, there once.

use std::borrow::Cow;
use std::collections::BTreeMap;

use onay_core::{Error, Reason};

use crate::refuse;

/// A callback has a few hundred bytes.
const MOST_BYTES: usize = 16 * 1024;
const MOST_FIELDS: usize = 64;

/// Every field that PayTR's documentation names.
const KNOWN: [&str; 10] = [
    "hash",
    "callback_id",
    "merchant_oid",
    "status",
    "total_amount",
    "payment_amount",
    "payment_type",
    "currency",
    "merchant_id",
    "test_mode",
];

/// Of UTF-8 and UTF-16: an editor or a shell that saved the body in a file may have written one.
const BYTE_ORDER_MARKS: [&[u8]; 3] = [b"\xEF\xBB\xBF", b"\xFF\xFE", b"\xFE\xFF"];

const TOO_LONG: Reason = Reason::new(
    "paytr_body_too_long",
    "is longer than 16 KiB",
    "16 KiB'den uzun",
);
const TOO_MANY: Reason = Reason::new(
    "paytr_body_fields",
    "has more than 64 fields",
    "64'ten fazla alan içeriyor",
);
const TWICE: Reason = Reason::new(
    "paytr_field_twice",
    "holds a field twice",
    "bir alanı iki kez içeriyor",
);
const MULTIPART: Reason = Reason::new(
    "paytr_body_multipart",
    "is multipart, but PayTR posts a form: hand over the body as it came",
    "multipart, oysa PayTR form gönderir: gövdeyi geldiği gibi verin",
);
const JSON: Reason = Reason::new(
    "paytr_body_json",
    "is JSON, but PayTR posts a form: hand over the body as it came",
    "JSON, oysa PayTR form gönderir: gövdeyi geldiği gibi verin",
);
const BYTE_ORDER_MARK: Reason = Reason::new(
    "paytr_body_byte_order_mark",
    "begins with a byte order mark, which PayTR does not write: hand over the body as it came",
    "bayt sırası işaretiyle (BOM) başlıyor, oysa PayTR bunu yazmaz: gövdeyi geldiği gibi verin",
);
const MISSING: Reason = Reason::new(
    "paytr_field_missing",
    "is missing or empty",
    "eksik ya da boş",
);

/// The fields of a form.
#[derive(Debug)]
pub(crate) struct Fields<'a>(BTreeMap<Cow<'a, str>, Cow<'a, str>>);

impl<'a> Fields<'a> {
    pub(crate) fn parse(body: &'a [u8]) -> Result<Self, Error> {
        let no = |why| Err(refuse("body", why));
        if body.len() > MOST_BYTES {
            return no(TOO_LONG);
        }
        if BYTE_ORDER_MARKS.iter().any(|mark| body.starts_with(mark)) {
            return no(BYTE_ORDER_MARK);
        }
        let start = body.trim_ascii_start();
        if start.starts_with(b"{") || start.starts_with(b"[") {
            return no(JSON);
        }
        if start.starts_with(b"--") {
            return no(MULTIPART);
        }
        let mut fields = BTreeMap::new();
        for (count, (name, value)) in form_urlencoded::parse(body).enumerate() {
            if count == MOST_FIELDS {
                return no(TOO_MANY);
            }
            let is_known = KNOWN.contains(&name.as_ref());
            if fields.insert(name, value).is_some() && is_known {
                return no(TWICE);
            }
        }
        Ok(Self(fields))
    }

    /// A field that has to be there, and not empty.
    pub(crate) fn required(&mut self, name: &'static str) -> Result<String, Error> {
        let value = self.take(name).filter(|value| !value.is_empty());
        value.ok_or_else(|| refuse(name, MISSING))
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(crate) fn take(&mut self, name: &str) -> Option<String> {
        self.0.remove(name).map(Cow::into_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(body: &[u8]) -> Option<Reason> {
        Fields::parse(body).expect_err("refused").reason()
    }

    #[test]
    fn fields_are_read_or_refused() {
        let mut fields = Fields::parse(b"a=1&b=%C3%A7+%2B&c=&&d").expect("fields");
        assert_eq!(fields.take("a").as_deref(), Some("1"));
        assert_eq!(fields.take("b").as_deref(), Some("ç +"));
        assert!(fields.required("c").is_err());
        assert!(fields.required("d").is_err());
        for body in ["status=1&%73tatus=2", "currency=1&currency=1"] {
            assert_eq!(refused(body.as_bytes()), Some(TWICE), "{body}");
        }
        Fields::parse(b"a=%FF&b=1&b=2").expect("nothing that decides");
        assert_eq!(refused(&vec![b'a'; MOST_BYTES + 1]), Some(TOO_LONG));
        Fields::parse(&[b'a'; 16_384]).expect("as long as one may be");
        let many: Vec<String> = (0..=MOST_FIELDS).map(|n| format!("f{n}=1")).collect();
        assert_eq!(refused(many.join("&").as_bytes()), Some(TOO_MANY));
    }

    #[test]
    fn what_is_no_form_is_named() {
        assert_eq!(refused(br#" {"hash":"a"}"#), Some(JSON));
        for body in [
            &b"\xEF\xBB\xBFhash=a"[..],
            b"\xFF\xFEh\0=\0",
            b"\xFE\xFF\0h\0=",
        ] {
            assert_eq!(refused(body), Some(BYTE_ORDER_MARK));
        }
        let multipart = b"--x\r\nContent-Disposition: form-data; name=\"hash\"\r\n\r\na\r\n--x--";
        assert_eq!(refused(multipart), Some(MULTIPART));
    }
}
