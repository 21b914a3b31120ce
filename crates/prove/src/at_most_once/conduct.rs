//! What a server does with a connection, from the first byte of HTTP on.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::http2;
use super::line::{self, AnyLine};
use super::log::{Log, Received};

/// Where a redirect points to, on the same server.
pub(super) const MOVED: &str = "/moved";

/// Fewer bytes than the shortest head has.
const PART_OF_THE_HEAD: usize = 20;
/// Fewer bytes than the shortest body has.
const PART_OF_THE_BODY: usize = 3;

/// How a connection ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    Close,
    Reset,
    /// The TCP connection is closed without TLS's goodbye.
    Break,
    /// It does not: the server holds it open.
    Hold,
}

/// What a server does with each connection.
#[derive(Clone, Debug)]
pub(super) enum Conduct {
    /// Reads nothing.
    Unread(End),
    /// Reads a part of the head.
    CutHead(End),
    /// Reads the head and a part of the body.
    CutBody(End),
    /// Reads the request, writes these bytes and ends.
    Answer(Vec<u8>, End),
    /// Reads the request, writes these bytes and waits for the next request.
    Whole(Vec<u8>),
    /// The same in two halves, a moment apart.
    Halves(Vec<u8>),
    /// The first answer points to [`MOVED`], where the second is given.
    Redirect(Vec<u8>, Vec<u8>),
    /// Reads the request, writes the first bytes at once, the others one by one.
    Drip(Vec<u8>, Vec<u8>),
    /// Reads the request, answers, and closes or resets in the moment in which the next may come;
    /// with last words, as servers say them to an idle connection.
    IdleEnd(Vec<u8>, &'static [u8], End),
    /// Answers the server's first request so, and does this with all others.
    Second(Vec<u8>, Box<Conduct>),
    /// Answers the call of this name with these bytes.
    Named(Arc<[(String, Vec<u8>)]>),
    /// Breaks off in HTTP/2; answers, where the client chose HTTP/1.1.
    Http2(http2::Break, Vec<u8>),
}

impl Conduct {
    /// Serves one connection. What it gives back is held open, and not read any more.
    pub(super) async fn serve(
        self,
        mut line: AnyLine,
        is_http2: bool,
        number: usize,
        log: &Arc<Log>,
    ) -> Option<AnyLine> {
        match self {
            Self::Unread(end) => return ended(line, end).await,
            Self::CutHead(end) => {
                let mut part = [0; PART_OF_THE_HEAD];
                line.read_exact(&mut part).await.ok()?;
                return ended(line, end).await;
            }
            Self::CutBody(end) => {
                line::head(&mut line).await?;
                let mut part = [0; PART_OF_THE_BODY];
                line.read_exact(&mut part).await.ok()?;
                return ended(line, end).await;
            }
            Self::Http2(break_off, _) if is_http2 => {
                return http2::serve(line, break_off, number, log).await;
            }
            _ => {}
        }
        loop {
            let request = line::request(&mut line).await?;
            let named = request.body.clone();
            log.add(Received {
                protocol: "http/1.1",
                connection: number,
                head: request.head.clone(),
                body: request.body,
            });
            let conduct = match &self {
                Self::Second(first, _) if log.requests().len() == 1 => {
                    line.write_all(first).await.ok()?;
                    line.flush().await.ok()?;
                    continue;
                }
                Self::Second(_, then) => then,
                other => other,
            };
            match conduct {
                Self::Redirect(_, there) if request.head.contains(&format!(" {MOVED} ")) => {
                    line.write_all(there).await.ok()?;
                }
                Self::Answer(bytes, end) => {
                    line.write_all(bytes).await.ok()?;
                    line.flush().await.ok()?;
                    return ended(line, *end).await;
                }
                Self::Whole(bytes) | Self::Redirect(bytes, _) | Self::Http2(_, bytes) => {
                    line.write_all(bytes).await.ok()?;
                }
                Self::Named(answers) => {
                    let words = format!("{} {}", request.head, String::from_utf8_lossy(&named));
                    let answer = answers.iter().find(|(name, _)| words.contains(name));
                    line.write_all(&answer?.1).await.ok()?;
                }
                Self::Halves(bytes) => {
                    let (first, second) = bytes.split_at(bytes.len() / 2);
                    line.write_all(first).await.ok()?;
                    line.flush().await.ok()?;
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    line.write_all(second).await.ok()?;
                }
                Self::Drip(head, drops) => {
                    line.write_all(head).await.ok()?;
                    for drop in drops {
                        line.write_all(&[*drop]).await.ok()?;
                        line.flush().await.ok()?;
                        tokio::time::sleep(Duration::from_millis(100)).await;
                    }
                }
                Self::IdleEnd(bytes, last_words, end) => {
                    line.write_all(bytes).await.ok()?;
                    line.flush().await.ok()?;
                    // Timers are too coarse for the moment in which the client writes.
                    for _ in 0..number % 32 * 4 {
                        tokio::task::yield_now().await;
                    }
                    line.write_all(last_words).await.ok()?;
                    return ended(line, *end).await;
                }
                Self::Unread(_) | Self::CutHead(_) | Self::CutBody(_) | Self::Second(..) => {
                    return None;
                }
            }
            line.flush().await.ok()?;
        }
    }
}

async fn ended(line: AnyLine, end: End) -> Option<AnyLine> {
    match end {
        End::Close => line::close(line).await,
        End::Reset => line::reset(line),
        End::Break => drop(line),
        End::Hold => return Some(line),
    }
    None
}
