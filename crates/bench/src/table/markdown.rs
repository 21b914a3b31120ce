//! The table as the guide shows it.

use super::number::{float, short, whole};
use super::parts::Part;
use super::row::{self, Caller, Row, cpu, rate};
use super::{process, target};
use crate::calls::Call;
use crate::clients::Way;

const HEAD: [&str; 11] = [
    "client",
    "instructions",
    "allocations",
    "bytes allocated",
    "CPU, µs",
    "to by hand",
    "to raw hyper",
    "calls/s, 1 in flight",
    "p50 · p99, µs",
    "calls/s, 64 in flight",
    "p50 · p99, µs",
];

pub(crate) fn text(rows: &[Row], parts: &[Part], rounds: usize) -> String {
    let mut text = format!(
        "Written by `cargo xtask bench`: one run on one machine, {} cores, {}; the median of {rounds} rounds over all \
         rows. Instructions (user space), allocations and bytes are counted, one call in flight, and repeat exactly; \
         times are this machine's, and of those only the ratios travel. CPU is user and system time per call with 64 in \
         flight; its ratios are taken within each round.\n\n",
        std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        if process::can_pin() {
            "client on one and server on another"
        } else {
            "nothing pinned to any"
        },
    );
    for call in Call::ALL {
        text.push_str(&format!("**{}**\n\n", call.title()));
        let of_call: Vec<&Row> = rows.iter().filter(|row| row.call == call).collect();
        let lines: Vec<Vec<String>> = of_call.iter().map(|row| line(row, rows)).collect();
        table(&mut text, &HEAD, &lines);
    }
    text.push_str("**Parts of a call**\n\n");
    let lines: Vec<Vec<String>> = parts.iter().map(part).collect();
    table(
        &mut text,
        &["part", "instructions", "ns", "allocations"],
        &lines,
    );
    text.push_str("**Aims**\n\n");
    let targets = target::all(rows, parts);
    let lines: Vec<Vec<String>> = targets.iter().map(target::Target::cells).collect();
    table(&mut text, &["aim", "bound", "found", ""], &lines);
    text
}

fn line(row: &Row, rows: &[Row]) -> Vec<String> {
    let label = match row.caller {
        Caller::Rust(way) => way.label().to_owned(),
        Caller::Foreign(client) => client.label(),
    };
    let nothing = || "–".to_owned();
    let counted = row.cost.map_or_else(
        || vec![nothing(); 3],
        |cost| {
            vec![
                whole(cost.instructions),
                short(cost.allocations),
                whole(cost.bytes),
            ]
        },
    );
    let mut cells = vec![label];
    cells.extend(counted);
    if row.rounds.is_empty() {
        cells.push("not installed".to_owned());
        cells.resize(HEAD.len(), nothing());
        return cells;
    }
    let to = |way| {
        let other = row::find(rows, row.call, Caller::Rust(way))?;
        row.ratio(other, cpu)
    };
    cells.push(short(row.middle(cpu)));
    cells.push(to(Way::ByHand).map_or_else(nothing, short));
    cells.push(to(Way::Hyper).map_or_else(nothing, short));
    let between = |p50: f64, p99: f64| format!("{} · {}", short(p50 / 1e3), short(p99 / 1e3));
    cells.push(whole(row.middle(|round| rate(&round.alone))));
    cells.push(between(
        row.middle(|round| float(round.alone.p50_ns)),
        row.middle(|round| float(round.alone.p99_ns)),
    ));
    cells.push(whole(row.middle(|round| rate(&round.crowd))));
    cells.push(between(
        row.middle(|round| float(round.crowd.p50_ns)),
        row.middle(|round| float(round.crowd.p99_ns)),
    ));
    cells
}

fn part(part: &Part) -> Vec<String> {
    let alone = part.alone;
    let cell = |number: Option<f64>| number.map_or_else(|| "–".to_owned(), short);
    vec![
        part.what.clone(),
        whole(part.instructions),
        cell(alone.map(|(ns, _)| ns)),
        cell(alone.map(|(_, allocations)| allocations)),
    ]
}

fn table(text: &mut String, head: &[&str], lines: &[Vec<String>]) {
    let line = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
    text.push_str(&line(head.to_vec()));
    text.push_str(&line(vec!["---"; head.len()]));
    for cells in lines {
        text.push_str(&line(cells.iter().map(String::as_str).collect()));
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::super::foreign::Foreign;
    use super::super::row::tests::row as measured;
    use super::*;

    #[test]
    fn every_line_has_every_cell() {
        let rows = [
            measured(Call::SendOtp, Caller::Rust(Way::Onay), &[20_000]),
            measured(Call::SendOtp, Caller::Rust(Way::ByHand), &[40_000]),
            measured(Call::SendOtp, Caller::Foreign(Foreign::Axios), &[]),
        ];
        let text = text(&rows, &[], 1);
        let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).collect();
        let of = |start: &str| {
            let line = lines.iter().find(|line| line.starts_with(start));
            line.expect(start)
                .split(" | ")
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let ours = of("| Onay");
        assert_eq!(ours.len(), HEAD.len());
        assert_eq!(ours[4..6], ["20.0", "0.50"]);
        let axios = of("| Node, axios");
        assert_eq!(
            (axios.len(), axios[4].as_str()),
            (HEAD.len(), "not installed")
        );
    }
}
