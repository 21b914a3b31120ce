//! What a value has to be that clap could not read, by the option it was given to.

use crate::language::Words;

/// What the option takes; nothing where its help says all there is.
pub(super) fn wanted(argument: &str) -> Option<Words> {
    let option = argument.split([' ', '=']).next().unwrap_or_default();
    let range = match option {
        "--listen" => {
            return Some(Words::new(
                "ADRES:PORT olmalı, örneğin 127.0.0.1:8027",
                "has to be ADDRESS:PORT, such as 127.0.0.1:8027",
            ));
        }
        "--chance" => {
            return Some(Words::new(
                "0'dan büyük ve en çok 1 olan bir sayı olmalı, örneğin 0.1",
                "has to be a number above 0 and at most 1, such as 0.1",
            ));
        }
        "--timeout-ms" => Some((0, 120_000)),
        "--ms" => Some((1, 120_000)),
        "--ms-per-byte" => Some((1, 10_000)),
        "--max-installment" => Some((1, 12)),
        "--min-count" | "--max-count" => Some((1, u64::from(u32::MAX))),
        "--limit" => Some((0, u64::from(u32::MAX))),
        "<SECONDS>" | "--after" | "--seed" | "--id" | "--bytes" | "--times" => None,
        _ => return None,
    };
    Some(match range {
        Some((least, most)) => Words::new(
            format!("{least} ile {most} arasında bir tam sayı olmalı"),
            format!("has to be a whole number from {least} to {most}"),
        ),
        None => Words::new(
            "0 ya da daha büyük bir tam sayı olmalı",
            "has to be a whole number, 0 or above",
        ),
    })
}
