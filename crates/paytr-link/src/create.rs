//! What a payment link is made of: a product with a price, or a collection from one customer.

use std::fmt;

use onay_core::{EmailAddress, Error, Reason};

use crate::callback_link::CallbackLink;
use crate::{Money, PROVIDER, refuse};

const NOT_ASCII: Reason = Reason::new(
    "paytr_email_not_ascii",
    "holds a letter outside ASCII, which PayTR does not take",
    "ASCII dışında bir harf içeriyor; PayTR bunu kabul etmez",
);
const LESS_THAN_MIN: Reason = Reason::new(
    "paytr_max_count",
    "is less than min_count",
    "min_count değerinden küçük",
);
const NOT_1_TO_12: Reason = Reason::new(
    "paytr_max_installment",
    "is not from 1 to 12",
    "1 ile 12 arasında değil",
);
const NO_TIME: Reason = Reason::new(
    "paytr_expiry_date",
    "is no YYYY-MM-DD HH:MM:SS",
    "YYYY-MM-DD HH:MM:SS biçiminde değil",
);
const NOT_4_TO_200: Reason = Reason::new(
    "paytr_name_length",
    "has not from 4 to 200 characters",
    "4 ile 200 karakter arasında değil",
);
const CONTROL: Reason = Reason::new(
    "paytr_name_control",
    "holds a control character",
    "kontrol karakteri içeriyor",
);
const ZERO: Reason = Reason::new("paytr_count_zero", "is zero", "sıfır");

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

/// A link that any customer can pay, once or several times: `link_type=product`.
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
            return Err(refuse("max_count", LESS_THAN_MIN));
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
    /// [`InvalidInput`](onay_core::ErrorKind::InvalidInput) naming the field, nothing sent;
    /// [`Unsupported`](onay_core::ErrorKind::Unsupported) where the address has letters that PayTR
    /// does not take.
    pub fn new(name: &str, price: Money, email: EmailAddress) -> Result<Self, Error> {
        check_email(&email)?;
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
                    return Err(refuse("max_installment", NOT_1_TO_12));
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
                let is_time = onay_http::datetime::parse(text).is_some();
                if !has_shape(text) || !is_time {
                    return Err(refuse("expiry_date", NO_TIME));
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
                self.terms.callback = Some(CallbackLink::parse(link, id)?);
                Ok(self)
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

impl NewLink {
    pub(crate) fn terms(&self) -> &Terms {
        match self {
            Self::Product(link) => &link.terms,
            Self::Collection(link) => &link.terms,
        }
    }

    /// Whose money is collected; empty for a product.
    pub(crate) fn email(&self) -> &str {
        match self {
            Self::Product(_) => "",
            Self::Collection(link) => link.email.as_str(),
        }
    }
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
    pub(crate) callback: Option<CallbackLink>,
}

impl Terms {
    fn new(name: &str, price: Money) -> Result<Self, Error> {
        if !(4..=200).contains(&name.trim().chars().count()) {
            return Err(refuse("name", NOT_4_TO_200));
        }
        if name.chars().any(char::is_control) {
            return Err(refuse("name", CONTROL));
        }
        Ok(Self {
            name: name.to_owned(),
            price,
            max_installment: 1,
            language: Language::default(),
            expiry: String::new(),
            callback: None,
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

/// `YYYY-MM-DD HH:MM:SS`, sign by sign: what is posted is the text itself.
fn has_shape(text: &str) -> bool {
    const SHAPE: &[u8] = b"0000-00-00 00:00:00";
    let fits = |(byte, shape): (u8, &u8)| match shape {
        b'0' => byte.is_ascii_digit(),
        sign => byte == *sign,
    };
    text.len() == SHAPE.len() && text.bytes().zip(SHAPE).all(fits)
}

/// PayTR takes no letters outside ASCII in an address.
pub(crate) fn check_email(email: &EmailAddress) -> Result<(), Error> {
    if email.as_str().is_ascii() {
        return Ok(());
    }
    Err(Error::unsupported("email", NOT_ASCII).with_provider(PROVIDER))
}

fn positive(field: &'static str, count: u32) -> Result<u32, Error> {
    if count == 0 {
        return Err(refuse(field, ZERO));
    }
    Ok(count)
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
        let subject = result.expect_err("refused").subject();
        subject.map(|subject| subject.name())
    }

    #[test]
    fn every_limit_names_its_field() {
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
            // Found by the fuzzer: a date alone, filled up.
            "2026-12-01 \t\t\t\t\t\t\t\t",
            "2026-12-01 00:00Z   ",
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
}
