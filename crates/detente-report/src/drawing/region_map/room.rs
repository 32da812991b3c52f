//! Where a region of a map has most room: there its label stands.

use crate::formats::json::RegionMap;

/// Cells of a side of the plane that are looked at; what is smaller has no room for a label.
const CELLS: usize = 128;

/// The largest square inside a region, in shares of the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Room {
    /// Its middle.
    pub middle: [f64; 2],
    /// Its side.
    pub side: f64,
}

/// Room in a region, leaving out what is `taken`; of equal squares the one nearest to the middle of the
/// region. `None` if it has no cell.
pub(super) fn room(
    map: &RegionMap,
    region: usize,
    taken: &dyn Fn([f64; 2]) -> bool,
) -> Option<Room> {
    let cells = cells(map, region, taken);
    let centre = centre(&cells)?;
    let mut sides = vec![[0_usize; CELLS]; CELLS];
    let mut best: Option<(usize, f64, Room)> = None;
    for row in 0..CELLS {
        for column in 0..CELLS {
            if !cells[row][column] {
                continue;
            }
            let side = 1 + match (row, column) {
                (0, _) | (_, 0) => 0,
                _ => sides[row - 1][column]
                    .min(sides[row][column - 1])
                    .min(sides[row - 1][column - 1]),
            };
            sides[row][column] = side;
            let middle = [column, row].map(|at| share(at as f64 + 1.0 - side as f64 / 2.0));
            let far = (middle[0] - centre[0]).hypot(middle[1] - centre[1]);
            if best.is_none_or(|(most, least, _)| side > most || side == most && far < least) {
                best = Some((side, far, Room { middle, side: share(side as f64) }));
            }
        }
    }
    best.map(|(_, _, room)| room)
}

fn share(cells: f64) -> f64 {
    cells / CELLS as f64
}

/// Which cells lie in the region with their middle, rows from below.
fn cells(map: &RegionMap, region: usize, taken: &dyn Fn([f64; 2]) -> bool) -> Vec<[bool; CELLS]> {
    let mut cells = vec![[false; CELLS]; CELLS];
    let first = |from: f64| ((from * CELLS as f64 - 0.5).ceil().max(0.0) as usize).min(CELLS);
    for tile in map.tiles.iter().filter(|tile| tile.region == Some(region)) {
        let (left, low) = (first(tile.from[0]), first(tile.from[1]));
        let (right, high) = (first(tile.to[0]), first(tile.to[1]));
        for row in &mut cells[low..high] {
            row[left..right].fill(true);
        }
    }
    for (row, line) in cells.iter_mut().enumerate() {
        for (column, cell) in line.iter_mut().enumerate() {
            *cell &= !taken([column, row].map(|at| share(at as f64 + 0.5)));
        }
    }
    cells
}

/// The middle of all cells.
fn centre(cells: &[[bool; CELLS]]) -> Option<[f64; 2]> {
    let (mut sum, mut many) = ([0.0, 0.0], 0.0);
    for (row, line) in cells.iter().enumerate() {
        for (column, _) in line.iter().enumerate().filter(|(_, cell)| **cell) {
            sum[0] += share(column as f64 + 0.5);
            sum[1] += share(row as f64 + 0.5);
            many += 1.0;
        }
    }
    (many > 0.0).then(|| sum.map(|sum| sum / many))
}
