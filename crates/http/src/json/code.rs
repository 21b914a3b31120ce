//! Reads a provider's code by its table: known, unknown, or malformed.

use onay_core::{CodeTable, ProviderCode};

use crate::Field;

pub(super) fn read(text: &str, table: &'static CodeTable) -> Field<ProviderCode> {
    if text.trim().is_empty() {
        return Field::Absent;
    }
    let code = table.code(text);
    if code.row().is_none() && !is_in_a_codes_form(text, table) {
        return Field::Malformed;
    }
    Field::Value(code)
}

/// Whether a text that is no known code is a code at all, and not a known one in another form.
fn is_in_a_codes_form(text: &str, table: &CodeTable) -> bool {
    let is_visible = text.bytes().all(|byte| byte.is_ascii_graphic());
    is_visible && {
        let stem = stem(text);
        !table
            .rows()
            .iter()
            .any(|row| stem.eq_ignore_ascii_case(self::stem(row.code())))
    }
}

/// What two spellings of one code have in common.
fn stem(code: &str) -> &str {
    code.trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use onay_core::{CodeRow, ErrorKind, Meaning};

    use super::*;

    static ROWS: [CodeRow; 3] = [
        CodeRow::new("0", "done", Meaning::Yes),
        CodeRow::new("7", "unauthorized", Meaning::No(ErrorKind::Credentials)),
        CodeRow::new("P010", "wrong_code", Meaning::No(ErrorKind::WrongCode)),
    ];
    static TABLE: CodeTable = CodeTable::new(&ROWS);

    #[test]
    fn a_code_is_known_unknown_or_malformed() {
        for text in ["0", "7", "P010"] {
            let code = read(text, &TABLE).value().expect(text);
            assert!(code.is(text), "{text}");
        }
        for text in ["8", "70", "777", "P011", "-7", "10"] {
            let code = read(text, &TABLE).value().expect(text);
            assert!(code.row().is_none(), "{text}");
        }
        for text in [
            "00",
            "000",
            "07",
            "0\0",
            "0 ",
            " 7",
            "0\u{200b}",
            "\u{ff10}",
            "\u{0660}",
            "p010",
            "7\n",
            "yanıt",
        ] {
            assert!(read(text, &TABLE).is_malformed(), "{text:?}");
        }
        for text in [" ", "\n\t", "\u{a0}"] {
            assert!(read(text, &TABLE).is_absent(), "{text:?}");
        }
    }
}
