//! Answers without end, each in another part of it.

use super::examiner::Examiner;
use super::scene::Scene;
use super::situation::{Situation, Wanted};
use super::{Operation, Rule};
use crate::Behaviour;

/// Far more than any answer, and less than hurts the machine that runs the test.
const MOST_BYTES: usize = 16 * 1024 * 1024;

pub(super) async fn check(examiner: &mut Examiner<'_>, operation: &Operation) {
    let good = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    let chunked = format!("{good}transfer-encoding: chunked\r\n\r\n");
    let body = operation
        .accepted
        .first()
        .map_or("", |(yes, _)| yes.body.as_str());
    let blanks = " ".repeat(16 * 1024);
    let chunk = format!("4000\r\n{blanks}\r\n");
    let long = "y".repeat(16 * 1024);
    let extended = format!("1;x={long}\r\n \r\n");
    let lines = "x-line: 0123456789012345\r\n".repeat(600);
    #[rustfmt::skip]
    let endless = [
        ("a body", format!("{good}\r\n"), &blanks),
        ("a body behind the yes", format!("{good}\r\n{body}"), &blanks),
        ("a body that was announced", format!("{good}content-length: 10737418240\r\n\r\n"), &blanks),
        ("chunks", chunked.clone(), &chunk),
        ("chunks with long extensions", chunked.clone(), &extended),
        ("trailers behind the yes", format!("{chunked}{:x}\r\n{body}\r\n0\r\n", body.len()), &lines),
        ("header lines", good.to_owned(), &lines),
        ("one header", format!("{good}x-long: "), &long),
        ("a status line", "HTTP/1.1 200 ".to_owned(), &long),
    ];
    for (name, head, piece) in endless {
        if examiner.gave_up {
            return;
        }
        let name = format!("without end: {name}");
        let behaviour = Behaviour::EndlessOf(head.into_bytes(), piece.as_bytes().to_vec());
        let rule = Rule::BoundedAnswers;
        let situation = Situation::new(&name, behaviour.clone(), rule, Wanted::MaybeSent);
        let scene = Scene::plain(operation, behaviour).await;
        let observed = scene.observe().await;
        let written = scene.server.endless_bytes();
        examiner.report.add_row(&situation, &observed);
        let result = examiner.judge(operation, &name, &scene.target, observed);
        if written > MOST_BYTES {
            let what = "read on without a bound";
            examiner.breach(Rule::BoundedAnswers, operation, &name, what);
        }
        examiner.demand(operation, &situation, result.as_ref());
    }
}
