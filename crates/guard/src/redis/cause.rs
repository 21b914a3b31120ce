//! `Cause` says why Redis refused or failed, without quoting the server.

use std::error::Error as StdError;
use std::sync::Arc;
use std::{fmt, io};

use onay_core::Reason;
use redis::{ErrorKind, RedisError, ServerErrorKind};

use super::rights;
use super::state::STATES;

pub(super) const NO_PASSWORD: &str = "the password callback gave no password";

const NOT_ACCEPTED: Reason = Reason::new(
    "redis_url_not_accepted",
    "is not accepted by the server: its user, password or database",
    "sunucu tarafından kabul edilmedi: kullanıcı, parola ya da veritabanı yanlış",
);
#[cfg(feature = "redis-rustls")]
const NOT_TRUSTED: Reason = Reason::new(
    "redis_ca_not_trusted",
    "does not vouch for the server's certificate, or the certificate is for another host",
    "sunucunun sertifikasını doğrulamıyor ya da sertifika başka bir sunucuya ait",
);
#[cfg(feature = "redis-rustls")]
const CERTIFICATE_WANTED: Reason = Reason::new(
    "redis_client_certificate_wanted",
    "is wanted by the server, and the one that it got, if any, was refused",
    "sunucu tarafından isteniyor; verildiyse kabul edilmedi",
);
const PASSWORD_MISSING: Reason = Reason::new(
    "redis_password_missing",
    "could not be asked for: the callback failed",
    "alınamadı: geri çağırma işlevi hata verdi",
);
const NO_CONNECTION: Reason = Reason::new(
    "redis_no_connection",
    "the guard's Redis takes no connection",
    "korumanın Redis sunucusu bağlantı kabul etmiyor",
);
pub(super) const DOES_NOT_SERVE: Reason = Reason::new(
    "redis_does_not_serve",
    "the guard's Redis does not serve",
    "korumanın Redis sunucusu hizmet vermiyor",
);

/// What a server may say, with nothing of ours in it.
const PLAIN: [&str; 3] = [
    "max number of clients reached",
    "DB index is out of range",
    "unknown command",
];

/// What has to change before Redis does as it is asked.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    /// A setting, by its name.
    Setting(&'static str, Reason),
    /// A command that the user may not run.
    Right(&'static str),
    /// The server, or the network: later may be better.
    Now(Reason),
}

/// A failure of Redis, without the text that came with it: a server quotes what it was sent, a
/// password too, and a certificate that does not fit names the host.
#[derive(Debug)]
pub(super) struct Cause {
    words: String,
    fault: Fault,
}

impl Cause {
    pub(super) fn of(error: &RedisError) -> Self {
        Self {
            words: words(error),
            fault: fault(error),
        }
    }

    pub(super) fn fault(&self) -> Fault {
        self.fault
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

fn fault(error: &RedisError) -> Fault {
    if let Some(error) = io_error(error) {
        return io_fault(error);
    }
    // A server that cannot serve may answer a password with that, too.
    let state = |(code, _): &&(&str, Reason)| {
        error.code() == Some(code) || says(error, &format!("{code} "))
    };
    if let Some((_, reason)) = STATES.iter().find(state) {
        return Fault::Now(*reason);
    }
    if let Some(command) = refused_command(error) {
        return Fault::Right(command);
    }
    let said = error.detail().unwrap_or_default();
    if said.contains("permissions to access") {
        return Fault::Setting("prefix", rights::KEYS_CLOSED);
    }
    let is_kind = matches!(
        error.kind(),
        ErrorKind::AuthenticationFailed
            | ErrorKind::InvalidClientConfig
            | ErrorKind::RESP3NotSupported
            | ErrorKind::Server(ServerErrorKind::NoPerm)
    );
    let is_refused = matches!(error.code(), Some("NOAUTH" | "WRONGPASS"));
    if is_kind || is_refused || says(error, "DB index is out of range") {
        Fault::Setting("redis_url", NOT_ACCEPTED)
    } else {
        Fault::Now(DOES_NOT_SERVE)
    }
}

/// The command of ours that a server quotes as not permitted.
fn refused_command(error: &RedisError) -> Option<&'static str> {
    let said = error.detail()?;
    let (_, rest) = said.split_once("no permissions to run the '")?;
    rights::command(rest.split_once('\'')?.0)
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

#[cfg(feature = "redis-rustls")]
fn tls_error(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref()?.downcast_ref()
}

fn io_fault(error: &io::Error) -> Fault {
    #[cfg(feature = "redis-rustls")]
    match tls_error(error) {
        Some(rustls::Error::InvalidCertificate(_)) => return Fault::Setting("ca", NOT_TRUSTED),
        Some(rustls::Error::AlertReceived(_)) => {
            return Fault::Setting("client_certificate", CERTIFICATE_WANTED);
        }
        _ => {}
    }
    if is_missing_password(error) {
        return Fault::Setting("password", PASSWORD_MISSING);
    }
    Fault::Now(NO_CONNECTION)
}

fn is_missing_password(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Other && error.to_string() == NO_PASSWORD
}

fn io_words(error: &io::Error) -> String {
    if error.raw_os_error().is_some() {
        // The system's own text, which names no host and no file.
        return error.to_string();
    }
    #[cfg(feature = "redis-rustls")]
    match tls_error(error) {
        Some(rustls::Error::InvalidCertificate(_)) => {
            return "the server's certificate is not accepted".to_owned();
        }
        // A fixed name, such as CertificateRequired.
        Some(rustls::Error::AlertReceived(alert)) => {
            return format!("the server ended the TLS handshake: {alert:?}");
        }
        Some(_) => return "the TLS handshake failed".to_owned(),
        None => {}
    }
    if is_missing_password(error) {
        return NO_PASSWORD.to_owned();
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
    fn a_certificate_of_another_host_names_no_host_and_is_a_setting() {
        let name = rustls::pki_types::ServerName::try_from("canary.example.com");
        let error = rustls::CertificateError::NotValidForNameContext {
            expected: name.expect("a name"),
            presented: Vec::new(),
        };
        let error = rustls::Error::InvalidCertificate(error);
        assert!(error.to_string().contains("canary"), "{error}");
        let error = io::Error::new(io::ErrorKind::InvalidData, error);
        let cause = Cause::of(&error.into());
        assert_eq!(
            cause.to_string(),
            "the server's certificate is not accepted"
        );
        assert!(matches!(cause.fault(), Fault::Setting("ca", _)));
        let other = rustls::Error::General("canary".to_owned());
        let error = io::Error::new(io::ErrorKind::InvalidData, other);
        assert_eq!(said(error), "the TLS handshake failed");
    }
}
