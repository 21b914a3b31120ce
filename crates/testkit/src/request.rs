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
}

/// Reads the requests of one connection, one after another.
#[derive(Debug, Default)]
pub(crate) struct RequestReader {
    /// What was received and belongs to no request yet.
    bytes: Vec<u8>,
}

impl RequestReader {
    /// Whether bytes of the next request are here already.
    pub(crate) fn has_begun(&self) -> bool {
        !self.bytes.is_empty()
    }

    /// Waits for the first byte of the next request. `None` when the connection ended before.
    pub(crate) async fn begin(&mut self, stream: &mut (impl AsyncRead + Unpin)) -> Option<()> {
        if self.has_begun() {
            return Some(());
        }
        self.fill(stream).await
    }

    /// Waits for so many bytes of the next request.
    pub(crate) async fn part_of_head(
        &mut self,
        stream: &mut (impl AsyncRead + Unpin),
        length: usize,
    ) -> Option<()> {
        while self.bytes.len() < length {
            self.fill(stream).await?;
        }
        Some(())
    }

    /// Waits for the head of the next request and so many bytes of its body.
    pub(crate) async fn part_of_body(
        &mut self,
        stream: &mut (impl AsyncRead + Unpin),
        length: usize,
    ) -> Option<()> {
        self.until(stream, b"\r\n\r\n").await?;
        self.exactly(stream, length).await?;
        Some(())
    }

    /// The next request. `None` when the connection ended before it was whole.
    pub(crate) async fn next(
        &mut self,
        stream: &mut (impl AsyncRead + Unpin),
    ) -> Option<ReceivedRequest> {
        let head = self.until(stream, b"\r\n\r\n").await?;
        let head = String::from_utf8_lossy(&head).into_owned();
        let mut lines = head.split("\r\n");
        let line = lines.next()?.to_owned();
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let mut request = ReceivedRequest {
            line,
            headers,
            body: Vec::new(),
        };
        let is_chunked = request
            .header("transfer-encoding")
            .is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"));
        request.body = if is_chunked {
            self.chunks(stream).await?
        } else {
            let length = request.header("content-length").unwrap_or("0");
            self.exactly(stream, length.parse().ok()?).await?
        };
        Some(request)
    }

    async fn chunks(&mut self, stream: &mut (impl AsyncRead + Unpin)) -> Option<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let size = self.until(stream, b"\r\n").await?;
            let size = String::from_utf8_lossy(&size).into_owned();
            let size = size.split(';').next().unwrap_or_default().trim();
            let size = usize::from_str_radix(size, 16).ok()?;
            body.extend(self.exactly(stream, size).await?);
            // The end of the chunk; behind the last one, of the trailers, of which there are none.
            self.until(stream, b"\r\n").await?;
            if size == 0 {
                return Some(body);
            }
        }
    }

    /// Everything before `end`, which is taken away with it.
    async fn until(
        &mut self,
        stream: &mut (impl AsyncRead + Unpin),
        end: &[u8],
    ) -> Option<Vec<u8>> {
        loop {
            let found = self.bytes.windows(end.len()).position(|part| part == end);
            if let Some(length) = found {
                let taken = self.bytes.drain(..length + end.len());
                return Some(taken.take(length).collect());
            }
            self.fill(stream).await?;
        }
    }

    async fn exactly(
        &mut self,
        stream: &mut (impl AsyncRead + Unpin),
        length: usize,
    ) -> Option<Vec<u8>> {
        self.part_of_head(stream, length).await?;
        Some(self.bytes.drain(..length).collect())
    }

    async fn fill(&mut self, stream: &mut (impl AsyncRead + Unpin)) -> Option<()> {
        let mut buffer = [0; 4096];
        let read = stream.read(&mut buffer).await.ok()?;
        self.bytes.extend_from_slice(buffer.get(..read)?);
        (read > 0).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(mut bytes: &[u8]) -> Vec<(String, String)> {
        let mut reader = RequestReader::default();
        let mut requests = Vec::new();
        while let Some(request) = reader.next(&mut bytes).await {
            requests.push((request.line.clone(), request.text()));
        }
        requests
    }

    #[tokio::test]
    async fn requests_in_one_stream_are_told_apart() {
        let both = b"POST /a HTTP/1.1\r\nContent-Length: 2\r\n\r\nhiPOST /b HTTP/1.1\r\n\r\n";
        let read = read(both).await;
        assert_eq!(read.len(), 2, "{read:?}");
        assert_eq!(read.first().map(|(_, body)| body.as_str()), Some("hi"));
    }

    #[tokio::test]
    async fn chunks_are_one_body() {
        let chunked = b"POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n\
            2\r\nhi\r\nA;x=1\r\n0123456789\r\n0\r\n\r\nPOST /b HTTP/1.1\r\n\r\n";
        let read = read(chunked).await;
        assert_eq!(read.len(), 2, "{read:?}");
        let body = read.first().map(|(_, body)| body.as_str());
        assert_eq!(body, Some("hi0123456789"));
    }

    #[tokio::test]
    async fn half_a_request_is_none() {
        for half in [
            &b"POST /a HT"[..],
            b"POST /a HTTP/1.1\r\nContent-Length: 9\r\n\r\nhi",
            b"POST /a HTTP/1.1\r\nContent-Length: x\r\n\r\nhi",
            b"POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhi",
        ] {
            assert_eq!(read(half).await, []);
        }
    }
}
