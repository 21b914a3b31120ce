//! rustls with ring: a whole configuration, handed to reqwest; nothing is installed process-wide.

use std::sync::Arc;

use onay_core::{Error, Reason};
use reqwest::ClientBuilder;
use rustls::crypto::{CryptoProvider, ring};
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use super::{Origin, Trust};

const NO_PROVIDER: Reason = Reason::new(
    "no_rustls_provider",
    "is built from a reqwest builder, and with rustls-ring its TLS settings take effect only after the process has installed a rustls provider",
    "bir reqwest builder ile kuruluyor; rustls-ring ile TLS ayarları ancak süreç bir rustls sağlayıcısı kurduktan sonra geçerli olur",
);
const NO_TLS: Reason = Reason::new(
    "no_tls",
    "could not be built: TLS cannot be set up",
    "kurulamadı: TLS ayarlanamıyor",
);

/// Without aws-lc-rs, reqwest panics in `build()` where it has to set rustls up itself and finds no
/// process-wide provider. So it is asked to only where it finds one.
pub(super) fn lay_over(
    builder: ClientBuilder,
    origin: Origin,
    trust: Trust,
) -> Result<ClientBuilder, Error> {
    match origin {
        Origin::Ours => Ok(builder.tls_backend_preconfigured(config(trust)?)),
        // A configuration of ours would replace the certificates, the identity and the TLS versions
        // that the caller put into the builder, and nothing can read them out of it. Once installed,
        // a provider stays installed.
        Origin::HandedIn if CryptoProvider::get_default().is_some() => {
            Ok(builder.tls_backend_rustls())
        }
        Origin::HandedIn => Err(Error::config("http_client", NO_PROVIDER)),
    }
}

/// What reqwest makes of a builder that holds no settings, with ring.
fn config(trust: Trust) -> Result<ClientConfig, Error> {
    let failed = |error: rustls::Error| {
        let reason = super::missing_store(&error).unwrap_or(NO_TLS);
        Error::config("http_client", reason).with_source(error)
    };
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        // 1.2 and 1.3.
        .with_safe_default_protocol_versions()
        .map_err(failed)?;
    let mut config = match trust {
        Trust::System => {
            let verifier = Verifier::new(provider).map_err(failed)?;
            builder
                .dangerous() // Only in name: this verifier asks the platform.
                .with_custom_certificate_verifier(Arc::new(verifier))
        }
        Trust::Bundled => builder.with_root_certificates(bundled()),
        Trust::Nothing => builder.with_root_certificates(RootCertStore::empty()),
    }
    .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// The roots of the feature `bundled-roots`, or none without it.
fn bundled() -> RootCertStore {
    #[cfg_attr(
        not(feature = "bundled-roots"),
        expect(unused_mut, reason = "nothing to add")
    )]
    let mut store = RootCertStore::empty();
    #[cfg(feature = "bundled-roots")]
    store.add_parsable_certificates(webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().cloned());
    store
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_is_rings_and_ours() {
        let config = config(Trust::System).expect("a configuration");
        let provider = config.crypto_provider();
        assert_eq!(
            format!("{provider:?}"),
            format!("{:?}", ring::default_provider())
        );
        assert_eq!(format!("{:?}", provider.key_provider), "Ring");
        assert_eq!(config.alpn_protocols, [b"http/1.1"]);
        assert!(config.enable_sni);
    }
}
