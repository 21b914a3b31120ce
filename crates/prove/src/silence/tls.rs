//! A TLS server that says yes to every call.

use std::net::SocketAddr;
use std::sync::Arc;

use reqwest::Certificate;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use super::Failed;
use crate::every_call::Call;

/// For `localhost`, with a certificate of its own.
pub(super) struct TlsServer {
    address: SocketAddr,
    certificate: Vec<u8>,
    task: JoinHandle<()>,
}

impl TlsServer {
    pub(super) async fn start() -> Result<Self, Failed> {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der())?;
        // Named, so that nothing is installed for the whole process.
        let provider = Arc::new(aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)?;
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if let Ok(mut stream) = acceptor.accept(stream).await {
                    // A client that is gone shows as a failed call.
                    if let Some(answer) = answer(&mut stream).await {
                        let _ = stream.write_all(answer.as_bytes()).await;
                        let _ = stream.shutdown().await;
                    }
                }
            }
        });
        Ok(Self {
            address,
            certificate: made.cert.der().to_vec(),
            task,
        })
    }

    pub(super) fn url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }

    pub(super) fn certificate(&self) -> reqwest::Result<Certificate> {
        Certificate::from_der(&self.certificate)
    }
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The yes to whatever call this is, once its head and some of its body are there.
async fn answer(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !is_whole(&request) {
        let read = stream.read(&mut buffer).await.ok()?;
        request.extend_from_slice(buffer.get(..read).filter(|read| !read.is_empty())?);
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let call = Call::ALL
        .into_iter()
        .find(|call| request.contains(&format!("{} HTTP", call.path())))?;
    let body = call.yes();
    let length = body.len();
    Some(format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    ))
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.split("content-length: ").nth(1);
    let length = length.and_then(|rest| rest.lines().next()?.trim().parse().ok());
    length.is_some_and(|length: usize| body.len() >= length)
}
