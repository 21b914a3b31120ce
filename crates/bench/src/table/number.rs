//! Numbers as the tables show them, and what stands in the middle of many.

/// The middle one; of an even number the mean of the two in the middle. Zero of none.
pub(crate) fn median(numbers: impl IntoIterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = numbers.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    let upper = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    if sorted.len() % 2 == 1 {
        return upper;
    }
    let lower = sorted.len().checked_sub(2).and_then(|n| sorted.get(n / 2));
    f64::midpoint(lower.copied().unwrap_or_default(), upper)
}

/// As a float, for ratios; what is measured here is far below where that loses a digit.
#[expect(clippy::cast_precision_loss, reason = "below 2^52")]
pub(crate) fn float(number: u64) -> f64 {
    number as f64
}

/// `1,234,567`; rounded to a whole.
pub(crate) fn whole(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if number <= -0.5 {
        text.insert(0, '-');
    }
    text
}

/// Two digits behind the point below ten, one below a hundred, none above.
pub(crate) fn short(number: f64) -> String {
    match number.abs() {
        size if size < 9.995 => format!("{number:.2}"),
        size if size < 99.95 => format!("{number:.1}"),
        _ => whole(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        for (numbers, expected) in [
            (vec![], 0.0),
            (vec![3.0], 3.0),
            (vec![9.0, 1.0, 2.0], 2.0),
            (vec![4.0, 1.0, 2.0, 100.0], 3.0),
        ] {
            assert!((median(numbers) - expected).abs() < 1e-9);
        }
    }

    #[test]
    fn numbers_are_short_and_readable() {
        assert_eq!(whole(0.0), "0");
        assert_eq!(whole(999.6), "1,000");
        assert_eq!(whole(1_234_567.0), "1,234,567");
        assert_eq!(whole(-1_234.0), "-1,234");
        assert_eq!(short(0.954), "0.95");
        assert_eq!(short(61.04), "61.0");
        assert_eq!(short(123.4), "123");
    }
}
