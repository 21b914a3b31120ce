//! The server's side of TLS, with certificates that one authority of this process signs.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, SanType};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::connection::serve as serve_http1;
use crate::seen::Seen;
use crate::stream::{AnyStream, end};
use crate::{Behaviour, End, http2};

/// The certificate of the authority that signs for all servers of this process, in PEM. A client
/// under test has to trust it, and nothing else.
pub fn certificate_authority() -> &'static str {
    static PEM: OnceLock<String> = OnceLock::new();
    PEM.get_or_init(|| authority().pem())
}

fn authority() -> &'static CertifiedIssuer<'static, KeyPair> {
    static AUTHORITY: OnceLock<CertifiedIssuer<'static, KeyPair>> = OnceLock::new();
    AUTHORITY.get_or_init(new_authority)
}

fn new_authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut parameters = CertificateParams::default();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    // OpenSSL takes a certificate for self-signed where its issuer has its own name.
    let name = &mut parameters.distinguished_name;
    name.push(DnType::CommonName, "Onay test authority");
    let key = KeyPair::generate().expect("a key");
    CertifiedIssuer::self_signed(parameters, key).expect("an authority")
}

/// A server at this address, with a certificate that this authority signs.
fn acceptor(
    address: IpAddr,
    authority: &CertifiedIssuer<'static, KeyPair>,
    protocols: &[&[u8]],
) -> TlsAcceptor {
    let mut parameters = CertificateParams::default();
    parameters.subject_alt_names = vec![SanType::IpAddress(address)];
    let key = KeyPair::generate().expect("a key");
    let certificate = parameters.signed_by(&key, authority);
    let chain = vec![certificate.expect("a certificate").der().clone()];
    let private = PrivateKeyDer::try_from(key.serialize_der()).expect("a private key");
    // Named, so that nothing is installed for the whole process.
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("protocol versions")
        .with_no_client_auth()
        .with_single_cert(chain, private)
        .expect("a server's configuration");
    config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    TlsAcceptor::from(Arc::new(config))
}

/// Says something else where the handshake should be.
pub(crate) async fn say(mut stream: AnyStream, words: &[u8]) -> Option<AnyStream> {
    // It does not matter what the client says: the words are the same.
    let mut hello = [0; 1024];
    let _ = stream.read(&mut hello).await;
    let _ = stream.write_all(words).await;
    end(stream, End::Close).await
}

/// One connection, from the handshake on. What it gives back is to be held open.
pub(crate) async fn serve(stream: TcpStream, number: usize, seen: &Seen) -> Option<AnyStream> {
    const HTTP1: &[u8] = b"http/1.1";
    let behaviour = seen.peek();
    let address = stream.local_addr().ok()?.ip();
    let acceptor = match &behaviour {
        Behaviour::Stranger => acceptor(address, &new_authority(), &[HTTP1]),
        Behaviour::Http2(..) => acceptor(address, authority(), &[b"h2", HTTP1]),
        _ => acceptor(address, authority(), &[HTTP1]),
    };
    let stream = acceptor.accept(stream).await.ok()?;
    let speaks_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    let stream: AnyStream = Box::new(stream);
    match behaviour {
        Behaviour::Http2(lie, _) if speaks_http2 => http2::serve(stream, lie, seen).await,
        _ => serve_http1(stream, number, seen).await,
    }
}
