//! `Cause` says why Redis refused or failed, without quoting the server.

use std::error::Error as StdError;
use std::sync::Arc;
use std::{fmt, io};

use onay_core::Reason;
use redis::{ErrorKind, RedisError, ServerErrorKind};

use super::rights;

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

/// The codes by which a server names a state that passes, and what each means.
#[rustfmt::skip]
const STATES: [(&str, Reason); 7] = [
    ("LOADING", Reason::new("redis_loading", "the guard's Redis is loading its data",
        "korumanın Redis sunucusu verilerini yüklüyor")),
    ("OOM", Reason::new("redis_full", "the guard's Redis has no memory left",
        "korumanın Redis sunucusunda bellek kalmadı")),
    ("MISCONF", Reason::new("redis_cannot_save", "the guard's Redis takes no writes, because it cannot save them",
        "korumanın Redis sunucusu kaydedemediği için yazma kabul etmiyor")),
    ("READONLY", Reason::new("redis_read_only", "the guard's Redis is a replica, which takes no writes",
        "korumanın Redis sunucusu bir kopya, yazma kabul etmiyor")),
    ("NOREPLICAS", Reason::new("redis_no_replicas", "the guard's Redis takes no writes, because too few replicas are there",
        "korumanın Redis sunucusu, yeterli kopya olmadığı için yazma kabul etmiyor")),
    ("BUSY", Reason::new("redis_busy", "the guard's Redis is busy with a script",
        "korumanın Redis sunucusu bir betikle meşgul")),
    ("CLUSTERDOWN", Reason::new("redis_cluster_down", "the guard's Redis cluster does not serve all slots",
        "korumanın Redis kümesi tüm yuvalara hizmet veremiyor")),
];

const NO_DATABASE: &str = "DB index is out of range";
/// What a server may say, with nothing of ours in it.
const PLAIN: [&str; 3] = [
    "max number of clients reached",
    NO_DATABASE,
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
    pub(super) fault: Fault,
}

impl Cause {
    pub(super) fn of(error: &RedisError) -> Self {
        let source = error.source();
        let shared =
            source.and_then(|source| source.downcast_ref::<Arc<dyn StdError + Send + Sync>>());
        let (words, fault) = match shared.and_then(|shared| shared.downcast_ref()) {
            Some(error) => of_network(error),
            None => of_server(error),
        };
        Self { words, fault }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl StdError for Cause {}

/// Whether the server refused user and password.
pub(super) fn is_login_refused(error: &RedisError) -> bool {
    error.kind() == ErrorKind::AuthenticationFailed
        || matches!(error.code(), Some("NOAUTH" | "WRONGPASS"))
}

fn of_server(error: &RedisError) -> (String, Fault) {
    let said = error
        .detail()
        .unwrap_or_default()
        .trim_start_matches("ERR ");
    let plain = PLAIN.iter().find(|plain| said.starts_with(**plain));
    // A code is the server's own word, such as `OOM`.
    let is_code =
        |code: &&str| code.len() <= 20 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    let words = match (error.code().filter(is_code), plain) {
        (Some(code), Some(plain)) => format!("the server answered {code}: {plain}"),
        (Some(code), None) => format!("the server answered {code}"),
        (None, Some(plain)) => (*plain).to_owned(),
        (None, None) => error.category().to_owned(),
    };
    // A server that cannot serve may answer a password with that, too.
    let state = STATES.iter().find(|(code, _)| {
        let behind = said.strip_prefix(code);
        error.code() == Some(code) || behind.is_some_and(|rest| rest.starts_with(' '))
    });
    let refused = said.split_once("no permissions to run the '");
    let refused = refused.and_then(|(_, rest)| rights::command(rest.split_once('\'')?.0));
    let is_setting = matches!(
        error.kind(),
        ErrorKind::InvalidClientConfig
            | ErrorKind::RESP3NotSupported
            | ErrorKind::Server(ServerErrorKind::NoPerm)
    );
    let fault = if let Some((_, reason)) = state {
        Fault::Now(*reason)
    } else if let Some(command) = refused {
        Fault::Right(command)
    } else if said.contains("permissions to access") {
        Fault::Setting("prefix", rights::KEYS_CLOSED)
    } else if is_setting || is_login_refused(error) || said.starts_with(NO_DATABASE) {
        Fault::Setting("redis_url", NOT_ACCEPTED)
    } else {
        Fault::Now(DOES_NOT_SERVE)
    };
    (words, fault)
}

fn of_network(error: &io::Error) -> (String, Fault) {
    #[cfg(feature = "redis-rustls")]
    if let Some(error) = error.get_ref().and_then(|error| error.downcast_ref()) {
        return of_tls(error);
    }
    let text = error.to_string();
    let away = Fault::Now(NO_CONNECTION);
    if text == NO_PASSWORD {
        (text, Fault::Setting("password", PASSWORD_MISSING))
    } else if error.raw_os_error().is_some() {
        // The system's own text, which names no host and no file.
        (text, away)
    } else if text.starts_with("failed to lookup address") {
        // std has no kind for it.
        ("the host name is unknown".to_owned(), away)
    } else {
        (error.kind().to_string(), away)
    }
}

#[cfg(feature = "redis-rustls")]
fn of_tls(error: &rustls::Error) -> (String, Fault) {
    match error {
        rustls::Error::InvalidCertificate(_) => (
            "the server's certificate is not accepted".to_owned(),
            Fault::Setting("ca", NOT_TRUSTED),
        ),
        // A fixed name, such as CertificateRequired.
        rustls::Error::AlertReceived(alert) => (
            format!("the server ended the TLS handshake: {alert:?}"),
            Fault::Setting("client_certificate", CERTIFICATE_WANTED),
        ),
        _ => (
            "the TLS handshake failed".to_owned(),
            Fault::Now(NO_CONNECTION),
        ),
    }
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
        assert!(matches!(cause.fault, Fault::Setting("ca", _)));
        let other = rustls::Error::General("canary".to_owned());
        let error = io::Error::new(io::ErrorKind::InvalidData, other);
        assert_eq!(said(error), "the TLS handshake failed");
    }
}
