//! Which TLS is spoken: what this crate's features name, not those of other crates in the tree.

#[cfg(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"))]
mod failure;
#[cfg(all(feature = "rustls-ring", not(feature = "rustls")))]
mod ring;

use onay_core::Error;
use reqwest::ClientBuilder;

#[cfg(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"))]
pub(crate) use failure::{missing_store, reason};

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

/// Whose certificates a client of ours trusts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Trust {
    /// The system's.
    System,
    /// Those that are compiled in.
    Bundled,
    /// None: for plain http, which needs no certificate store.
    Nothing,
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
pub(crate) fn lay_over(
    builder: ClientBuilder,
    origin: Origin,
    trust: Trust,
) -> Result<ClientBuilder, Error> {
    // A builder that was handed in keeps its own oldest version: it may say 1.3.
    #[cfg(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"))]
    let builder = match origin {
        Origin::Ours => builder.tls_version_min(reqwest::tls::Version::TLS_1_2),
        Origin::HandedIn => builder,
    };

    #[cfg(feature = "rustls")]
    let builder = builder.tls_backend_rustls();
    #[cfg(all(feature = "rustls-ring", not(feature = "rustls")))]
    let builder = ring::lay_over(builder, origin, trust)?;
    #[cfg(all(
        feature = "native-tls",
        not(any(feature = "rustls", feature = "rustls-ring"))
    ))]
    let builder = builder.tls_backend_native();

    // With ring the configuration that was laid over holds them already.
    #[cfg(any(
        feature = "rustls",
        all(feature = "native-tls", not(feature = "rustls-ring"))
    ))]
    let builder = trusting(builder, origin, trust);

    #[cfg(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"))]
    let builder = builder
        .tls_danger_accept_invalid_certs(false)
        .tls_danger_accept_invalid_hostnames(false);
    #[cfg(not(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls")))]
    let _ = (origin, trust);
    Ok(builder)
}

#[cfg(any(
    feature = "rustls",
    all(feature = "native-tls", not(feature = "rustls-ring"))
))]
fn trusting(builder: ClientBuilder, origin: Origin, trust: Trust) -> ClientBuilder {
    match (origin, trust) {
        // OpenSSL does not say that it found no store, so what is compiled in comes beside it.
        (Origin::Ours, Trust::System) if !cfg!(feature = "rustls") => {
            builder.tls_certs_merge(bundled())
        }
        (Origin::HandedIn, _) | (_, Trust::System) => builder,
        (Origin::Ours, Trust::Bundled) => builder.tls_certs_only(bundled()),
        (Origin::Ours, Trust::Nothing) => builder.tls_certs_only([]),
    }
}

/// The roots of the feature `bundled-roots`, or none without it.
#[cfg(any(
    feature = "rustls",
    all(feature = "native-tls", not(feature = "rustls-ring"))
))]
fn bundled() -> Vec<reqwest::Certificate> {
    #[cfg(feature = "bundled-roots")]
    let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS;
    #[cfg(not(feature = "bundled-roots"))]
    let roots: [&[u8]; 0] = [];
    roots
        .iter()
        .filter_map(|root| reqwest::Certificate::from_der(root).ok())
        .collect()
}

#[cfg(not(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls")))]
mod none {
    use std::error::Error;

    use onay_core::Reason;

    /// Nothing that fails is TLS.
    pub(crate) fn reason(_: &(dyn Error + 'static)) -> Option<Reason> {
        None
    }

    pub(crate) use self::reason as missing_store;
}
#[cfg(not(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls")))]
pub(crate) use none::{missing_store, reason};
