//! One value of a list, read by the same table as a field.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::node::{Kind, Node, Nodes};
use super::{Field, Object, reader};

/// More is no list of ids, links or instalments.
const MAX_ITEMS: usize = 1_000;

/// One value of a list, read by the same table as a field of an [`Object`].
///
/// ```
/// use onay_http::{Field, Object};
///
/// let object = Object::parse(r#"{"ids":["a",7,{}]}"#).expect("an object");
/// let items = object.list("ids").value().expect("a list");
/// let texts: Vec<_> = items.into_iter().filter_map(|item| item.text().value()).collect();
/// assert_eq!(texts, ["a", "7"]);
/// ```
#[derive(Clone)]
pub struct Item<'a> {
    /// The text that it is a part of.
    whole: &'a str,
    /// All values of that text, which every part shares.
    nodes: Arc<Nodes>,
    value: Node,
    /// Where what it holds begins.
    inner: usize,
}

/// A value, and where what it holds begins.
pub(super) type Part = (Node, usize);

impl<'a> Item<'a> {
    /// The object or list that a whole text is.
    pub(super) fn read(whole: &'a str) -> Option<Self> {
        let nodes = reader::nodes(whole)?;
        Some(Self {
            whole,
            value: *nodes.first()?,
            nodes: Arc::new(nodes),
            inner: 1,
        })
    }

    /// A text, or a whole number as text.
    pub fn text(&self) -> Field<Cow<'a, str>> {
        self.value.text(self.whole)
    }

    /// True or false, also as these words in any case.
    pub fn flag(&self) -> Field<bool> {
        self.value.flag(self.whole)
    }

    /// An object.
    pub fn object(&self) -> Field<Object<'a>> {
        self.of_kind(Kind::Object).map(|item| Object(item.clone()))
    }

    pub(super) fn list(&self) -> Field<Vec<Self>> {
        self.of_kind(Kind::List).and_then(|list| {
            let count = list.parts().take(MAX_ITEMS + 1).count();
            if count > MAX_ITEMS {
                return Field::Malformed;
            }
            let mut items = Vec::with_capacity(count);
            items.extend(list.parts().map(|part| list.part(part)));
            Field::Value(items)
        })
    }

    /// A part that [`parts`](Self::parts) found.
    pub(super) fn part(&self, (value, inner): Part) -> Self {
        Self {
            value,
            inner,
            ..self.clone()
        }
    }

    /// The text that it is a part of.
    pub(super) fn whole(&self) -> &'a str {
        self.whole
    }

    /// The items of a list. The fields of an object are two parts each: its name and its value.
    pub(super) fn parts(&self) -> impl Iterator<Item = Part> {
        let mut at = self.inner;
        let end = at - 1 + self.value.size as usize;
        let nodes = self.nodes.get(..end).unwrap_or_default();
        std::iter::from_fn(move || {
            let value = *nodes.get(at)?;
            let inner = at + 1;
            at += value.size as usize;
            Some((value, inner))
        })
    }

    fn of_kind(&self, kind: Kind) -> Field<&Self> {
        if self.value.kind == kind {
            Field::Value(self)
        } else if self.value.is_absent() {
            Field::Absent
        } else {
            Field::Malformed
        }
    }
}

impl fmt::Debug for Item<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Item(..)")
    }
}
