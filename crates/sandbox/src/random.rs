//! `Random` draws codes and ids, the same in every run where there is a seed.

use fastrand::Rng;
use sha2::{Digest, Sha256};

/// A source of codes and ids, of one tenant at one fake.
#[derive(Clone, Debug)]
pub struct Random(Rng);

impl Random {
    /// So many decimal digits, which may start with zeros.
    pub fn digits(&mut self, count: usize) -> String {
        self.signs(count, b"0123456789")
    }

    /// So many hexadecimal digits in small letters.
    pub fn hex(&mut self, count: usize) -> String {
        self.signs(count, b"0123456789abcdef")
    }

    /// So many of these ASCII signs.
    pub fn signs(&mut self, count: usize, of: &[u8]) -> String {
        let drawn = (0..count).filter_map(|_| self.0.choice(of));
        drawn.copied().map(char::from).collect()
    }

    /// A source of its own for what these parts name.
    pub(crate) fn of(seed: u64, parts: &[&[u8]]) -> Self {
        let mut digest = Sha256::new().chain_update(seed.to_be_bytes());
        for part in parts {
            digest.update(part);
        }
        let bytes = digest.finalize();
        let seed = bytes.iter().take(8);
        let seed = seed.fold(0, |seed, byte| (seed << 8) | u64::from(*byte));
        Self(Rng::with_seed(seed))
    }

    /// Whether something with this chance happens.
    pub(crate) fn happens(&mut self, chance: f64) -> bool {
        self.0.f64() < chance
    }

    /// The source itself, for a fake that draws in its own way.
    pub(crate) fn into_rng(self) -> Rng {
        self.0
    }
}

/// Draws until something other than the earlier comes: an old code must not be right after a new
/// one was sent.
pub(crate) fn draw_other_than(earlier: Option<&str>, mut draw: impl FnMut() -> String) -> String {
    loop {
        let drawn = draw();
        if earlier != Some(drawn.as_str()) {
            return drawn;
        }
    }
}

/// A source that is written as what it goes on from.
pub(crate) mod source {
    use fastrand::Rng;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(rng: &Rng, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(rng.get_seed())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<Rng, D::Error> {
        u64::deserialize(source).map(Rng::with_seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_again_is_something_else() {
        let mut codes = ["1", "1", "2"].into_iter().map(str::to_owned);
        let drawn = draw_other_than(Some("1"), || codes.next().expect("another code"));
        assert_eq!(drawn, "2");
    }
}
