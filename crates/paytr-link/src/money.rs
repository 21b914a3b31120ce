//! An amount of money in minor units, and its currency. No floats.

use std::fmt;
use std::str::FromStr;

use onay_core::Error;

use crate::refusal::refuse;

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

    /// Reads PayTR's names, and `TRY` for the lira.
    fn from_str(text: &str) -> Result<Self, Error> {
        let known = Self::ALL.into_iter().find(|known| known.as_str() == text);
        known
            .or((text == "TRY").then_some(Self::Tl))
            .ok_or_else(|| refuse("currency", "is none of TL, EUR, USD, GBP, RUB"))
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
            return Err(refuse("price", "is zero"));
        }
        Ok(Self { minor, currency })
    }

    /// Reads `14.45`, `14,45`, `14.4` or `14` in this currency; thousands are not grouped.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](onay_core::ErrorKind::InvalidInput), nothing sent: zero, three decimals, or
    /// no such number.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, Error> {
        let no = || {
            refuse(
                "price",
                "is not an amount such as 14.45: at most two decimals, no thousands separator",
            )
        };
        let (whole, decimals) = amount.split_once(['.', ',']).unwrap_or((amount, "00"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(decimals) || decimals.len() > 2 {
            return Err(no());
        }
        let minor = whole
            .parse::<u64>()
            .ok()
            .and_then(|whole| whole.checked_mul(100))
            .zip(format!("{decimals:0<2}").parse::<u64>().ok())
            .and_then(|(whole, decimals)| whole.checked_add(decimals))
            .ok_or_else(no)?;
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

    fn from_str(text: &str) -> Result<Self, Error> {
        let Some((amount, currency)) = text.trim().split_once(' ') else {
            return Err(refuse("price", "has no currency, such as 14.45 TL"));
        };
        Self::parse(amount, currency.trim().parse()?)
    }
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
            "14.45TL",
            "0 TL",
            "0.00 TL",
            "14.455 TL",
            "14. TL",
            ".45 TL",
            "-1 TL",
            "+1 TL",
            "1.000,00 TL",
            "1e3 TL",
            "14.45 XYZ",
            "14.45 tl",
            "١٤ TL",
            "184467440737095516.16 TL",
            "99999999999999999999 TL",
        ] {
            text.parse::<Money>().expect_err(text);
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
