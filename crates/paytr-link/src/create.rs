//! What a payment link is made of: a product with a price, or a collection from one customer.

use std::fmt;
use std::net::IpAddr;

use onay_core::{EmailAddress, Error};
use onay_http::reqwest::Url;

use crate::Money;
use crate::client::PROVIDER;

/// The language of the payment page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// Turkish.
    #[default]
    Turkish,
    /// English.
    English,
}

impl Language {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Turkish => "tr",
            Self::English => "en",
        }
    }
}

/// A link that anybody can pay, once or several times: `link_type=product`.
///
/// ```
/// use onay_paytr_link::ProductLink;
///
/// let link = ProductLink::new("Çiçek buketi", "14.45 TL".parse()?, 1)?.max_count(20)?;
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct ProductLink {
    pub(crate) terms: Terms,
    pub(crate) min_count: u32,
    pub(crate) max_count: Option<u32>,
}

impl ProductLink {
    /// A product by its name (4 to 200 characters), its price, and how many must be bought at
    /// least.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](onay_core::ErrorKind::InvalidInput) naming the field, nothing sent.
    pub fn new(name: &str, price: Money, min_count: u32) -> Result<Self, Error> {
        Ok(Self {
            terms: Terms::new(name, price)?,
            min_count: positive("min_count", min_count)?,
            max_count: None,
        })
    }

    /// How many there are in all.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](onay_core::ErrorKind::InvalidInput), nothing sent: zero, or fewer than have
    /// to be bought.
    pub fn max_count(mut self, stock: u32) -> Result<Self, Error> {
        if stock < self.min_count {
            return Err(refuse("max_count", "is less than min_count"));
        }
        self.max_count = Some(positive("max_count", stock)?);
        Ok(self)
    }
}

/// A link that collects money from one customer: `link_type=collection`.
///
/// ```
/// use onay_core::EmailAddress;
/// use onay_paytr_link::CollectionLink;
///
/// let email = EmailAddress::parse("musteri@example.com")?;
/// let link = CollectionLink::new("Fatura 2026/17", "350 TL".parse()?, email)?;
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct CollectionLink {
    pub(crate) terms: Terms,
    pub(crate) email: EmailAddress,
}

impl CollectionLink {
    /// A collection by its name (4 to 200 characters), its amount, and the customer's address (at
    /// most 100 characters, no Turkish letters).
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](onay_core::ErrorKind::InvalidInput) naming the field, nothing sent.
    pub fn new(name: &str, price: Money, email: EmailAddress) -> Result<Self, Error> {
        crate::client::check_email(&email)?;
        if !email.as_str().is_ascii() {
            return Err(refuse("email", "holds a letter outside ASCII"));
        }
        Ok(Self {
            terms: Terms::new(name, price)?,
            email,
        })
    }
}

/// Settings that both kinds of links have.
macro_rules! shared_settings {
    ($link:ty) => {
        impl $link {
            /// The most instalments, 1 to 12. 1 unless told.
            ///
            /// # Errors
            ///
            /// [`InvalidInput`](onay_core::ErrorKind::InvalidInput), nothing sent.
            pub fn max_installment(mut self, count: u32) -> Result<Self, Error> {
                if !(1..=12).contains(&count) {
                    return Err(refuse("max_installment", "is not from 1 to 12"));
                }
                self.terms.max_installment = count;
                Ok(self)
            }

            /// The language of the payment page. Turkish unless told.
            pub fn language(mut self, language: Language) -> Self {
                self.terms.language = language;
                self
            }

            /// Until when the link can be paid: `YYYY-MM-DD HH:MM:SS`. PayTR does not say in which
            /// time zone.
            ///
            /// # Errors
            ///
            /// [`InvalidInput`](onay_core::ErrorKind::InvalidInput), nothing sent: another form.
            pub fn expires_at(mut self, text: &str) -> Result<Self, Error> {
                let is_time = text.len() == 19
                    && text.as_bytes().get(10) == Some(&b' ')
                    && onay_http::datetime::parse(text).is_some();
                if !is_time {
                    return Err(refuse("expiry_date", "is no YYYY-MM-DD HH:MM:SS"));
                }
                self.terms.expiry = text.to_owned();
                Ok(self)
            }

            /// Where PayTR tells that the link was paid, and under which id of yours. PayTR takes
            /// no localhost and no port; a loopback address with a port is for the sandbox.
            ///
            /// # Errors
            ///
            /// [`InvalidInput`](onay_core::ErrorKind::InvalidInput), nothing sent.
            pub fn callback(mut self, link: &str, id: &str) -> Result<Self, Error> {
                self.terms.callback = Some(Callback::parse(link, id)?);
                Ok(self)
            }

            /// Asks for a QR code of the link.
            pub fn with_qr(mut self) -> Self {
                self.terms.qr = true;
                self
            }
        }
    };
}

shared_settings!(ProductLink);
shared_settings!(CollectionLink);

/// Either kind of link.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum NewLink {
    /// `link_type=product`.
    Product(ProductLink),
    /// `link_type=collection`.
    Collection(CollectionLink),
}

impl From<ProductLink> for NewLink {
    fn from(link: ProductLink) -> Self {
        Self::Product(link)
    }
}

impl From<CollectionLink> for NewLink {
    fn from(link: CollectionLink) -> Self {
        Self::Collection(link)
    }
}

/// What both kinds have.
#[derive(Clone)]
pub(crate) struct Terms {
    pub(crate) name: String,
    pub(crate) price: Money,
    pub(crate) max_installment: u32,
    pub(crate) language: Language,
    pub(crate) expiry: String,
    pub(crate) callback: Option<Callback>,
    pub(crate) qr: bool,
}

