//! The fields of a form body, read strictly: what can be read in two ways is not read at all.

use std::collections::BTreeMap;

use onay_core::Error;

/// A callback has a few hundred bytes.
const MOST_BYTES: usize = 16 * 1024;
const MOST_FIELDS: usize = 64;

/// What the signature covers, and the signature.
const DECIDING: [&str; 5] = [
    "hash",
    "callback_id",
    "merchant_oid",
    "status",
    "total_amount",
];

/// Every field that the page names.
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

/// The fields of a form; each that is known, there once.
#[derive(Debug)]
pub(crate) struct Fields(BTreeMap<String, String>);

impl Fields {
    pub(crate) fn parse(body: &[u8]) -> Result<Self, Error> {
        let refuse = |why| Err(Error::invalid_input("body", why));
        if body.len() > MOST_BYTES {
            return refuse("is longer than 16 KiB");
        }
        let mut fields = BTreeMap::new();
        for (count, pair) in body.split(|byte| *byte == b'&').enumerate() {
            if count == MOST_FIELDS {
                return refuse("has more than 64 fields");
            }
            let mut parts = pair.splitn(2, |byte| *byte == b'=');
            let name = decoded(parts.next().unwrap_or_default());
            let value = decoded(parts.next().unwrap_or_default());
            let (Some(name), Some(value)) = (name, value) else {
                return refuse("holds bad percent-encoding");
            };
            let name = String::from_utf8_lossy(&name).into_owned();
            // What decides must be readable in one way; the rest must not hide a payment.
            let value = match String::from_utf8(value) {
                Ok(value) => value,
                Err(_) if DECIDING.contains(&name.as_str()) => {
                    return refuse("holds what is not UTF-8");
                }
                Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
            };
            let is_known = KNOWN.contains(&name.as_str());
            if fields.insert(name, value).is_some() && is_known {
                return refuse("holds a field twice");
            }
        }
        Ok(Self(fields))
    }

    /// A field that has to be there, and not empty.
    pub(crate) fn required(&mut self, name: &'static str) -> Result<String, Error> {
        let value = self.take(name).filter(|value| !value.is_empty());
        value.ok_or_else(|| Error::invalid_input(name, "is missing or empty"))
    }

    pub(crate) fn take(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)
    }
}

/// Undoes `+` and `%XX`. `None` where that cannot be done in one way alone.
fn decoded(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => nibble(*rest.next()?)? << 4 | nibble(*rest.next()?)?,
            byte => *byte,
        });
    }
    Some(bytes)
}

fn nibble(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_or_refused() {
        let mut fields = Fields::parse(b"a=1&b=%C3%A7+%2B&c=&&d").expect("fields");
        assert_eq!(fields.take("a").as_deref(), Some("1"));
        assert_eq!(fields.take("b").as_deref(), Some("ç +"));
        assert!(fields.required("c").is_err());
        assert!(fields.required("d").is_err());
        for body in [
            "a=%",
            "a=%4",
            "a=%zz",
            "a=%+1",
            "status=%FF",
            "status=1&%73tatus=2",
            "currency=1&currency=1",
        ] {
            Fields::parse(body.as_bytes()).expect_err(body);
        }
        Fields::parse(b"a=%FF&b=1&b=2").expect("nothing that decides");
        let long = vec![b'a'; MOST_BYTES + 1];
        Fields::parse(&long).expect_err("long");
        Fields::parse(&[b'a'; 16_384]).expect("as long as one may be");
        let many: Vec<String> = (0..=MOST_FIELDS).map(|n| format!("f{n}=1")).collect();
        Fields::parse(many.join("&").as_bytes()).expect_err("many");
    }
}
