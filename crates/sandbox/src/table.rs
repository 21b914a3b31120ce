//! `rows` reads the rows of a Markdown table, which is documentation elsewhere.

/// The rows of a table, each with its cells; its head, and any line that is no row, is left out.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().skip(2).filter_map(|line| {
        let cells = line.trim().strip_prefix('|')?.strip_suffix('|')?;
        let cells = cells.split('|').map(|cell| unquoted(cell.trim()));
        cells.collect::<Vec<_>>().try_into().ok()
    })
}

/// A cell that is one code span, without its backticks.
fn unquoted(cell: &'static str) -> &'static str {
    let code = cell
        .strip_prefix('`')
        .and_then(|cell| cell.strip_suffix('`'));
    code.filter(|code| !code.contains('`')).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_cell_that_is_one_code_span_loses_its_backticks() {
        let table = "| a | b |\n|---|---|\n| `x` | `y` and `z` |";
        assert_eq!(rows(table).collect::<Vec<_>>(), [["x", "`y` and `z`"]]);
    }
}
