//! Reads a file or stdin up to a limit; longer input is refused, not truncated.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::failure::Failure;
use crate::language::Words;

/// Why an input was not read.
#[derive(Debug)]
pub(crate) enum Unread {
    Failed(io::Error),
    TooLong,
}

/// All of a file, or of stdin where it is called `-`, at most so many bytes.
///
/// The buffer never grows: what grows leaves copies of a key behind.
pub(crate) fn read(file: &Path, most: usize) -> Result<Vec<u8>, Unread> {
    let mut reader: Box<dyn Read> = if file.as_os_str() == "-" {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(file).map_err(Unread::Failed)?)
    };
    let mut bytes = Vec::with_capacity(most + 1);
    let limit = most as u64 + 1;
    let read = reader.by_ref().take(limit).read_to_end(&mut bytes);
    if read.map_err(Unread::Failed)? > most {
        return Err(Unread::TooLong);
    }
    Ok(bytes)
}

/// A file of the command line; `option` is what comes before its name in a failure.
pub(crate) fn file(file: &Path, most: usize, option: &str) -> Result<Vec<u8>, Failure> {
    read(file, most).map_err(|unread| {
        let name = file.display().to_string();
        let words = match unread {
            Unread::Failed(error) => {
                let cause = error.to_string();
                Words::of(|texts| texts.file_unreadable(name.as_str(), cause.as_str()))
            }
            Unread::TooLong => Words::of(|texts| texts.file_too_long(name.as_str(), most)),
        };
        Failure::Usage(words.around(option, ""))
    })
}
