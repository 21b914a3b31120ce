//! The ways in which a server answers, or fails to answer, one call.

use std::time::Duration;

#[cfg(feature = "tls")]
use crate::Http2Lie;

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum End {
    /// Closed, with TLS's goodbye where it speaks TLS.
    Close,
    /// Reset.
    Reset,
    /// Closed without TLS's goodbye.
    Break,
    /// Not at all: it is held open and not read any more.
    Hold,
}

/// What a [`SocketServer`](crate::SocketServer) does with one call.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Behaviour {
    /// Reads the request and writes these bytes; the connection stays open for the next one.
    Answer(Vec<u8>),
    /// Reads the request, writes these bytes, and closes.
    AnswerAndClose(Vec<u8>),
    /// Reads the request, writes these bytes, and ends the connection.
    AnswerThen(Vec<u8>, End),
    /// Like [`Answer`](Self::Answer) in two halves, a moment apart.
    Halves(Vec<u8>),
    /// Reads the request and writes these bytes one by one, with a pause before each.
    Drip(Vec<u8>, Duration),
    /// Reads the request, writes the first bytes at once and the others one by one.
    DripBehind(Vec<u8>, Vec<u8>, Duration),
    /// Reads the request, answers, and ends the connection in the moment in which the next call may
    /// come, after these last words.
    IdleEnd(Vec<u8>, &'static [u8], End),
    /// Reads the request, writes a good head, and a body that does not end. After 64 MiB it does,
    /// to spare the machine of a client without bounds.
    Endless,
    /// The same with another beginning, and with a piece that comes again and again.
    EndlessOf(Vec<u8>, Vec<u8>),
    /// Accepts and closes at once; where TLS is spoken, before it.
    CloseOnAccept,
    /// Accepts and resets at once; where TLS is spoken, before it.
    ResetOnAccept,
    /// Accepts and never reads or writes.
    Silent,
    /// Reads nothing, and ends as soon as the connection, or TLS on it, stands.
    Unread(End),
    /// Reads a part of the request's head.
    CutHead(End),
    /// Reads the request's head and a part of its body.
    CutBody(End),
    /// Reads the request and closes.
    CloseAfterRequest,
    /// Reads the request and resets.
    ResetAfterRequest,
    /// Reads the request and never answers.
    NeverAnswer,
    /// Reads the beginning of the TLS handshake and writes these bytes.
    #[cfg(feature = "tls")]
    Words(Vec<u8>),
    /// Shows a certificate that no client trusts.
    #[cfg(feature = "tls")]
    Stranger,
    /// Offers HTTP/2 and breaks off in it; answers with these bytes where the client chose HTTP/1.1.
    /// Without TLS there is no choice: the client has to know that it is HTTP/2.
    #[cfg(feature = "tls")]
    Http2(Http2Lie, Vec<u8>),
}

impl Behaviour {
    /// A whole answer with this status, content type and body.
    ///
    /// ```
    /// use onay_testkit::Behaviour;
    ///
    /// let no = Behaviour::answer(403, "application/json", r#"{"code":403}"#);
    /// ```
    pub fn answer(status: u16, content_type: &str, body: &str) -> Self {
        let length = body.len();
        let head = format!(
            "HTTP/1.1 {status} Test\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n"
        );
        Self::Answer([head.as_bytes(), body.as_bytes()].concat())
    }

    /// A whole answer of status 200 with a JSON body.
    pub fn json(body: &str) -> Self {
        Self::answer(200, "application/json; charset=UTF-8", body)
    }

    /// Whether it begins before a request, and before TLS.
    pub(crate) fn acts_on_accept(&self) -> bool {
        match self {
            Self::CloseOnAccept | Self::ResetOnAccept | Self::Silent => true,
            #[cfg(feature = "tls")]
            Self::Words(_) => true,
            _ => false,
        }
    }

    /// Whether it begins as soon as the connection stands, without a byte of a request.
    pub(crate) fn acts_unasked(&self) -> bool {
        matches!(self, Self::Unread(_)) || self.acts_on_accept()
    }
}
