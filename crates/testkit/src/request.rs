//! A request as it came over the socket, byte for byte.

use tokio::io::{AsyncRead, AsyncReadExt};

/// A request that was received whole.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedRequest {
    /// The first line: `POST /v1/card/send_otp HTTP/1.1`.
    pub line: String,
    /// The headers in the order they came, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl ReceivedRequest {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(given, _)| given == name)?;
        Some(&found.1)
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Reads one request. `None` when the connection ended before it was whole.
    pub(crate) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<Self> {
        let mut bytes = Vec::new();
        let mut buffer = [0; 4096];
        let head_end = loop {
            if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
                break end;
            }
            fill(stream, &mut bytes, &mut buffer).await?;
        };
        let head = String::from_utf8_lossy(bytes.get(..head_end)?).into_owned();
        let mut lines = head.split("\r\n");
        let line = lines.next()?.to_owned();
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let length = headers
            .iter()
            .find(|(name, _)| name == "content-length")
            .map_or(0, |(_, value)| value.parse().expect("a number"));
        let whole = head_end + 4 + length;
        while bytes.len() < whole {
            fill(stream, &mut bytes, &mut buffer).await?;
        }
        let body = bytes.get(head_end + 4..whole)?.to_vec();
        Some(Self {
            line,
            headers,
            body,
        })
    }
}

async fn fill(
    stream: &mut (impl AsyncRead + Unpin),
    bytes: &mut Vec<u8>,
    buffer: &mut [u8],
) -> Option<()> {
    let read = stream.read(buffer).await.ok().filter(|read| *read > 0)?;
    bytes.extend_from_slice(buffer.get(..read)?);
    Some(())
}
