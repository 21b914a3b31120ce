//! The fields of a form body, read strictly: what can be read in two ways is not read at all.

use std::collections::BTreeMap;

use onay_core::Error;

/// A callback has a few hundred bytes.
const MOST_BYTES: usize = 16 * 1024;
const MOST_FIELDS: usize = 64;

/// The fields of a form, each there once.
#[derive(Debug)]
pub(crate) struct Fields(BTreeMap<String, String>);

impl Fields {
    pub(crate) fn parse(body: &[u8]) -> Result<Self, Error> {
        let refuse = |why| Err(Error::invalid_input("body", why));
        if body.len() > MOST_BYTES {
            return refuse("is longer than 16 KiB");
        }
        let mut fields = BTreeMap::new();
        for pair in body
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty())
        {
            let mut parts = pair.splitn(2, |byte| *byte == b'=');
            let name = decoded(parts.next().unwrap_or_default());
            let value = decoded(parts.next().unwrap_or_default());
            let (Some(name), Some(value)) = (name, value) else {
                return refuse("holds bad percent-encoding or what is not UTF-8");
            };
            if fields.len() == MOST_FIELDS {
                return refuse("has more than 64 fields");
            }
            if fields.insert(name, value).is_some() {
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
fn decoded(text: &[u8]) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => nibble(*rest.next()?)? << 4 | nibble(*rest.next()?)?,
            byte => *byte,
        });
    }
    String::from_utf8(bytes).ok()
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
            "a=%FF",
            "%41=1&A=2",
            "a=1&a=1",
        ] {
            Fields::parse(body.as_bytes()).expect_err(body);
        }
        let long = vec![b'a'; MOST_BYTES + 1];
        Fields::parse(&long).expect_err("long");
        let many: Vec<String> = (0..=MOST_FIELDS).map(|n| format!("f{n}=1")).collect();
        Fields::parse(many.join("&").as_bytes()).expect_err("many");
    }
}
