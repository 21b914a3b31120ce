//! The form body, byte for byte as the official Python sample writes it.

/// Builds a form body field by field. Letters, digits and `_.-~` stay, a blank becomes `+`, every
/// other byte is written as `%XX`.
#[derive(Debug)]
pub(crate) struct Form(Vec<u8>);

impl Form {
    /// A form that will have about so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    pub(crate) fn field(mut self, name: &str, value: &str) -> Self {
        const HEX: &[u8; 16] = b"0123456789ABCDEF";
        if !self.0.is_empty() {
            self.0.push(b'&');
        }
        // Names are PayTR's own and need no escaping.
        self.0.extend_from_slice(name.as_bytes());
        self.0.push(b'=');
        for byte in value.bytes() {
            match byte {
                b' ' => self.0.push(b'+'),
                b'_' | b'.' | b'-' | b'~' => self.0.push(byte),
                _ if byte.is_ascii_alphanumeric() => self.0.push(byte),
                _ => {
                    let digit = |nibble: u8| HEX.get(usize::from(nibble)).copied().unwrap_or(b'0');
                    self.0.extend([b'%', digit(byte >> 4), digit(byte & 0x0f)]);
                }
            }
        }
        self
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_the_official_sample_writes_them() {
        let form = Form::with_capacity(0)
            .field("a", "Çiçek & co")
            .field("b", "")
            .field("c", "a+b/c=d~e*f!'()")
            .into_bytes();
        assert_eq!(
            String::from_utf8(form).expect("ASCII"),
            "a=%C3%87i%C3%A7ek+%26+co&b=&c=a%2Bb%2Fc%3Dd~e%2Af%21%27%28%29"
        );
    }
}
