//! An amount of money in minor units, and its currency. No floats.

use std::fmt;
use std::str::FromStr;

use onay_core::{Error, Reason};

use crate::refuse;

const NO_CURRENCY_OF_THESE: Reason = Reason::new(
    "paytr_currency",
    "is none of TL, EUR, USD, GBP, RUB",
    "TL, EUR, USD, GBP, RUB değerlerinden hiçbiri değil",
);
const NO_CURRENCY: Reason = Reason::new(
    "paytr_price_currency",
    "has no currency, such as 14.45 TL",
    "para birimi yok; örneğin 14,45 TL",
);
const OTHER_CURRENCY: Reason = Reason::new(
    "paytr_price_other_currency",
    "names another currency than the one that is set",
    "belirtilenden başka bir para birimi içeriyor",
);
const ZERO: Reason = Reason::new("paytr_price_zero", "is zero", "sıfır");
const NO_AMOUNT: Reason = Reason::new(
    "paytr_price",
    "is not an amount such as 14.45 or 1.234,56",
    "14,45 ya da 1.234,56 gibi bir tutar değil",
);
const THREE_DECIMALS: Reason = Reason::new(
    "paytr_price_ambiguous",
    "has three digits behind its only sign: thousands or decimals, write 1234 or 1.234,00",
    "tek işaretinden sonra üç rakam var: binlik mi ondalık mı, 1234 ya da 1.234,00 yazın",
);

/// A currency that PayTR Link takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Currency {
    /// Turkish lira. PayTR writes `TL`.
    Tl,
    /// Euro.
    Eur,
    /// US dollar.
    Usd,
    /// Pound sterling.
    Gbp,
    /// Russian rouble.
    Rub,
}

impl Currency {
    const ALL: [Self; 5] = [Self::Tl, Self::Eur, Self::Usd, Self::Gbp, Self::Rub];

    /// PayTR's name for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tl => "TL",
            Self::Eur => "EUR",
            Self::Usd => "USD",
            Self::Gbp => "GBP",
            Self::Rub => "RUB",
        }
    }
}

impl FromStr for Currency {
    type Err = Error;

    /// Reads PayTR's names in upper or lower case, the signs `₺ € $ £ ₽`, and `TRY` for the lira.
    fn from_str(text: &str) -> Result<Self, Error> {
        let sign = match text {
            "₺" => Some(Self::Tl),
            "€" => Some(Self::Eur),
            "$" => Some(Self::Usd),
            "£" => Some(Self::Gbp),
            "₽" => Some(Self::Rub),
            _ if text.eq_ignore_ascii_case("try") => Some(Self::Tl),
            _ => None,
        };
        let mut all = Self::ALL.into_iter();
        sign.or_else(|| all.find(|known| known.as_str().eq_ignore_ascii_case(text)))
            .ok_or_else(|| refuse("currency", NO_CURRENCY_OF_THESE))
    }
}

/// An amount in minor units (kuruş, cents) and its currency.
///
/// ```
/// use onay_paytr_link::{Currency, Money};
///
/// let price: Money = "14.45 TL".parse()?;
/// assert_eq!(price, Money::new(1445, Currency::Tl)?);
/// assert_eq!(price.to_string(), "14.45 TL");
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    minor: u64,
    currency: Currency,
}

impl Money {
    /// So many minor units.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](onay_core::ErrorKind::InvalidInput), nothing sent: zero.
    pub fn new(minor: u64, currency: Currency) -> Result<Self, Error> {
        if minor == 0 {
            return Err(refuse("price", ZERO));
        }
        Ok(Self { minor, currency })
    }

    /// Reads `14.45`, `14,45`, `14.4`, `14`, `1.234,56`, `1,234.56` or `1.234.567` in this currency,
    /// which the text may name too: `₺14,45`, `14,45 tl`.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](onay_core::ErrorKind::InvalidInput), nothing sent: zero, no such number, one
    /// that can be read in two ways (`1.234`), or another currency.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, Error> {
        let (amount, named) = without_currency(text)?;
        match named.map(str::parse::<Currency>) {
            None => {}
            Some(Ok(named)) if named == currency => {}
            Some(Ok(_)) => return Err(refuse("price", OTHER_CURRENCY)),
            Some(Err(_)) => return Err(refuse("price", NO_AMOUNT)),
        }
        Self::of_amount(amount, currency)
    }

    fn of_amount(amount: &str, currency: Currency) -> Result<Self, Error> {
        let (whole, decimals) = parted(amount)?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(&whole) || !digits(decimals) || decimals.len() > 2 {
            return Err(refuse("price", NO_AMOUNT));
        }
        let minor = whole
            .parse::<u64>()
            .ok()
            .and_then(|whole| whole.checked_mul(100))
            .zip(format!("{decimals:0<2}").parse::<u64>().ok())
            .and_then(|(whole, decimals)| whole.checked_add(decimals))
            .ok_or_else(|| refuse("price", NO_AMOUNT))?;
        Self::new(minor, currency)
    }

    /// The minor units.
    pub const fn minor(self) -> u64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }
}

