//! Why TLS failed, as far as a merchant can do something about it.

use std::error::Error as StdError;

use onay_core::Reason;

use crate::cause::chain;

const NO_STORE: Reason = Reason::new(
    "no_certificate_store",
    "finds no certificate store on this machine: install ca-certificates, or name one with SSL_CERT_FILE",
    "bu makinede sertifika deposu bulamıyor: ca-certificates paketini kurun ya da SSL_CERT_FILE ile bir depo gösterin",
);
const NO_COMMON_CIPHER: Reason = Reason::new(
    "no_common_cipher",
    "no TLS cipher in common: a server with CBC suites alone needs the feature native-tls",
    "ortak bir TLS şifreleme takımı yok: yalnızca CBC kullanan bir sunucu için native-tls özelliği gerekir",
);
const OLD_VERSION: Reason = Reason::new(
    "old_tls",
    "the server's TLS is older than 1.2: none is spoken here unless a reqwest builder that allows it is handed in",
    "sunucunun TLS sürümü 1.2'den eski: buna izin veren bir reqwest builder verilmedikçe kullanılmaz",
);
const UNTRUSTED: Reason = Reason::new(
    "untrusted_certificate",
    "the server's certificate is none that this machine trusts",
    "bu makine sunucunun sertifikasına güvenmiyor",
);
const INVALID: Reason = Reason::new(
    "invalid_certificate",
    "the server's certificate is not valid: expired, or for another name",
    "sunucunun sertifikası geçersiz: süresi dolmuş ya da başka bir ad için verilmiş",
);
const FAILED: Reason = Reason::new("tls_failed", "TLS failed", "TLS bağlantısı kurulamadı");

/// Whether a client could not be built because there is no certificate store.
pub(crate) fn missing_store(error: &(dyn StdError + 'static)) -> Option<Reason> {
    // The verifier has no type of its own for it.
    let is_missing = chain(error).any(|cause| cause.to_string().contains("No CA certificates"));
    is_missing.then_some(NO_STORE)
}

/// Why a handshake failed, where TLS it was.
pub(crate) fn reason(error: &(dyn StdError + 'static)) -> Option<Reason> {
    chain(error)
        .find_map(by_rustls)
        .or_else(|| by_openssl(error))
}

#[cfg(any(feature = "rustls", feature = "rustls-ring"))]
fn by_rustls(error: &(dyn StdError + 'static)) -> Option<Reason> {
    use rustls::{
        AlertDescription as Alert, CertificateError as Certificate, Error, PeerIncompatible,
    };

    Some(match error.downcast_ref::<Error>()? {
        Error::AlertReceived(Alert::HandshakeFailure | Alert::InsufficientSecurity)
        | Error::PeerIncompatible(PeerIncompatible::NoCipherSuitesInCommon) => NO_COMMON_CIPHER,
        Error::AlertReceived(Alert::ProtocolVersion)
        | Error::PeerIncompatible(
            PeerIncompatible::ServerDoesNotSupportTls12Or13
            | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
        ) => OLD_VERSION,
        Error::InvalidCertificate(
            Certificate::Expired
            | Certificate::ExpiredContext { .. }
            | Certificate::NotValidYet
            | Certificate::NotValidYetContext { .. }
            | Certificate::NotValidForName
            | Certificate::NotValidForNameContext { .. },
        ) => INVALID,
        Error::InvalidCertificate(_) => UNTRUSTED,
        _ => FAILED,
    })
}

#[cfg(not(any(feature = "rustls", feature = "rustls-ring")))]
fn by_rustls(_: &(dyn StdError + 'static)) -> Option<Reason> {
    None
}

/// The platform's libraries name their errors in texts alone.
fn by_openssl(error: &(dyn StdError + 'static)) -> Option<Reason> {
    if !cfg!(feature = "native-tls") {
        return None;
    }
    let texts: Vec<String> = chain(error).map(ToString::to_string).collect();
    let says = |words: &str| texts.iter().any(|text| text.contains(words));
    Some(if says("has expired") || says("ostname mismatch") {
        INVALID
    } else if says("certificate verify failed") {
        UNTRUSTED
    } else if says("unsupported protocol") || says("protocol version") {
        OLD_VERSION
    } else if says("handshake failure") {
        NO_COMMON_CIPHER
    } else if says("SSL routines") {
        FAILED
    } else {
        return None;
    })
}

#[cfg(test)]
mod tests;
