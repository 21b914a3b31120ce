//! What the project aims at, and whether it is so.

use super::foreign::Foreign;
use super::number::short;
use super::parts::{self, Part, Which};
use super::row::{self, Caller, Row, cpu, rate};
use crate::calls::Call;
use crate::clients::Way;
use crate::micro::Micro;

/// One aim and the figure that was found.
#[derive(Debug)]
pub(crate) struct Target {
    what: String,
    found: Option<f64>,
    bound: Bound,
}

#[derive(Clone, Copy, Debug)]
enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

impl Target {
    /// As a line of a table: the aim, the bound, the figure, met or missed.
    pub(crate) fn cells(&self) -> Vec<String> {
        let (bound, is_met) = match self.bound {
            Bound::AtMost(bound) => (
                format!("at most {}", short(bound)),
                self.found.map(|found| found <= bound),
            ),
            Bound::AtLeast(bound) => (
                format!("at least {}", short(bound)),
                self.found.map(|found| found >= bound),
            ),
        };
        let said = match is_met {
            Some(true) => "met",
            Some(false) => "**missed**",
            None => "not measured",
        };
        let found = self.found.map_or_else(|| "–".to_owned(), short);
        vec![self.what.clone(), bound, found, said.to_owned()]
    }
}

/// All aims, in the order in which they are told.
pub(crate) fn all(rows: &[Row], parts: &[Part]) -> Vec<Target> {
    let mut targets = Vec::new();
    for call in Call::ALL {
        let of = |way| row::find(rows, call, Caller::Rust(way));
        let cost = |way| of(way)?.cost;
        let (ours, by_hand, bare) = (cost(Way::Onay), cost(Way::ByHand), cost(Way::Bare));
        let title = call.title();
        let mut add = |what: &str, found: Option<f64>, bound| {
            let what = format!("{title}: {what}");
            targets.push(Target { what, found, bound });
        };
        add(
            "instructions, to reqwest by hand",
            ours.zip(by_hand)
                .map(|(ours, other)| ours.instructions / other.instructions),
            Bound::AtMost(1.0),
        );
        add(
            "instructions, to bare reqwest",
            ours.zip(bare)
                .map(|(ours, other)| ours.instructions / other.instructions),
            Bound::AtMost(1.1),
        );
        add(
            "allocations beyond bare reqwest",
            ours.zip(bare)
                .map(|(ours, other)| ours.allocations - other.allocations),
            Bound::AtMost(if call == Call::Notify { 8.0 } else { 4.0 }),
        );
        let crowd = of(Way::Onay).zip(of(Way::ByHand));
        add(
            "calls per second with 64 in flight, to reqwest by hand",
            crowd.and_then(|(ours, other)| ours.ratio(other, |round| rate(&round.crowd))),
            Bound::AtLeast(1.0),
        );
    }
    for (client, times) in [(Foreign::Axios, 10.0), (Foreign::Httpx, 40.0)] {
        let theirs = row::find(rows, Call::SendOtp, Caller::Foreign(client));
        let ours = row::find(rows, Call::SendOtp, Caller::Rust(Way::Onay));
        targets.push(Target {
            what: format!("CPU of {}, to Onay's", client.label()),
            found: theirs
                .zip(ours)
                .and_then(|(theirs, ours)| theirs.ratio(ours, cpu)),
            bound: Bound::AtLeast(times),
        });
    }
    let of = |which| parts::find(parts, which);
    let token = of(Which::TokenInCall).zip(of(Which::Alone(Micro::TokenBare)));
    let gsm = of(Which::Alone(Micro::GsmParse)).and_then(|part| part.alone);
    for (what, found, bound) in [
        (
            "PayTR token: instructions, to prepared HMAC and base64",
            token.map(|(ours, bare)| ours.instructions / bare.instructions),
            1.2,
        ),
        ("`Gsm::parse`: ns", gsm.map(|(ns, _)| ns), 50.0),
        (
            "`Gsm::parse`: allocations",
            gsm.map(|(_, allocations)| allocations),
            0.0,
        ),
    ] {
        targets.push(Target {
            what: what.to_owned(),
            found,
            bound: Bound::AtMost(bound),
        });
    }
    targets
}

#[cfg(test)]
mod tests {
    use super::super::row::tests::row;
    use super::*;

    fn said(targets: &[Target], what: &str) -> Vec<String> {
        let target = targets.iter().find(|target| target.what.contains(what));
        target.expect(what).cells()
    }

    #[test]
    fn met_missed_and_not_measured_are_told_apart() {
        let mut rows = vec![
            row(Call::SendOtp, Caller::Rust(Way::Onay), &[20_000]),
            row(Call::SendOtp, Caller::Rust(Way::ByHand), &[22_000]),
            row(Call::SendOtp, Caller::Foreign(Foreign::Axios), &[190_000]),
        ];
        let targets = all(&rows, &[]);
        assert_eq!(said(&targets, "calls per second")[2..], ["1.10", "met"]);
        assert_eq!(said(&targets, "axios")[2..], ["9.50", "**missed**"]);
        assert_eq!(said(&targets, "httpx")[2..], ["–", "not measured"]);
        assert_eq!(
            said(&targets, "to bare reqwest")[2..],
            ["–", "not measured"]
        );
        rows.reverse();
        assert_eq!(said(&all(&rows, &[]), "axios")[2..], ["9.50", "**missed**"]);
    }
}