impl FromStr for Money {
    type Err = Error;

    /// Reads an amount with its currency before or behind it: `14.45 TL`, `₺14,45`, `1.234,56 tl`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let (amount, currency) = without_currency(text)?;
        let currency = currency.ok_or_else(|| refuse("price", NO_CURRENCY))?;
        Self::of_amount(amount, currency.parse()?)
    }
}

/// The amount, and what stands before or behind it.
fn without_currency(text: &str) -> Result<(&str, Option<&str>), Error> {
    let text = text.trim();
    let is_amount = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let (Some(first), Some(last)) = (text.find(is_amount), text.rfind(is_amount)) else {
        return Err(refuse("price", NO_AMOUNT));
    };
    // What is found is one byte long, so both borders are borders of characters.
    let (front, rest) = text.split_at(first);
    let (amount, back) = rest.split_at(last + 1 - first);
    match (front.trim(), back.trim()) {
        ("", "") => Ok((amount, None)),
        (currency, "") | ("", currency) => Ok((amount, Some(currency))),
        _ => Err(refuse("price", NO_AMOUNT)),
    }
}

/// The whole units without the signs that group them, and the decimals.
fn parted(amount: &str) -> Result<(String, &str), Error> {
    let signs: Vec<char> = amount.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let (Some(first), Some(last)) = (signs.first(), signs.last()) else {
        return Ok((amount.to_owned(), "00"));
    };
    let is_one_kind = signs.iter().all(|sign| sign == first);
    let (grouped, decimals) = match (signs.len(), is_one_kind) {
        (1, _) => {
            let (whole, decimals) = amount.split_once(*last).unwrap_or((amount, "00"));
            if decimals.len() == 3 {
                return Err(refuse("price", THREE_DECIMALS));
            }
            return Ok((whole.to_owned(), decimals));
        }
        (_, true) => (amount, "00"),
        (_, false) => amount.rsplit_once(*last).unwrap_or((amount, "00")),
    };
    let mut groups = grouped.split(*first);
    let is_grouped = groups
        .next()
        .is_some_and(|group| (1..=3).contains(&group.len()))
        && groups.all(|group| group.len() == 3);
    if !is_grouped {
        return Err(refuse("price", NO_AMOUNT));
    }
    Ok((grouped.replace(*first, ""), decimals))
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, decimals) = (self.minor / 100, self.minor % 100);
        write!(f, "{whole}.{decimals:02} {}", self.currency.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_without_floats() {
        for (text, minor) in [
            ("14.45 TL", 1445),
            ("14,45 TL", 1445),
            ("14.4 TL", 1440),
            ("14 TL", 1400),
            ("0.01 EUR", 1),
            ("0.1 USD", 10),
            ("1000000.00 TRY", 100_000_000),
            (" 8.29 TL ", 829),
            ("₺14,45", 1445),
            ("14,45₺", 1445),
            ("14.45TL", 1445),
            ("14.45 tl", 1445),
            ("14,45\u{a0}TL", 1445),
            ("TL 14,45", 1445),
            ("1.234,56 TL", 123_456),
            ("1,234.56 USD", 123_456),
            ("1.234.567 TL", 123_456_700),
            ("1.000,00 TL", 100_000),
            ("€ 9", 900),
        ] {
            let money: Money = text.parse().expect(text);
            assert_eq!(money.minor(), minor, "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in [
            "",
            "TL",
            "14.45",
            "1.234 TL",
            "1.23.456 TL",
            "1.234,567.89 TL",
            "1234.567,00 TL",
            "₺14,45 TL",
            "1 234 TL",
            "0 TL",
            "0.00 TL",
            "14.455 TL",
            "14. TL",
            ".45 TL",
            "-1 TL",
            "+1 TL",
            "1e3 TL",
            "14.45 XYZ",
            "١٤ TL",
            "184467440737095516.16 TL",
            "99999999999999999999 TL",
        ] {
            text.parse::<Money>().expect_err(text);
        }
    }

    #[test]
    fn the_currency_that_is_set_may_be_named_too_and_no_other() {
        for text in [
            "14,45",
            "₺14,45",
            "14,45\u{a0}TL",
            "14.45 tl",
            " TRY 14,45 ",
        ] {
            let money = Money::parse(text, Currency::Tl).expect(text);
            assert_eq!((money.minor(), money.currency()), (1445, Currency::Tl));
        }
        let error = Money::parse("14,45 €", Currency::Tl).expect_err("euro");
        assert_eq!(error.reason(), Some(OTHER_CURRENCY));
        for text in ["14,45 XYZ", "₺14,45 TL", "-14,45", "TL"] {
            let error = Money::parse(text, Currency::Tl).expect_err(text);
            assert_eq!(error.reason(), Some(NO_AMOUNT), "{text}");
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        for minor in [1, 9, 10, 99, 100, 101, 1_445, 100_000, u64::MAX / 200] {
            let money = Money::new(minor, Currency::Eur).expect("an amount");
            assert_eq!(money.to_string().parse::<Money>().expect("read"), money);
        }
    }
}
