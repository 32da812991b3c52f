//! Columns: the cells of neighbouring lines, padded so that they stand below each other.

/// The cells of a line. A column without text in any line of its group takes no room.
pub(super) type Cells = Vec<String>;

/// Columns a text takes on the screen.
pub(super) fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// The lines of a group with their cells aligned, `gaps[n]` spaces after column `n` (the last gap for the rest).
/// A cell that ends its line does not widen its column.
pub(super) fn align(lines: &[Cells], gaps: &[usize]) -> Vec<String> {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let mut widths = vec![0; columns];
    for cells in lines {
        let last = last_cell(cells);
        for (n, cell) in cells.iter().enumerate() {
            if n < last {
                widths[n] = widths[n].max(width(cell));
            }
        }
    }
    lines.iter().map(|cells| join(cells, &widths, gaps)).collect()
}

fn last_cell(cells: &[String]) -> usize {
    cells.iter().rposition(|cell| !cell.is_empty()).unwrap_or(0)
}

fn join(cells: &[String], widths: &[usize], gaps: &[usize]) -> String {
    let last = last_cell(cells);
    let mut line = String::new();
    for (n, cell) in cells.iter().enumerate().take(last + 1) {
        line.push_str(cell);
        if n < last && widths[n] > 0 {
            let gap = gaps.get(n).or(gaps.last()).copied().unwrap_or(2);
            line.push_str(&" ".repeat(widths[n] - width(cell) + gap));
        }
    }
    line
}

/// Amounts below each other: if any starts with a minus, the others step aside for it.
pub(super) fn align_signs(lines: &mut [Cells], column: usize) {
    let is_negative = |cells: &Cells| cells.get(column).is_some_and(|cell| cell.starts_with('-'));
    if !lines.iter().any(is_negative) {
        return;
    }
    for cells in lines.iter_mut().filter(|cells| !is_negative(cells)) {
        if let Some(cell) = cells.get_mut(column).filter(|cell| !cell.is_empty()) {
            cell.insert(0, ' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &[&str]) -> Cells {
        line.iter().map(|cell| cell.to_string()).collect()
    }

    #[test]
    fn empty_columns_vanish_and_last_cells_do_not_widen() {
        let lines =
            [cells(&["a", "", "1", "x"]), cells(&["bcd", "", "-2"]), cells(&["a long last one"])];
        assert_eq!(align(&lines, &[2]), ["a    1  x", "bcd  -2", "a long last one"]);
    }

    #[test]
    fn signs_hang_to_the_left() {
        let mut lines = [cells(&["a:", "1"]), cells(&["b:", "-2"])];
        align_signs(&mut lines, 1);
        assert_eq!(align(&lines, &[2]), ["a:   1", "b:  -2"]);
    }
}
