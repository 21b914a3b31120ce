//! Which TLS is spoken: what this crate's features name, whatever else is in the tree.

#[cfg(all(feature = "rustls-ring", not(feature = "rustls")))]
mod ring;

use onay_core::Error;
use reqwest::ClientBuilder;

/// Whether there is any.
pub(crate) const ON: bool = cfg!(any(
    feature = "rustls",
    feature = "rustls-ring",
    feature = "native-tls"
));

/// Who made the builder that the rules are laid over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Origin {
    Ours,
    HandedIn,
}

/// Names the backend, which reqwest would choose by what is in the tree, and switches every check
/// of a certificate on.
#[cfg_attr(
    not(all(feature = "rustls-ring", not(feature = "rustls"))),
    expect(
        clippy::unnecessary_wraps,
        reason = "rustls-ring is the one that can fail"
    )
)]
pub(crate) fn lay_over(builder: ClientBuilder, origin: Origin) -> Result<ClientBuilder, Error> {
    // A builder that was handed in keeps its own oldest version: it may say 1.3.
    #[cfg(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"))]
    let builder = match origin {
        Origin::Ours => builder.tls_version_min(reqwest::tls::Version::TLS_1_2),
        Origin::HandedIn => builder,
    };

    #[cfg(feature = "rustls")]
    let builder = builder.tls_backend_rustls();
    #[cfg(all(feature = "rustls-ring", not(feature = "rustls")))]
    let builder = ring::lay_over(builder, origin)?;
    #[cfg(all(
        feature = "native-tls",
        not(any(feature = "rustls", feature = "rustls-ring"))
    ))]
    let builder = builder.tls_backend_native();

    #[cfg(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"))]
    let builder = builder
        .tls_danger_accept_invalid_certs(false)
        .tls_danger_accept_invalid_hostnames(false);
    #[cfg(not(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls")))]
    let _ = origin;
    Ok(builder)
}
