//! Whole numbers in JSON, where `3.0` is one as well as `3`.

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The whole number that a value is, if it is one of zero or more.
pub(crate) fn whole(value: &Value) -> Option<u64> {
    let number = value.as_number()?;
    let text = number.to_string();
    number
        .as_u64()
        .or_else(|| text.strip_suffix(".0")?.parse().ok())
}

/// Reads a field that has to be one.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let value = Value::deserialize(deserializer)?;
    whole(&value).ok_or_else(|| D::Error::custom("not a whole number of zero or more"))
}

/// Reads a field that may be one, or null or absent.
pub(crate) fn optional<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<u64>, D::Error> {
    let value = Option::<Value>::deserialize(deserializer)?;
    let number = value.map(|value| deserialize(value).map_err(D::Error::custom));
    number.transpose()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_number_without_a_fraction_is_whole() {
        for (value, number) in [
            (json!(0), 0),
            (json!(7), 7),
            (json!(7.0), 7),
            (json!(1e3), 1_000),
            (json!(u64::MAX), u64::MAX),
        ] {
            assert_eq!(whole(&value), Some(number), "{value}");
        }
        for value in [
            json!(-1),
            json!(-1.0),
            json!(0.5),
            json!(1e300),
            json!("7"),
            json!(true),
            json!(null),
        ] {
            assert_eq!(whole(&value), None, "{value}");
        }
    }
}
