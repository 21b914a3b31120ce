//! The table of verdict and status, and what goes into an error beside it.

use onay_core::ErrorKind::{Credentials, Expired, Refused, TooSoon, Unreadable, Upstream};
use onay_core::{CodeRow, CodeTable, Dispatch};
use reqwest::header::RETRY_AFTER;

use super::*;
use crate::response::tests::response;

const WHY: Reason = Reason::new("test_why", "two codes", "iki kod");

static ROWS: [CodeRow; 4] = [
    CodeRow::new("0", "done", Meaning::Yes),
    CodeRow::new("1", "expired", Meaning::No(Expired)),
    CodeRow::new("2", "too_soon", Meaning::No(TooSoon)).certain(),
    CodeRow::new("3", "split", Meaning::No(Refused))
        .in_operation(&[(Operation::VERIFY_OTP, Meaning::No(ErrorKind::WrongCode))]),
];
static CODES: CodeTable = CodeTable::new(&ROWS);

fn judged(status: u16, verdict: Verdict) -> Option<Error> {
    let judged = response(status, &[], b"").judge(verdict, || (None, None));
    judged.err()
}

#[test]
#[rustfmt::skip]
fn the_table_holds() {
    // Yes, No(Upstream), Certain(Expired), No(Expired), Unclear, Contradictory.
    for (status, [yes, upstream, certain, no, unclear, contradictory]) in [
        (200, [None, Some(Upstream), Some(Expired), Some(Expired), Some(Unreadable), Some(Unreadable)]),
        (500, [Some(Upstream), Some(Upstream), Some(Expired), Some(Upstream), Some(Upstream), Some(Upstream)]),
        (408, [Some(Upstream), Some(Upstream), Some(Expired), Some(Upstream), Some(Upstream), Some(Upstream)]),
        (302, [Some(Unreadable), Some(Upstream), Some(Expired), Some(Unreadable), Some(Unreadable), Some(Unreadable)]),
        (303, [Some(Unreadable), Some(Upstream), Some(Expired), Some(Unreadable), Some(Unreadable), Some(Unreadable)]),
        (307, [Some(Unreadable), Some(Upstream), Some(Expired), Some(Refused), Some(Refused), Some(Unreadable)]),
        (401, [Some(Unreadable), Some(Upstream), Some(Expired), Some(Credentials), Some(Credentials), Some(Unreadable)]),
        (403, [Some(Unreadable), Some(Upstream), Some(Expired), Some(Credentials), Some(Credentials), Some(Unreadable)]),
        (429, [Some(Unreadable), Some(Upstream), Some(Expired), Some(TooSoon), Some(TooSoon), Some(Unreadable)]),
        (404, [Some(Unreadable), Some(Upstream), Some(Expired), Some(Expired), Some(Refused), Some(Unreadable)]),
        (999, [Some(Unreadable), Some(Upstream), Some(Expired), Some(Unreadable), Some(Unreadable), Some(Unreadable)]),
    ] {
        for (verdict, expected) in [
            (Verdict::Yes, yes),
            (Verdict::No(Upstream), upstream),
            (Verdict::Certain(Expired), certain),
            (Verdict::No(Expired), no),
            (Verdict::Unclear(WHY), unclear),
            (Verdict::Contradictory(WHY), contradictory),
        ] {
            let kind = judged(status, verdict).map(|error| error.kind());
            assert_eq!(kind, expected, "{status} {verdict:?}");
        }
    }
}

#[test]
fn a_contradiction_is_never_a_certain_no_and_says_how() {
    for status in (100..=599).chain([999]) {
        let error = judged(status, Verdict::Contradictory(WHY)).expect("no yes");
        assert_eq!(error.dispatch(), Dispatch::MaybeSent, "{status}");
        let is_upstream = matches!(status, 408 | 500..=599);
        assert_eq!(error.reason(), (!is_upstream).then_some(WHY), "{status}");
    }
}

#[test]
fn the_wait_of_the_header_is_kept_where_the_code_outranks_the_status() {
    for (status, verdict, waits) in [
        (429, Verdict::Certain(TooSoon), true),
        (429, Verdict::No(Refused), true),
        (429, Verdict::Certain(Expired), false),
        (200, Verdict::No(TooSoon), true),
    ] {
        let response = response(status, &[(RETRY_AFTER, "7")], b"");
        let error = response.judge(verdict, || (None, None)).expect_err("no");
        let length = error
            .wait()
            .map(|wait| wait.remaining(response.arrived()).as_secs());
        assert_eq!(length, waits.then_some(7), "{status} {verdict:?}");
    }
}

#[test]
fn a_code_means_what_its_table_says() {
    for (code, operation, expected) in [
        ("0", Operation::SEND_OTP, Verdict::Yes),
        ("1", Operation::SEND_OTP, Verdict::No(Expired)),
        ("2", Operation::SEND_OTP, Verdict::Certain(TooSoon)),
        ("3", Operation::SEND_OTP, Verdict::No(Refused)),
        (
            "3",
            Operation::VERIFY_OTP,
            Verdict::No(ErrorKind::WrongCode),
        ),
        ("4", Operation::SEND_OTP, Verdict::No(Refused)),
    ] {
        assert_eq!(
            Verdict::by_code(&CODES.code(code), operation),
            expected,
            "{code}"
        );
    }
}

#[test]
fn code_and_text_are_kept_and_not_printed_and_an_empty_code_is_none() {
    for (code, is_kept) in [
        ("canary-code", true),
        ("", false),
        (" ", false),
        ("\u{a0}", false),
    ] {
        let said = || {
            (
                Some(CODES.code(code)),
                Some(ProviderText::new("canary-text")),
            )
        };
        let judged = response(200, &[], b"").judge(Verdict::No(Refused), said);
        let error = judged.expect_err("no");
        assert_eq!(error.code().is_some(), is_kept, "{code:?}");
        assert!(error.provider_text().is_some());
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
}
