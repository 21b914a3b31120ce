//! rustls with ring: a whole configuration, handed to reqwest; nothing is installed process-wide.

use std::sync::Arc;

use onay_core::Error;
use reqwest::ClientBuilder;
use rustls::ClientConfig;
use rustls::crypto::{CryptoProvider, ring};
use rustls_platform_verifier::Verifier;

use super::Origin;

/// Without aws-lc-rs, reqwest panics in `build()` where it has to set rustls up itself and finds no
/// process-wide provider. So it is asked to only where it finds one.
pub(super) fn lay_over(builder: ClientBuilder, origin: Origin) -> Result<ClientBuilder, Error> {
    match origin {
        Origin::Ours => Ok(builder.tls_backend_preconfigured(config()?)),
        // A configuration of ours would replace the certificates, the identity and the TLS versions
        // that the caller put into the builder, and nothing can read them out of it. Once installed,
        // a provider stays installed.
        Origin::HandedIn if CryptoProvider::get_default().is_some() => {
            Ok(builder.tls_backend_rustls())
        }
        Origin::HandedIn => Err(Error::config(
            "http_client",
            "is built from a reqwest builder, and with rustls-ring its TLS settings take effect only after the process has installed a rustls provider",
        )),
    }
}

/// What reqwest makes of a builder that holds no settings, with ring.
fn config() -> Result<ClientConfig, Error> {
    let failed = |error: rustls::Error| {
        Error::config("http_client", "could not be built: no TLS to be had").with_source(error)
    };
    let provider = Arc::new(ring::default_provider());
    let verifier = Verifier::new(Arc::clone(&provider)).map_err(failed)?;
    let mut config = ClientConfig::builder_with_provider(provider)
        // 1.2 and 1.3.
        .with_safe_default_protocol_versions()
        .map_err(failed)?
        .dangerous() // Only in name: this verifier asks the platform.
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_is_rings_and_ours() {
        let config = config().expect("a configuration");
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
