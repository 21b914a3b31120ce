//! Tokens and codes: right once, replaced, too early, too often.

use super::*;
use crate::number::MobileNumber;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).expect("a time")
}

fn otps() -> (Otps, Customer) {
    let mut otps = Otps::new(Rng::with_seed(42));
    let customer = customer(&mut otps);
    (otps, customer)
}

fn customer(otps: &mut Otps) -> Customer {
    let phone = MobileNumber::international("905550000042").expect("a number");
    let random = &mut otps.identifiers;
    let opened = otps.sessions.open(phone, random, NOW);
    let entered = otps.sessions.enter(&opened.id, random, NOW);
    entered.expect("a session").customer
}

#[test]
fn the_right_code_is_right_once() {
    let (mut otps, customer) = otps();
    let Sent { token, code, .. } = otps.start(customer, NOW);
    assert_eq!(otps.verify(customer, &token, &code, true, NOW), Ok(()));
    let used = Err(TokenProblem::Used);
    assert_eq!(otps.verify(customer, &token, &code, true, NOW), used);
    assert_eq!(
        otps.resend(customer, &token, at(30)),
        Err(TokenProblem::Used)
    );
}

#[test]
fn a_resend_kills_the_old_token_and_the_old_code() {
    let (mut otps, customer) = otps();
    let first = otps.start(customer, NOW);
    let second = otps.resend(customer, &first.token, at(30)).expect("sent");
    assert!(first.token != second.token && first.code != second.code);
    assert_eq!(second.expires_at, at(210));
    for code in [&first.code, &second.code] {
        assert_eq!(
            otps.verify(customer, &first.token, code, true, at(30)),
            Err(TokenProblem::Replaced)
        );
    }
    assert_eq!(
        otps.verify(customer, &second.token, &first.code, true, at(30)),
        Err(TokenProblem::WrongCode)
    );
    let right = otps.verify(customer, &second.token, &second.code, true, at(209));
    assert_eq!(right, Ok(()));
}

#[test]
fn a_resend_has_to_wait_and_to_end() {
    let (mut otps, customer) = otps();
    let mut token = otps.start(customer, NOW).token;
    let early = |seconds| Err(TokenProblem::TooEarly { seconds });
    assert_eq!(otps.resend(customer, &token, NOW), early(30));
    let almost = at(30) - SignedDuration::from_millis(1);
    assert_eq!(otps.resend(customer, &token, almost), early(1));
    for resend in 1..=3 {
        let sent = otps.resend(customer, &token, at(30 * resend));
        token = sent.expect("sent").token;
    }
    for seconds in [90, 120] {
        assert_eq!(
            otps.resend(customer, &token, at(seconds)),
            Err(TokenProblem::LimitReached)
        );
    }
}

#[test]
fn after_three_wrong_codes_the_token_is_dead() {
    let (mut otps, customer) = otps();
    let Sent { token, code, .. } = otps.start(customer, NOW);
    for _ in 0..3 {
        let wrong = otps.verify(customer, &token, "wrong", true, NOW);
        assert_eq!(wrong, Err(TokenProblem::WrongCode));
    }
    let dead = Err(TokenProblem::TooManyWrong);
    assert_eq!(otps.verify(customer, &token, &code, true, NOW), dead);
    assert_eq!(
        otps.resend(customer, &token, at(30)),
        Err(TokenProblem::TooManyWrong)
    );
}

#[test]
fn a_code_runs_out_at_its_second() {
    let (mut otps, customer) = otps();
    let Sent { token, code, .. } = otps.start(customer, NOW);
    let late = otps.verify(customer, &token, &code, true, at(180));
    assert_eq!(late, Err(TokenProblem::Expired));
    let late = otps.resend(customer, &token, at(180));
    assert_eq!(late, Err(TokenProblem::Expired));
}

#[test]
fn a_rotated_token_takes_the_code_along_or_gets_another() {
    let (mut otps, customer) = otps();
    let first = otps.start(customer, NOW);
    let second = otps.rotate(customer, &first.token, NOW).expect("a token");
    let dead = Err(TokenProblem::Replaced);
    assert_eq!(otps.rotate(customer, &first.token, NOW), dead);
    let third = otps.send_another(customer, &second, NOW).expect("sent");
    assert!(third.token != second && third.code != first.code);
    let right =
        |otps: &mut Otps, token: &str, code: &str| otps.verify(customer, token, code, true, NOW);
    assert_eq!(
        right(&mut otps, &second, &first.code),
        Err(TokenProblem::Replaced)
    );
    let fourth = otps.rotate(customer, &third.token, NOW).expect("a token");
    assert_eq!(right(&mut otps, &fourth, &third.code), Ok(()));
}

#[test]
fn a_forgotten_flag_counts_as_no_wrong_code() {
    let (mut otps, customer) = otps();
    let Sent { token, code, .. } = otps.start(customer, NOW);
    for _ in 0..4 {
        let forgotten = otps.verify(customer, &token, &code, false, NOW);
        assert_eq!(forgotten, Err(TokenProblem::NotForLink));
    }
    assert_eq!(otps.verify(customer, &token, &code, true, NOW), Ok(()));
}

#[test]
fn another_customers_token_is_no_token() {
    let (mut otps, one) = otps();
    let other = customer(&mut otps);
    let Sent { token, code, .. } = otps.start(one, NOW);
    let refused = otps.verify(other, &token, &code, true, NOW);
    assert_eq!(refused, Err(TokenProblem::OfOtherSession));
    let unknown = otps.verify(one, "", &code, true, NOW);
    assert_eq!(unknown, Err(TokenProblem::Unknown));
    assert_eq!(otps.verify(one, &token, &code, true, NOW), Ok(()));
}

#[test]
fn the_codes_do_not_depend_on_the_ids() {
    let (mut otps, customer_of_one) = otps();
    let mut other = Otps::new(Rng::with_seed(42));
    let _first = customer(&mut other);
    let second = customer(&mut other);
    let codes = [
        otps.start(customer_of_one, NOW).code,
        other.start(second, NOW).code,
    ];
    assert_eq!(codes[0], codes[1]);
}
