//! `cargo xtask picture`: draws the published crates, and which one stands on which, from what Cargo says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use xshell::Shell;

use crate::{Outcome, workspace};

/// The architecture guide shows it.
const FILE: &str = "crates/all/src/guide/crates.svg";

const WIDTH: usize = 210;
const HEIGHT: usize = 40;
const GAP: usize = 30;
const ROW: usize = 90;
const LANE: usize = 24;
/// Room for the lanes on either side.
const MARGIN: usize = 80;

/// Each crate with the published crates that it depends on.
type Crates = BTreeMap<String, BTreeSet<String>>;

/// Says whether the guide's picture is what Cargo says now.
pub(crate) fn compare(shell: &Shell) -> Outcome {
    if shell.read_file(FILE).ok() == Some(current(shell)?) {
        return Ok(());
    }
    Err(format!("{FILE} is not what Cargo says: cargo xtask picture --bless draws it").into())
}

/// Draws it anew.
pub(crate) fn bless(shell: &Shell) -> Outcome {
    Ok(shell.write_file(FILE, current(shell)?)?)
}

fn current(shell: &Shell) -> Result<String, Box<dyn std::error::Error>> {
    Ok(draw(&crates(&workspace::metadata(shell, false)?)))
}

fn crates(metadata: &Value) -> Crates {
    let published = |package: &&Value| package.get("publish").is_some_and(Value::is_null);
    let packages: Vec<&Value> = workspace::packages(metadata)
        .iter()
        .filter(published)
        .collect();
    let names: BTreeSet<&str> = packages
        .iter()
        .map(|package| workspace::text(package, "name"))
        .collect();
    let dependencies = |package: &Value| -> BTreeSet<String> {
        let all = package.get("dependencies").and_then(Value::as_array);
        let normal = all
            .into_iter()
            .flatten()
            .filter(|it| it.get("kind").is_some_and(Value::is_null));
        let ours = normal
            .map(|it| workspace::text(it, "name"))
            .filter(|name| names.contains(name));
        ours.map(str::to_owned).collect()
    };
    packages
        .iter()
        .map(|package| {
            (
                workspace::text(package, "name").to_owned(),
                dependencies(package),
            )
        })
        .collect()
}

/// The picture: whoever depends stands above, and what follows from another arrow has none.
fn draw(crates: &Crates) -> String {
    let rows = rows(crates);
    let widest = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = 2 * MARGIN + widest * (WIDTH + GAP) - GAP;
    let height = rows.len() * ROW;
    let mut places = BTreeMap::new();
    for (level, row) in rows.iter().enumerate() {
        let left = (width + GAP - row.len() * (WIDTH + GAP)) / 2;
        for (column, name) in row.iter().enumerate() {
            places.insert(
                *name,
                (
                    left + column * (WIDTH + GAP),
                    level * ROW + (ROW - HEIGHT) / 2,
                ),
            );
        }
    }
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"Which crate stands on which\" fill=\"none\" stroke=\"currentColor\" \
         font-family=\"monospace\" font-size=\"14\" style=\"max-width: 100%\">\n"
    );
    let mut lanes = [0, 0];
    for (name, dependencies) in crates {
        for dependency in dependencies
            .iter()
            .filter(|it| !is_implied(crates, dependencies, it))
        {
            if let (Some(from), Some(to)) =
                (places.get(name.as_str()), places.get(dependency.as_str()))
            {
                svg.push_str(&line(*from, *to, width, &mut lanes));
            }
        }
    }
    for (name, (left, top)) in &places {
        let (x, y) = (left + WIDTH / 2, top + HEIGHT / 2 + 5);
        svg.push_str(&format!(
            "<rect x=\"{left}\" y=\"{top}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"6\"/>\n\
             <text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\" fill=\"currentColor\" stroke=\"none\">{name}</text>\n"
        ));
    }
    svg.push_str("</svg>\n");
    svg
}

/// Straight to the row below; further down it goes around by the nearer side.
fn line(from: (usize, usize), to: (usize, usize), width: usize, lanes: &mut [usize; 2]) -> String {
    let (bottom, top) = (from.1 + HEIGHT, to.1);
    if top < bottom + ROW {
        let (start, end) = (from.0 + WIDTH / 2, to.0 + WIDTH / 2);
        return format!("<path d=\"M{start} {bottom} L{end} {top}\"/>\n");
    }
    let [left, right] = lanes;
    let start = from.1 + HEIGHT / 2;
    if from.0 + WIDTH / 2 < width / 2 {
        *left += 1;
        let (lane, end) = (*left * LANE, to.1 + HEIGHT / 2);
        return format!(
            "<path d=\"M{} {start} H{lane} V{end} H{}\"/>\n",
            from.0, to.0
        );
    }
    *right += 1;
    // Each lane arrives at a height of its own.
    let (lane, end) = (
        width - *right * LANE,
        to.1 + HEIGHT / 4 + (*right - 1) * HEIGHT / 2,
    );
    format!(
        "<path d=\"M{} {start} H{lane} V{end} H{}\"/>\n",
        from.0 + WIDTH,
        to.0 + WIDTH
    )
}

/// Each crate one row below the lowest that depends on it.
fn rows(crates: &Crates) -> Vec<Vec<&str>> {
    let mut rows: Vec<Vec<&str>> = Vec::new();
    let mut left: Vec<&str> = crates.keys().map(String::as_str).collect();
    while !left.is_empty() {
        let wanted: BTreeSet<&str> = left
            .iter()
            .filter_map(|name| crates.get(*name))
            .flatten()
            .map(String::as_str)
            .collect();
        let (below, row): (Vec<&str>, Vec<&str>) =
            left.iter().partition(|name| wanted.contains(*name));
        if row.is_empty() {
            break; // A circle, which Cargo does not allow.
        }
        rows.push(row);
        left = below;
    }
    rows
}

/// Whether another dependency depends on it too.
fn is_implied(crates: &Crates, dependencies: &BTreeSet<String>, dependency: &str) -> bool {
    dependencies
        .iter()
        .any(|other| reaches(crates, other, dependency))
}

fn reaches(crates: &Crates, from: &str, to: &str) -> bool {
    let next = crates.get(from).into_iter().flatten();
    next.into_iter()
        .any(|next| next == to || reaches(crates, next, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Crates {
        let uses = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        [
            ("shop", uses(&["core", "provider"])),
            ("provider", uses(&["core"])),
            ("core", uses(&[])),
        ]
        .map(|(name, dependencies)| (name.to_owned(), dependencies))
        .into()
    }

    #[test]
    fn whoever_depends_stands_above() {
        assert_eq!(rows(&example()), [["shop"], ["provider"], ["core"]]);
    }

    #[test]
    fn what_follows_from_another_arrow_has_none() {
        assert_eq!(draw(&example()).matches("<path").count(), 2);
    }
}
