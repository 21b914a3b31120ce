//! `guid`, `token` and `otp` draw ids in the forms of the documented samples, and codes.

use fastrand::Rng;

use super::fidelity::{CODE_LENGTH, TOKEN_LENGTH};

/// How many digits each group of a GUID has.
const GUID_GROUPS: [usize; 5] = [8, 4, 4, 4, 12];

/// A GUID in its form; like a documented sample, it need not be a legal one.
pub(super) fn guid(random: &mut Rng) -> String {
    GUID_GROUPS.map(|digits| draw(random, 16, digits)).join("-")
}

/// A token: lower-case hexadecimal digits.
pub(super) fn token(random: &mut Rng) -> String {
    draw(random, 16, TOKEN_LENGTH)
}

/// A retrieval reference number, of twelve digits like the sample.
pub(super) fn reference_number(random: &mut Rng) -> String {
    format!("1000{}", draw(random, 10, 8))
}

/// A code for a customer. It may start with zeros, which no client may lose.
pub(super) fn otp(random: &mut Rng) -> String {
    draw(random, 10, CODE_LENGTH)
}

fn draw(random: &mut Rng, base: u32, digits: usize) -> String {
    (0..digits).map(|_| random.digit(base)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_are_those_of_the_samples() {
        let mut random = Rng::with_seed(1);
        let mut is_like = |draw: fn(&mut Rng) -> String, sample: &str, base: u32| {
            let drawn = draw(&mut random);
            let fits = |(drawn, sample): (char, char)| match sample {
                '-' => drawn == '-',
                _ => drawn.is_digit(base) && !drawn.is_ascii_uppercase(),
            };
            drawn.len() == sample.len() && drawn.chars().zip(sample.chars()).all(fits)
        };
        for _ in 0..100 {
            assert!(is_like(guid, "a38a5866-1688-4ae8-99b5-d3956d2e2e4c", 16));
            assert!(is_like(token, "b1b9baa4018d4f17b1fd85592344b09a", 16));
            assert!(is_like(reference_number, "100005844114", 10));
            assert!(is_like(otp, "000000", 10));
        }
    }
}
