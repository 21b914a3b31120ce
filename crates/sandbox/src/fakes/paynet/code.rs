//! The return codes of Paynet with their names, and `draw_otp`, which draws a code for a customer.

use super::fidelity::{CODE_DIGITS, CODE_LENGTH, CODE_LETTERS};

pub(super) const SUCCESSFUL: u16 = 0;
pub(super) const UNSUCCESSFUL: u16 = 1;
pub(super) const DUPLICATE_DATA: u16 = 5;
pub(super) const NO_PROCESS: u16 = 6;
pub(super) const UNAUTHORIZED: u16 = 7;
pub(super) const BAD_REQUEST: u16 = 11;
pub(super) const NO_DATA: u16 = 12;

/// The message of a code that stands in no table.
pub(super) const NO_NAME: &str = "refused";

/// The names of the codes from 0 to 26, as Paynet documents and uses them.
const NAMES: [&str; 27] = [
    "Başarılı İşlem",
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

/// The message of a code: its name, but for success.
pub(super) fn message(code: u16) -> &'static str {
    NAMES.get(usize::from(code)).copied().unwrap_or(NO_NAME)
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
