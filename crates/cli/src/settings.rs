//! Settings from the environment, secrets also from files or stdin: never from an argument.

use std::collections::BTreeMap;
use std::io::Read;

use onay::http::Variables;
use onay::{Error, OtpCode, Secret};

use crate::arguments::Live;

/// Longer than any key, far shorter than a file that is named by mistake.
const MAX_BYTES: usize = 4096;

/// Why nothing goes to the live environment by accident.
pub(crate) const LIVE: &str = "is live: real messages would go out; add --live if that is meant";

/// The environments that send no real message.
const HARMLESS: [&str; 2] = ["test", "sandbox"];

/// A secret is `name`, or the content of the file that `file` names; `-` is stdin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeyVariable {
    pub(crate) name: &'static str,
    pub(crate) file: &'static str,
}

impl KeyVariable {
    fn read(self) -> Result<Option<String>, Error> {
        let direct = Variables::of_process(self.name);
        match (direct, Variables::of_process(self.file)) {
            (direct, None) => Ok(direct),
            (None, Some(file)) => content(&file, self.file).map(Some),
            (Some(_), Some(_)) => {
                let why = "is set beside the variable that holds the key itself: one will do";
                Err(Error::config(self.file, why))
            }
        }
    }
}

/// The settings of one provider, each read once, shown nowhere and wiped when dropped.
#[derive(Debug)]
pub(crate) struct Settings(BTreeMap<&'static str, Secret>);

impl Settings {
    /// Reads the plain settings, the first of which names one of the `environments`, and the secrets.
    ///
    /// Live has to be meant: every environment but test and sandbox takes `--live` on top. A name
    /// that is none of them is left to the provider, which refuses it.
    pub(crate) fn read<E>(
        environments: &[(&str, E)],
        plain: &[&'static str],
        secrets: &[KeyVariable],
        live: Live,
    ) -> Result<Self, Error> {
        let mut values = BTreeMap::new();
        for name in plain {
            if let Some(value) = Variables::of_process(name) {
                values.insert(*name, Secret::new(value));
            }
        }
        for secret in secrets {
            if let Some(value) = secret.read()? {
                values.insert(secret.name, Secret::new(value));
            }
        }
        let environment = plain.first().copied().unwrap_or_default();
        let is_live = values.get(environment).is_some_and(|named| {
            let named = named.reveal();
            let mut known = environments.iter();
            known.any(|(name, _)| *name == named) && !HARMLESS.contains(&named)
        });
        if is_live && !live.live {
            return Err(Error::config(environment, LIVE));
        }
        Ok(Self(values))
    }

    pub(crate) fn lookup(&self, name: &str) -> Option<String> {
        self.0.get(name).map(|value| value.reveal().to_owned())
    }
}

/// The code that the customer typed: as given, or from stdin where `-` is given.
pub(crate) fn code(text: &str) -> Result<OtpCode, Error> {
    if text != "-" {
        return OtpCode::parse(text);
    }
    let mut variables = std::env::vars_os();
    if variables.any(|(name, value)| name.to_string_lossy().ends_with("_FILE") && value == "-") {
        let why = "comes from stdin, and so does a key: one of them has to come from elsewhere";
        return Err(Error::config("code", why));
    }
    OtpCode::parse(Secret::new(content("-", "code")?).reveal())
}

/// All of stdin, for a command that reads its input there.
pub(crate) fn input() -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let limit = 64 * 1024;
    let read = std::io::stdin().take(limit).read_to_end(&mut bytes);
    read.map_err(|error| Error::config("stdin", "cannot be read").with_source(error))?;
    Ok(bytes)
}

/// The content of a file or of stdin, without the newline at its end. Where it cannot be had, the
/// error names the `field` that asked for it.
pub(crate) fn content(file: &str, field: &'static str) -> Result<String, Error> {
    let unreadable = |error| Error::config(field, "cannot be read").with_source(error);
    let mut reader: Box<dyn Read> = match file {
        "-" => Box::new(std::io::stdin()),
        file => Box::new(std::fs::File::open(file).map_err(unreadable)?),
    };
    // As large as it can get: what grows leaves copies of a key behind.
    let mut text = String::with_capacity(MAX_BYTES + 1);
    let limit = MAX_BYTES as u64 + 1;
    let read = reader.by_ref().take(limit).read_to_string(&mut text);
    if read.map_err(unreadable)? > MAX_BYTES {
        return Err(Error::config(field, "is longer than 4,096 bytes"));
    }
    let end = text.trim_end_matches(['\n', '\r']).len();
    text.truncate(end);
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_show_no_value() {
        let key = Secret::new("sck_test_canary");
        let settings = Settings(BTreeMap::from([("PAYNET_SECRET_KEY", key)]));
        assert!(!format!("{settings:?}").contains("canary"));
        let found = settings.lookup("PAYNET_SECRET_KEY");
        assert_eq!(found.as_deref(), Some("sck_test_canary"));
    }
}
