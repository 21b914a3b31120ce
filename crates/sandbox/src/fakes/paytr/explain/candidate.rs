//! `Case` is a wrong token with all that its mistake can be found from.

use super::{Secrets, SignedCall, token};

/// A token, and what was posted with it.
pub(super) struct Case<'case> {
    pub(super) secrets: Secrets<'case>,
    pub(super) call: SignedCall,
    posted: &'case [(&'case str, &'case str)],
    pub(super) token: &'case str,
}

impl<'case> Case<'case> {
    pub(super) fn new(
        secrets: Secrets<'case>,
        call: SignedCall,
        posted: &'case [(&'case str, &'case str)],
        token: &'case str,
    ) -> Self {
        Self {
            secrets,
            call,
            posted,
            token,
        }
    }

    /// The signed fields that were not posted.
    pub(super) fn missing(&self) -> Vec<&'static str> {
        let is_absent = |name: &&&str| !self.posted.iter().any(|(known, _)| known == *name);
        let absent = self.call.fields().iter().filter(is_absent);
        absent.copied().collect()
    }

    /// A field as it was posted; an absent one is an empty text.
    pub(super) fn text(&self, name: &str) -> &'case str {
        let found = self.posted.iter().rev().find(|(known, _)| *known == name);
        found.map_or("", |(_, text)| text)
    }

    /// The signed texts, without the salt.
    pub(super) fn texts(&self) -> Vec<&str> {
        let names = self.call.fields().iter();
        names.map(|name| self.text(name)).collect()
    }

    /// The right texts with the salt where it belongs.
    pub(super) fn parts(&self) -> Vec<&str> {
        self.salted(&self.texts(), self.secrets.salt)
    }

    /// These texts with a salt where it belongs.
    pub(super) fn salted<'text>(&self, texts: &[&'text str], salt: &'text str) -> Vec<&'text str> {
        let mut parts = texts.to_vec();
        parts.insert(self.call.salt_place(parts.len()), salt);
        parts
    }

    /// Whether the token is over these parts by this key.
    pub(super) fn is(&self, key: &str, parts: &[&str]) -> bool {
        token(key, parts) == self.token
    }

    /// Whether the token is over these parts by the right key.
    pub(super) fn is_over(&self, parts: &[&str]) -> bool {
        self.is(self.secrets.key, parts)
    }

    /// Whether the token is right once a field is signed as this text.
    pub(super) fn is_with(&self, field: &str, text: &str) -> bool {
        let names = self.call.fields().iter();
        let texts = names.map(|name| match *name {
            name if name == field => text,
            name => self.text(name),
        });
        let texts: Vec<_> = texts.collect();
        self.is_over(&self.salted(&texts, self.secrets.salt))
    }
}
