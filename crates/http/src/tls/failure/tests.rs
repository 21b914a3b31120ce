//! Each failure of TLS gets the reason that helps.

use std::io;

use super::*;

#[cfg(any(feature = "rustls", feature = "rustls-ring"))]
#[test]
#[rustfmt::skip]
fn failures_of_rustls_are_told_apart() {
    use rustls::{AlertDescription as Alert, CertificateError, Error, PeerIncompatible};

    for (failure, expected) in [
        (Error::AlertReceived(Alert::HandshakeFailure), NO_COMMON_CIPHER),
        (Error::AlertReceived(Alert::ProtocolVersion), OLD_VERSION),
        (Error::PeerIncompatible(PeerIncompatible::ServerDoesNotSupportTls12Or13), OLD_VERSION),
        (Error::InvalidCertificate(CertificateError::UnknownIssuer), UNTRUSTED),
        (Error::InvalidCertificate(CertificateError::Expired), INVALID),
        (Error::InvalidCertificate(CertificateError::BadSignature), UNTRUSTED),
        (Error::AlertReceived(Alert::InternalError), FAILED),
        (Error::DecryptError, FAILED),
    ] {
        let shown = failure.to_string();
        // As it comes: inside two I/O errors.
        let error = io::Error::other(io::Error::other(failure));
        assert_eq!(reason(&error), Some(expected), "{shown}");
    }
    assert_eq!(reason(&io::Error::other("connection refused")), None);
}

#[test]
fn a_missing_store_is_named_with_what_to_install() {
    let error = io::Error::other("No CA certificates were loaded from the system");
    let reason = missing_store(&error).expect("a reason");
    for text in [reason.english(), reason.turkish()] {
        assert!(text.contains("ca-certificates") && text.contains("SSL_CERT_FILE"));
    }
    assert_eq!(missing_store(&io::Error::other("another")), None);
}
