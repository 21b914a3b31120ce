//! `ReturnCode` is a code that Paynet answers, and `draw_otp` draws one for a customer.

use super::fidelity::{CODE_DIGITS, CODE_LENGTH, CODE_LETTERS};

/// A return code of Paynet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReturnCode {
    Successful,
    Unsuccessful,
    DuplicateData,
    NoProcess,
    Unauthorized,
    BadRequest,
    NoData,
}

impl ReturnCode {
    pub(super) fn number(self) -> u16 {
        match self {
            Self::Successful => 0,
            Self::Unsuccessful => 1,
            Self::DuplicateData => 5,
            Self::NoProcess => 6,
            Self::Unauthorized => 7,
            Self::BadRequest => 11,
            Self::NoData => 12,
        }
    }

    pub(super) fn message(self) -> &'static str {
        match self {
            Self::Successful => "Başarılı İşlem",
            Self::Unsuccessful => "unsuccessful",
            Self::DuplicateData => "duplicate_data",
            Self::NoProcess => "no_process",
            Self::Unauthorized => "unauthorized",
            Self::BadRequest => "bad_request",
            Self::NoData => "no_data",
        }
    }
}

/// The names of the codes from 0 to 26, as Paynet documents and uses them.
const NAMES: [&str; 27] = [
    "successful",
    "unsuccessful",
    "company_blocked",
    "agent_blocked",
    "agent_not_found",
    "duplicate_data",
    "no_process",
    "unauthorized",
    "server_error",
    "not_implemented",
    "time_out",
    "bad_request",
    "no_data",
    "paynetj_no_session",
    "paynetj_wrong_bin",
    "paynetj_unmatch_tran",
    "paynetj_3d_error",
    "paynetj_used_session",
    "wrong_card_data",
    "wrong_transaction_type",
    "wrong_pos_type",
    "wrong_ratio_get",
    "paynetj_expire_date_error",
    "ratio_code_not_found",
    "invoice_no_not_found",
    "card_not_found",
    "card_key_undefined",
];

/// The name of a code, which stands in the message of a refusal.
pub(super) fn name_of(code: &str) -> &'static str {
    let number = code.parse::<usize>().ok();
    number
        .and_then(|number| NAMES.get(number))
        .copied()
        .unwrap_or("refused")
}

/// A code for a customer: letters and digits, at least one of each.
pub(super) fn draw_otp(random: &mut fastrand::Rng) -> String {
    loop {
        let code: String = (0..CODE_LENGTH).filter_map(|_| draw_sign(random)).collect();
        let has_letter = code.bytes().any(|sign| sign.is_ascii_alphabetic());
        let has_digit = code.bytes().any(|sign| sign.is_ascii_digit());
        if has_letter && has_digit {
            return code;
        }
    }
}

fn draw_sign(random: &mut fastrand::Rng) -> Option<char> {
    let signs = if random.bool() {
        CODE_LETTERS
    } else {
        CODE_DIGITS
    };
    random.choice(signs).copied().map(char::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_those_of_the_codes_in_use() {
        for code in [
            ReturnCode::Unsuccessful,
            ReturnCode::DuplicateData,
            ReturnCode::NoProcess,
            ReturnCode::Unauthorized,
            ReturnCode::BadRequest,
            ReturnCode::NoData,
        ] {
            assert_eq!(name_of(&code.number().to_string()), code.message());
        }
        assert_eq!(name_of("26"), "card_key_undefined");
        assert_eq!((name_of("9999"), name_of("A-17")), ("refused", "refused"));
    }

    #[test]
    fn a_code_has_letters_and_digits_that_nobody_mistakes() {
        let mut random = fastrand::Rng::with_seed(1);
        for _ in 0..10_000 {
            let code = draw_otp(&mut random);
            assert_eq!(code.len(), 4);
            assert!(code.bytes().any(|sign| sign.is_ascii_uppercase()), "{code}");
            assert!(code.bytes().any(|sign| sign.is_ascii_digit()), "{code}");
            assert!(
                !code.contains(['B', 'I', 'O', 'S', 'Z', '0', '1']),
                "{code}"
            );
        }
    }
}