impl Terms {
    fn new(name: &str, price: Money) -> Result<Self, Error> {
        if !(4..=200).contains(&name.trim().chars().count()) {
            return Err(refuse("name", "has not from 4 to 200 characters"));
        }
        if name.chars().any(char::is_control) {
            return Err(refuse("name", "holds a control character"));
        }
        Ok(Self {
            name: name.to_owned(),
            price,
            max_installment: 1,
            language: Language::default(),
            expiry: String::new(),
            callback: None,
            qr: false,
        })
    }
}

impl fmt::Debug for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names of links hold names of customers.
        f.debug_struct("Terms")
            .field("price", &self.price)
            .field("max_installment", &self.max_installment)
            .finish_non_exhaustive()
    }
}

/// A callback address and the merchant's id for it; PayTR wants both or none.
#[derive(Clone)]
pub(crate) struct Callback {
    pub(crate) link: String,
    pub(crate) id: String,
    pub(crate) is_loopback: bool,
}

impl Callback {
    fn parse(link: &str, id: &str) -> Result<Self, Error> {
        let no = |why| Err(refuse("callback_link", why));
        if id.is_empty() || id.len() > 64 || !id.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(refuse(
                "callback_id",
                "is not from 1 to 64 letters and digits",
            ));
        }
        if !link.bytes().all(|b| b.is_ascii_graphic()) || link.contains('\\') {
            return no("holds what no URL holds");
        }
        // The URL parser would mend what is posted as it stands.
        let rest = link
            .strip_prefix("https://")
            .or_else(|| link.strip_prefix("http://"));
        let Some((rest, Ok(url))) = rest.map(|rest| (rest, Url::parse(link))) else {
            return no("is no http or https URL");
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return no("holds a user name or a password");
        }
        let host = url.host_str().unwrap_or_default().trim_end_matches('.');
        if host == "localhost" || host.ends_with(".localhost") {
            return no("is localhost");
        }
        let address = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
        let address = address.map(|address| address.to_canonical());
        if address.is_some_and(|address| address.is_unspecified()) {
            return no("is no address that can be called");
        }
        let is_loopback = address.is_some_and(|address| address.is_loopback());
        let port = authority
            .rsplit(']')
            .next()
            .is_some_and(|end| end.contains(':'));
        if port && !is_loopback {
            return no("holds a port");
        }
        Ok(Self {
            link: link.to_owned(),
            id: id.to_owned(),
            is_loopback,
        })
    }
}

fn positive(field: &'static str, count: u32) -> Result<u32, Error> {
    if count == 0 {
        return Err(refuse(field, "is zero"));
    }
    Ok(count)
}

fn refuse(field: &'static str, why: &'static str) -> Error {
    Error::invalid_input(field, why).with_provider(PROVIDER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price() -> Money {
        "14.45 TL".parse().expect("a price")
    }

    fn product() -> ProductLink {
        ProductLink::new("Çiçek", price(), 1).expect("a product")
    }

    fn field<T: fmt::Debug>(result: Result<T, Error>) -> Option<&'static str> {
        result.expect_err("refused").field()
    }

    #[test]
    fn every_limit_names_its_field() {
        let email = EmailAddress::parse(&format!("{}@example.com", "a".repeat(89)));
        let email = email.expect("an address");
        assert_eq!(field(ProductLink::new("Çiç", price(), 1)), Some("name"));
        assert_eq!(
            field(ProductLink::new(&"ç".repeat(201), price(), 1)),
            Some("name")
        );
        assert_eq!(
            field(ProductLink::new("Çiçek", price(), 0)),
            Some("min_count")
        );
        assert_eq!(field(product().max_count(0)), Some("max_count"));
        assert_eq!(
            field(CollectionLink::new("Fatura", price(), email)),
            Some("email")
        );
        let turkish = EmailAddress::parse("müşteri@example.com").expect("an address");
        assert_eq!(
            field(CollectionLink::new("Fatura", price(), turkish)),
            Some("email")
        );
        for count in [0, 13] {
            assert_eq!(
                field(product().max_installment(count)),
                Some("max_installment")
            );
        }
        for text in [
            "",
            "2026-13-01 00:00:00",
            "2026-12-01",
            "2026-12-01T00:00:00",
            "yarın",
        ] {
            assert_eq!(
                field(product().expires_at(text)),
                Some("expiry_date"),
                "{text}"
            );
        }
        let _ = product().expires_at("2026-12-31 23:59:59").expect("a time");
    }

    #[test]
    fn a_callback_is_whole_or_refused() {
        for link in [
            "",
            "shop.example.com/callback",
            "ftp://shop.example.com",
            "https://shop.example.com:8443/callback",
            "http://localhost/callback",
            "http://localhost:8080/callback",
            "https://me:pw@shop.example.com/",
            "https://shop.example.com:443/callback",
            " https://shop.example.com/callback",
            "https://shop.example.com/callback\n",
            "https:shop.example.com/callback",
            "https:\\\\shop.example.com\\callback",
            "https://localhost./callback",
            "https://a.localhost/callback",
            "https://0.0.0.0/callback",
            "http://[::]/callback",
        ] {
            assert_eq!(
                field(product().callback(link, "ORDER1")),
                Some("callback_link"),
                "{link}"
            );
        }
        for id in ["", "ORDER 1", "ORDER-1", "SİPARİŞ", &"A".repeat(65)] {
            let link = "https://shop.example.com/callback";
            assert_eq!(
                field(product().callback(link, id)),
                Some("callback_id"),
                "{id}"
            );
        }
        for link in [
            "https://shop.example.com/callback",
            "http://127.0.0.1:8080/callback",
        ] {
            let _ = product().callback(link, "ORDER1").expect(link);
        }
    }
}
