//! The matrix can fail: a careless client breaks in it, and ours does not.

use std::time::Duration;

use onay::{Error, ErrorKind};

use super::certificate::Identity;
use super::matrix::{Call, Tried};
use super::operation::{self, Operation};
use super::outcome::Breach;
use super::{moment, statuses, table, trial};
use crate::report::Report;

/// Tries three times, takes every answer for a yes, and says of every failure that nothing was sent.
const CARELESS: Operation = Operation {
    provider: "Careless",
    name: "send",
    yes: "{}",
    call: |target, name| {
        Box::pin(async move {
            for _ in 0..3 {
                let url = format!("{}/send", target.base_url);
                let request = target.bare.post(url).body(name.clone());
                let request = request.timeout(Duration::from_secs(20));
                if request.send().await.is_ok() {
                    return Ok(());
                }
            }
            Err(Error::new(ErrorKind::Unreachable))
        })
    },
};

/// What an operation does in the moment of this name.
async fn tried(operation: Operation, part: &str, name: &str) -> Tried {
    let identity = Identity::new().expect("a certificate");
    let moment = moment::all(operation.yes)
        .into_iter()
        .find(|moment| moment.part.starts_with(part) && moment.name == name)
        .expect("a moment of this name");
    let outcome = trial::operation(&moment, operation, false, &identity);
    let retrying = trial::operation(&moment, operation, true, &identity);
    let call = Call {
        operation,
        outcome: outcome.await.expect("tried"),
        retrying: retrying.await.expect("tried"),
    };
    let control = trial::control(&moment, &identity).await.expect("tried");
    Tried {
        moment,
        calls: vec![call],
        control,
    }
}

fn broken(tried: &Tried) -> Vec<Breach> {
    let calls = tried.calls.iter();
    let broken = calls.flat_map(|call| call.outcome.broken(tried.moment.answer));
    broken.collect()
}

const MOMENTS: [(&str, &str, &[Breach]); 5] = [
    ("Before", "closed on accept", &[]),
    ("After", "reset", &[Breach::Copies, Breach::FalseNotSent]),
    (
        "While the answer",
        "closed inside the head",
        &[Breach::Copies, Breach::FalseNotSent],
    ),
    ("A bad status over a", "`500`", &[Breach::FalseYes]),
    (
        "A bad status over a",
        moment::TEMPORARY_REDIRECT,
        &[Breach::Copies, Breach::FalseYes],
    ),
];

#[tokio::test]
async fn a_careless_client_breaks_its_promises() {
    for (part, name, expected) in MOMENTS {
        let tried = tried(CARELESS, part, name).await;
        assert_eq!(broken(&tried), expected, "{name}");
        let mut report = Report::default();
        table::write(&mut report, &[tried]);
        let told = |what: &&String| what.starts_with("Careless send");
        // Once as it is, and once with `retry_unreachable`, which it does not know.
        let told = report.breaches().iter().filter(told).count();
        assert_eq!(told, expected.len() * 2, "{name}");
    }
}

#[tokio::test]
async fn no_operation_of_ours_does() {
    for (part, name, _) in MOMENTS {
        for operation in operation::ALL {
            let tried = tried(operation, part, name).await;
            assert_eq!(broken(&tried), [], "{} {name}", operation.name);
        }
    }
}

#[tokio::test]
async fn every_operation_gets_its_yes() {
    for operation in operation::ALL {
        let tried = tried(
            operation,
            "Answers before",
            "`100`, then the provider's yes",
        )
        .await;
        let row = tried.calls.first().expect("a call").outcome.cells();
        assert_eq!(row, ["`Ok`", "–", "1", "yes"], "{}", operation.name);
    }
}

#[tokio::test]
async fn without_a_second_copy_of_the_control_nothing_is_proved() {
    let tried = tried(CARELESS, "Before", "nobody listens").await;
    let mut report = Report::default();
    table::write(&mut report, &[tried]);
    let breaches = report.breaches();
    assert!(
        breaches.iter().all(|what| what.contains("proves nothing")),
        "{breaches:?}"
    );
    assert!(!breaches.is_empty());
}

#[tokio::test]
async fn operations_that_differ_get_rows_of_their_own() {
    let mut ours = tried(operation::ALL[0], "A bad status over a", "`500`").await;
    let careless = tried(CARELESS, "A bad status over a", "`500`").await;
    ours.calls.extend(careless.calls);
    let mut report = Report::default();
    table::write(&mut report, &[ours]);
    let text = report.text();
    assert!(
        text.contains("| `500`: Paynet | `Upstream` | `MaybeSent` | 1 | yes | `500`; 1 received |"),
        "{text}"
    );
    assert!(
        text.contains("| `500`: Careless | `Ok` | – | 1 | yes | 〃 |"),
        "{text}"
    );
}

/// Posts again where the provider says that it is busy with the first.
const AGAIN_ON_CONFLICT: Operation = Operation {
    provider: "Careless",
    name: "again",
    yes: "{}",
    call: |target, name| {
        Box::pin(async move {
            let mut status = trial::careless_post(&target, &name).await;
            if matches!(status, Ok(409 | 423)) {
                status = trial::careless_post(&target, &name).await;
            }
            Err(Error::new(match status {
                Ok(500..) => ErrorKind::Refused,
                _ => ErrorKind::Unreadable,
            }))
        })
    },
};

#[tokio::test]
async fn a_retry_on_any_status_is_noticed() {
    let identity = Identity::new().expect("a certificate");
    let tried = statuses::run(&[AGAIN_ON_CONFLICT], &identity).await;
    let tried = tried.expect("tried");
    let names: Vec<(&str, Vec<Breach>)> = tried
        .iter()
        .map(|tried| (tried.moment.name.as_str(), broken(tried)))
        .filter(|(_, broken)| !broken.is_empty())
        .collect();
    let twice = ("`409`, `423`", vec![Breach::Copies]);
    let refused = ("every other `5xx`, 96 of them", vec![Breach::FalseRefused]);
    assert_eq!(names, [twice.clone(), refused.clone(), twice, refused]);
}
