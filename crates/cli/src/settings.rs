//! Settings from the environment, and secrets from files: never from an argument.

use std::cell::RefCell;
use std::io::Read;

use onay::Error;

/// Longer than any key, far shorter than a file that is named by mistake.
const MAX_BYTES: u64 = 4096;

/// The environment as a provider's builder asks for it: `NAME`, or `NAME_FILE` with the name of a
/// file whose content is meant. `-` is stdin.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    failure: RefCell<Option<Error>>,
}

impl Settings {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// One setting. A file that cannot be read is remembered for [`check`](Self::check).
    pub(crate) fn lookup(&self, name: &str) -> Option<String> {
        let direct = std::env::var(name).ok();
        let Ok(file) = std::env::var(format!("{name}_FILE")) else {
            return direct;
        };
        let result = match direct {
            Some(_) => Err(Error::config(
                "environment",
                "names a key and its _FILE: one will do",
            )),
            None => read(&file),
        };
        match result {
            Ok(text) => Some(text),
            Err(error) => {
                self.failure.replace(Some(error));
                None
            }
        }
    }

    /// Why a setting could not be read, if one could not.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.failure.take().map_or(Ok(()), Err)
    }
}

/// The content of a file or of stdin, without the newline at its end.
pub(crate) fn read(file: &str) -> Result<String, Error> {
    let mut text = String::new();
    let result = if file == "-" {
        std::io::stdin().take(MAX_BYTES).read_to_string(&mut text)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(MAX_BYTES).read_to_string(&mut text))
    };
    match result {
        Ok(_) => {
            let line = text.trim_end_matches(['\n', '\r']).len();
            text.truncate(line);
            Ok(text)
        }
        Err(error) => Err(Error::config("file", "cannot be read").with_source(error)),
    }
}
