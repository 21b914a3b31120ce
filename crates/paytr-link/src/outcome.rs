//! The results of creating and deleting links.

use std::fmt;

use onay_core::{LinkId, WebAddress};
use onay_http::Field;

use crate::wire::Envelope;

/// A link was created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreatedLink {
    id: LinkId,
    url: Option<WebAddress>,
}

impl CreatedLink {
    /// None where the answer names no id: it proves nothing then.
    pub(crate) fn read(envelope: &Envelope<'_>) -> Option<Self> {
        Some(Self {
            id: LinkId::parse(&envelope.id()?).ok()?,
            url: envelope.link().and_then(|url| WebAddress::parse(&url).ok()),
        })
    }

    /// The link's id, to send or to delete it.
    pub fn id(&self) -> &LinkId {
        &self.id
    }

    /// The address that the customer opens. Absent where PayTR names none, or something that is no
    /// web address: it is shown to people and opened.
    pub fn url(&self) -> Option<&WebAddress> {
        self.url.as_ref()
    }
}

/// What came of a deletion, of the links that were asked for. One that PayTR names neither as deleted
/// nor as failed is in neither list.
///
/// `Debug` shows how many there are.
#[derive(Clone, PartialEq, Eq)]
pub struct Deleted {
    deleted: Vec<LinkId>,
    failed: Vec<LinkId>,
}

impl Deleted {
    /// Reads a yes to a deletion of `links`. None where it names none of them, or names ids in a form
    /// that is none: it proves nothing then. A yes without any list is one for all of them.
    pub(crate) fn read(links: &[LinkId], envelope: &Envelope<'_>) -> Option<Self> {
        let (said_deleted, said_failed) = (envelope.success_deletes(), envelope.failed_deletes());
        let failed: &[String] = match &said_failed {
            Field::Absent => &[],
            Field::Value(ids) => ids,
            Field::Malformed => return None,
        };
        let names = |ids: &[String], link: &LinkId| ids.iter().any(|id| id == link.as_str());
        let (failed, rest): (Vec<LinkId>, Vec<LinkId>) =
            links.iter().cloned().partition(|link| names(failed, link));
        let deleted = match &said_deleted {
            Field::Value(ids) => rest.into_iter().filter(|link| names(ids, link)).collect(),
            // Only failures are named, and the rest are gone.
            Field::Absent if !failed.is_empty() => rest,
            Field::Absent if said_failed.is_absent() => rest,
            Field::Absent | Field::Malformed => return None,
        };
        let read = Self { deleted, failed };
        (!read.deleted.is_empty() || !read.failed.is_empty()).then_some(read)
    }

    /// Reads an answer that is no yes and names what is gone all the same. None where nothing is.
    pub(crate) fn in_part(links: &[LinkId], envelope: &Envelope<'_>) -> Option<Self> {
        let names_some = matches!(envelope.success_deletes(), Field::Value(_));
        let read = Self::read(links, envelope).filter(|_| names_some)?;
        (!read.deleted.is_empty()).then_some(read)
    }

    /// The links that are gone.
    pub fn deleted(&self) -> &[LinkId] {
        &self.deleted
    }

    /// The links that could not be deleted.
    pub fn failed(&self) -> &[LinkId] {
        &self.failed
    }
}

impl fmt::Debug for Deleted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deleted")
            .field("deleted", &self.deleted.len())
            .field("failed", &self.failed.len())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use onay_http::Object;

    use super::*;

    fn envelope(json: &str) -> Envelope<'_> {
        Envelope(Object::parse(json).expect(json))
    }

    fn links(ids: &[&str]) -> Vec<LinkId> {
        let links = ids.iter().map(|id| LinkId::parse(id).expect("a link"));
        links.collect()
    }

    #[test]
    #[rustfmt::skip]
    fn only_what_was_asked_for_is_deleted_or_failed() {
        let asked = links(&["A1", "B2"]);
        for (json, expected) in [
            ("{}", Some((&["A1", "B2"][..], &[][..]))),
            (r#"{"success_deletes":["B2","A1"]}"#, Some((&["A1", "B2"], &[]))),
            (r#"{"success_deletes":["A1"],"failed_deletes":["B2"]}"#, Some((&["A1"], &["B2"]))),
            (r#"{"failed_deletes":"B2"}"#, Some((&["A1"], &["B2"]))),
            (r#"{"success_deletes":["A1","C3"]}"#, Some((&["A1"], &[]))),
            // What is named as both is not gone for certain.
            (r#"{"success_deletes":["A1","B2"],"failed_deletes":["B2"]}"#, Some((&["A1"], &["B2"]))),
            (r#"{"success_deletes":[],"failed_deletes":[]}"#, None),
            (r#"{"success_deletes":[]}"#, None),
            (r#"{"failed_deletes":[]}"#, None),
            (r#"{"success_deletes":["C3"]}"#, None),
            (r#"{"success_deletes":["a1"]}"#, None),
            (r#"{"success_deletes":{}}"#, None),
            (r#"{"success_deletes":false}"#, None),
            (r#"{"failed_deletes":{"A1":true}}"#, None),
            (r#"{"success_deletes":["A1"],"failed_deletes":1.5}"#, None),
        ] {
            let expected = expected.map(|(deleted, failed)| Deleted {
                deleted: links(deleted),
                failed: links(failed),
            });
            let read = Deleted::read(&asked, &envelope(json));
            assert!(read == expected, "{json}: {read:?}");
        }
    }

    #[test]
    fn a_part_has_to_be_named() {
        let asked = links(&["A1", "B2"]);
        for (json, expected) in [
            ("{}", false),
            (r#"{"failed_deletes":["B2"]}"#, false),
            (r#"{"success_deletes":[],"failed_deletes":["B2"]}"#, false),
            (r#"{"success_deletes":["A1"]}"#, true),
        ] {
            let read = Deleted::in_part(&asked, &envelope(json));
            assert_eq!(read.is_some(), expected, "{json}");
        }
    }

    #[test]
    fn debug_shows_no_query_and_no_list() {
        let json = r#"{"id":"A1","link":"https://www.paytr.com/link/A1?k=canary"}"#;
        let created = CreatedLink::read(&envelope(json)).expect("created");
        let url = created.url().map(WebAddress::as_str);
        assert_eq!(url, Some("https://www.paytr.com/link/A1?k=canary"));
        assert!(!format!("{created:?}").contains("canary"));
        let deleted = Deleted::read(&links(&["A1"]), &envelope("{}")).expect("deleted");
        assert_eq!(format!("{deleted:?}"), "Deleted { deleted: 1, failed: 0 }");
    }
}
