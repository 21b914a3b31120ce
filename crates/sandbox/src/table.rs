//! `rows` reads a Markdown table, which is data here and documentation elsewhere.

/// The rows of a table, each with its cells; its head, and any line that is no row, is left out.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().skip(2).filter_map(|line| {
        let cells = line.trim().strip_prefix('|')?.strip_suffix('|')?;
        let cells = cells.split('|').map(|cell| cell.trim().trim_matches('`'));
        cells.collect::<Vec<_>>().try_into().ok()
    })
}
