//! Serves one connection of a socket server, call by call.

use std::time::Duration;

use tokio::io::AsyncWriteExt;

use crate::request::RequestReader;
use crate::seen::Seen;
use crate::stream::{AnyStream, end};
#[cfg(feature = "tls")]
use crate::tls;
use crate::{Behaviour, End};

/// Fewer bytes than the shortest head has.
const PART_OF_THE_HEAD: usize = 20;
/// Fewer bytes than the shortest body has.
const PART_OF_THE_BODY: usize = 3;
/// So many bytes of an answer without end are written.
const MOST_BYTES: usize = 64 * 1024 * 1024;
const BETWEEN_HALVES: Duration = Duration::from_millis(5);
/// More rounds of the scheduler than a client takes between two calls.
const ROUNDS: usize = 128;

/// Serves calls until the connection ends. What it gives back is held open, and not read any more.
pub(crate) async fn serve(mut stream: AnyStream, number: usize, seen: &Seen) -> Option<AnyStream> {
    let mut reader = RequestReader::default();
    loop {
        let unasked = seen.peek().acts_unasked() && !reader.has_begun();
        if !unasked {
            reader.begin(&mut stream).await?;
        }
        let behaviour = seen.next();
        match &behaviour {
            Behaviour::Unread(how) => return end(stream, *how).await,
            Behaviour::CutHead(how) => {
                reader.part_of_head(&mut stream, PART_OF_THE_HEAD).await?;
                return end(stream, *how).await;
            }
            Behaviour::CutBody(how) => {
                reader.part_of_body(&mut stream, PART_OF_THE_BODY).await?;
                return end(stream, *how).await;
            }
            Behaviour::CloseOnAccept => return end(stream, End::Close).await,
            Behaviour::ResetOnAccept => return end(stream, End::Reset).await,
            Behaviour::Silent => return Some(stream),
            _ => {}
        }
        let request = reader.next(&mut stream).await?;
        seen.add(request);
        if let Some(how) = answer(&mut stream, &behaviour, number, seen).await? {
            return end(stream, how).await;
        }
    }
}

/// Writes the answer. How the connection ends, if it does; `None` when the client was gone.
async fn answer(
    stream: &mut AnyStream,
    behaviour: &Behaviour,
    number: usize,
    seen: &Seen,
) -> Option<Option<End>> {
    let write = |bytes: Vec<u8>| (bytes, None);
    let (bytes, how) = match behaviour {
        Behaviour::Answer(bytes) => write(bytes.clone()),
        #[cfg(feature = "tls")]
        Behaviour::Http2(_, bytes) => write(bytes.clone()),
        Behaviour::AnswerAndClose(bytes) => (bytes.clone(), Some(End::Close)),
        Behaviour::AnswerThen(bytes, how) => (bytes.clone(), Some(*how)),
        Behaviour::CloseAfterRequest => (Vec::new(), Some(End::Close)),
        Behaviour::ResetAfterRequest => (Vec::new(), Some(End::Reset)),
        Behaviour::NeverAnswer => (Vec::new(), Some(End::Hold)),
        Behaviour::Halves(bytes) => {
            let (first, second) = bytes.split_at(bytes.len() / 2);
            stream.write_all(first).await.ok()?;
            stream.flush().await.ok()?;
            tokio::time::sleep(BETWEEN_HALVES).await;
            write(second.to_vec())
        }
        Behaviour::Drip(bytes, pause) => {
            drip(stream, bytes, *pause).await?;
            write(Vec::new())
        }
        Behaviour::DripBehind(first, bytes, pause) => {
            stream.write_all(first).await.ok()?;
            drip(stream, bytes, *pause).await?;
            write(Vec::new())
        }
        Behaviour::IdleEnd(bytes, last_words, how) => {
            stream.write_all(bytes).await.ok()?;
            stream.flush().await.ok()?;
            // Timers are too coarse for the moment in which the client writes.
            for _ in 0..number * 4 % ROUNDS {
                tokio::task::yield_now().await;
            }
            (last_words.to_vec(), Some(*how))
        }
        Behaviour::Endless => {
            let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n";
            endless(stream, head, &[b' '; 16 * 1024], seen).await?;
            (Vec::new(), Some(End::Close))
        }
        Behaviour::EndlessOf(head, piece) => {
            endless(stream, head, piece, seen).await?;
            (Vec::new(), Some(End::Close))
        }
        // What acts before a request is over by now.
        _ => (Vec::new(), Some(End::Close)),
    };
    stream.write_all(&bytes).await.ok()?;
    stream.flush().await.ok()?;
    Some(how)
}

async fn drip(stream: &mut AnyStream, bytes: &[u8], pause: Duration) -> Option<()> {
    for byte in bytes {
        tokio::time::sleep(pause).await;
        stream.write_all(&[*byte]).await.ok()?;
        stream.flush().await.ok()?;
    }
    Some(())
}

async fn endless(stream: &mut AnyStream, head: &[u8], piece: &[u8], seen: &Seen) -> Option<()> {
    stream.write_all(head).await.ok()?;
    let mut written = 0;
    while written < MOST_BYTES {
        stream.write_all(piece).await.ok()?;
        written += piece.len();
        seen.add_endless(piece.len());
    }
    Some(())
}

/// Acts on a connection before TLS. What it gives back is held open.
pub(crate) async fn on_accept(stream: AnyStream, behaviour: &Behaviour) -> Option<AnyStream> {
    match behaviour {
        Behaviour::CloseOnAccept => end(stream, End::Close).await,
        Behaviour::ResetOnAccept => end(stream, End::Reset).await,
        #[cfg(feature = "tls")]
        Behaviour::Words(words) => tls::say(stream, words).await,
        _ => end(stream, End::Hold).await,
    }
}
