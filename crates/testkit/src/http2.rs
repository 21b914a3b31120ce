//! The server's side of HTTP/2, frame by frame, so that it can break where a library would not.

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::seen::Seen;
use crate::stream::{AnyStream, end};
use crate::{End, ReceivedRequest};

const PREFACE: usize = 24;

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;

const END_STREAM: u8 = 1;
const ACK: u8 = 1;

/// How an HTTP/2 server breaks off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Http2Lie {
    /// `RST_STREAM` with `REFUSED_STREAM`: "not processed", says the server that has read it all.
    RefusedStream,
    /// `RST_STREAM` with `CANCEL`.
    Cancel,
    /// `GOAWAY` before it reads anything.
    GoAwayBefore,
    /// `GOAWAY` after the request, with a last stream before it: "not processed".
    GoAwayWithout,
    /// `GOAWAY` after the request, with the request's stream as the last, and no answer.
    GoAwayWith,
}

impl Http2Lie {
    fn frame(self, stream: u32) -> Vec<u8> {
        let go_away = |last: u32| {
            let no_error = 0_u32;
            frame(
                GOAWAY,
                0,
                0,
                &[last.to_be_bytes(), no_error.to_be_bytes()].concat(),
            )
        };
        match self {
            Self::RefusedStream => frame(RST_STREAM, 0, stream, &7_u32.to_be_bytes()),
            Self::Cancel => frame(RST_STREAM, 0, stream, &8_u32.to_be_bytes()),
            Self::GoAwayBefore | Self::GoAwayWithout => go_away(0),
            Self::GoAwayWith => go_away(stream),
        }
    }
}

/// Serves one connection. What it gives back is held open, and not read any more.
pub(crate) async fn serve(mut stream: AnyStream, lie: Http2Lie, seen: &Seen) -> Option<AnyStream> {
    let mut preface = [0; PREFACE];
    stream.read_exact(&mut preface).await.ok()?;
    stream.write_all(&frame(SETTINGS, 0, 0, &[])).await.ok()?;
    if matches!(lie, Http2Lie::GoAwayBefore) {
        stream.write_all(&lie.frame(0)).await.ok()?;
        return Some(stream);
    }
    let mut body = Vec::new();
    loop {
        let (kind, flags, id, payload) = read(&mut stream).await?;
        match kind {
            SETTINGS | PING if flags & ACK == 0 => {
                let kept = if kind == PING {
                    payload.as_slice()
                } else {
                    &[]
                };
                stream.write_all(&frame(kind, ACK, 0, kept)).await.ok()?;
            }
            DATA => body.extend_from_slice(&payload),
            _ => {}
        }
        if matches!(kind, DATA | HEADERS) && flags & END_STREAM != 0 {
            seen.add(ReceivedRequest {
                // Compressed, and of no interest.
                line: "HTTP/2".to_owned(),
                headers: Vec::new(),
                body: std::mem::take(&mut body),
            });
            stream.write_all(&lie.frame(id)).await.ok()?;
            // No frame says that there will be no answer: only the end of the connection does.
            if lie == Http2Lie::GoAwayWith {
                return end(stream, End::Close).await;
            }
        }
    }
}

async fn read(stream: &mut AnyStream) -> Option<(u8, u8, u32, Vec<u8>)> {
    let mut length = [0; 4];
    let (_, low) = length.split_at_mut(1);
    stream.read_exact(low).await.ok()?;
    let kind = stream.read_u8().await.ok()?;
    let flags = stream.read_u8().await.ok()?;
    let id = stream.read_u32().await.ok()?;
    let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
    let mut payload = vec![0; length];
    stream.read_exact(&mut payload).await.ok()?;
    Some((kind, flags, id, payload))
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len())
        .unwrap_or_default()
        .to_be_bytes();
    let length = length.into_iter().skip(1);
    let head = length.chain([kind, flags]).chain(stream.to_be_bytes());
    head.chain(payload.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Behaviour, SocketServer};

    #[tokio::test]
    async fn a_client_that_knows_it_needs_no_tls() {
        let lie = Behaviour::Http2(Http2Lie::GoAwayWith, Vec::new());
        let server = SocketServer::start(lie).await;
        let client = reqwest::Client::builder().http2_prior_knowledge().build();
        let call = client.expect("a client").post(server.url()).body("body");
        call.send().await.expect_err("no answer");
        let requests = server.requests();
        assert_eq!(
            requests.first().map(ReceivedRequest::text).as_deref(),
            Some("body")
        );
    }

    #[test]
    fn frames_are_as_rfc_9113_draws_them() {
        let refused = Http2Lie::RefusedStream.frame(3);
        assert_eq!(refused, [0, 0, 4, 3, 0, 0, 0, 0, 3, 0, 0, 0, 7]);
        let go_away = Http2Lie::GoAwayWith.frame(5);
        assert_eq!(go_away, [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0]);
    }
}
