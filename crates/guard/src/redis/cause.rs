//! Why Redis did not do as it was asked, in words that quote nobody.

use std::error::Error as StdError;
use std::sync::Arc;
use std::{fmt, io};

use redis::{ErrorKind, RedisError, ServerErrorKind};

/// What a server may say of itself, and nothing of ours is in it.
const PLAIN: [&str; 3] = [
    "max number of clients reached",
    "DB index is out of range",
    "unknown command",
];

/// A failure of Redis, without the text that came with it: a server quotes what it was sent, a
/// password too, and a certificate that does not fit names the host.
#[derive(Debug)]
pub(super) struct Cause {
    words: String,
    is_of_settings: bool,
}

impl Cause {
    pub(super) fn of(error: &RedisError) -> Self {
        Self {
            words: words(error),
            is_of_settings: is_of_settings(error),
        }
    }

    /// Whether the address is at fault, however well Redis does: another user, password or database
    /// would be needed.
    pub(super) fn is_of_settings(&self) -> bool {
        self.is_of_settings
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl StdError for Cause {}

fn words(error: &RedisError) -> String {
    if let Some(error) = io_error(error) {
        return io_words(error);
    }
    let plain = PLAIN.iter().find(|plain| says(error, plain));
    match (error.code().filter(|code| is_code(code)), plain) {
        (Some(code), Some(plain)) => format!("the server answered {code}: {plain}"),
        (Some(code), None) => format!("the server answered {code}"),
        (None, Some(plain)) => (*plain).to_owned(),
        (None, None) => error.category().to_owned(),
    }
}

fn is_of_settings(error: &RedisError) -> bool {
    let is_kind = matches!(
        error.kind(),
        ErrorKind::AuthenticationFailed
            | ErrorKind::InvalidClientConfig
            | ErrorKind::RESP3NotSupported
            | ErrorKind::Server(ServerErrorKind::NoPerm)
    );
    let is_refused = matches!(error.code(), Some("NOAUTH" | "WRONGPASS"));
    is_kind || is_refused || says(error, "DB index is out of range")
}

fn says(error: &RedisError, plain: &str) -> bool {
    let said = error.detail().unwrap_or_default();
    said.trim_start_matches("ERR ").starts_with(plain)
}

/// A code is the server's own word, such as `OOM`.
fn is_code(code: &str) -> bool {
    code.len() <= 20 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn io_error(error: &RedisError) -> Option<&io::Error> {
    let source = error.source()?;
    let shared = source.downcast_ref::<Arc<dyn StdError + Send + Sync>>()?;
    shared.downcast_ref()
}

fn io_words(error: &io::Error) -> String {
    if error.raw_os_error().is_some() {
        // The system's own text, which names no host and no file.
        return error.to_string();
    }
    #[cfg(feature = "redis-rustls")]
    {
        let inner = error.get_ref();
        match inner.and_then(|inner| inner.downcast_ref()) {
            Some(rustls::Error::InvalidCertificate(_)) => {
                return "the server's certificate is not accepted".to_owned();
            }
            Some(_) => return "the TLS handshake failed".to_owned(),
            None => {}
        }
    }
    // std has no kind for it.
    let is_unknown = error.to_string().starts_with("failed to lookup address");
    if is_unknown {
        return "the host name is unknown".to_owned();
    }
    error.kind().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(error: impl Into<RedisError>) -> String {
        Cause::of(&error.into()).to_string()
    }

    #[test]
    fn what_the_system_and_the_library_say_stays_and_what_a_server_quotes_does_not() {
        let refused = io::Error::from_raw_os_error(111);
        assert_eq!(said(refused), io::Error::from_raw_os_error(111).to_string());
        let late = io::Error::new(io::ErrorKind::TimedOut, "canary");
        assert_eq!(said(late), "timed out");
        let quoted = "unknown command 'HELLO', with args beginning with: 'canary'";
        let kind = ErrorKind::Server(ServerErrorKind::ResponseError);
        let error = (kind, "canary-free", quoted.to_owned());
        assert_eq!(said(error), "the server answered ERR: unknown command");
        let error = (
            ErrorKind::AuthenticationFailed,
            "fixed",
            "canary".to_owned(),
        );
        assert_eq!(said(error), "authentication failed");
    }

    #[cfg(feature = "redis-rustls")]
    #[test]
    fn a_certificate_of_somebody_else_names_no_host() {
        let name = rustls::pki_types::ServerName::try_from("canary.example.com");
        let error = rustls::CertificateError::NotValidForNameContext {
            expected: name.expect("a name"),
            presented: Vec::new(),
        };
        let error = rustls::Error::InvalidCertificate(error);
        assert!(error.to_string().contains("canary"), "{error}");
        let error = io::Error::new(io::ErrorKind::InvalidData, error);
        assert_eq!(said(error), "the server's certificate is not accepted");
        let other = rustls::Error::General("canary".to_owned());
        let error = io::Error::new(io::ErrorKind::InvalidData, other);
        assert_eq!(said(error), "the TLS handshake failed");
    }
}
