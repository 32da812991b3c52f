//! How the members of a situation are joined. Members in one column with no other node between
//! them are joined by a straight dashed line; otherwise the line makes a detour in a lane of its
//! own, left of the column and right of all labels.

use super::view::View;
use detente_game::InfoSetId;

/// Distance of the first lane from the nodes, and of one lane from the next.
pub(super) const LANES: (f64, f64) = (9.0, 7.0);

/// How two neighbouring members are joined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Way {
    /// Straight along the column.
    Straight,
    /// By the lane of this number, counted from the column.
    Lane(usize),
    /// They are in different columns.
    Slanted,
}

/// A line between two members of a situation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Joint {
    pub set: InfoSetId,
    pub from: usize,
    pub to: usize,
    pub way: Way,
}

/// All lines, with the lanes given out, and the number of lanes each column needs. `across` is
/// the place of each node along its column.
pub(super) fn joints(view: &View<'_>, across: &[f64]) -> (Vec<Joint>, Vec<usize>) {
    let mut columns: Vec<Vec<f64>> = vec![Vec::new(); view.deepest() + 1];
    for (seen, place) in view.nodes.iter().zip(across) {
        columns[seen.depth].push(*place);
    }
    for column in &mut columns {
        column.sort_by(f64::total_cmp);
    }
    let mut joints = Vec::new();
    for (set, mut members) in view.situations() {
        members.sort_by(|a, b| across[*a].total_cmp(&across[*b]));
        for pair in members.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let depth = view.nodes[from].depth;
            let way = if depth != view.nodes[to].depth {
                Way::Slanted
            } else if between(&columns[depth], across[from], across[to]) {
                Way::Lane(0)
            } else {
                Way::Straight
            };
            joints.push(Joint { set, from, to, way });
        }
    }
    let lanes = give_lanes(view, across, &mut joints);
    (joints, lanes)
}

/// Whether a node of the column lies strictly between two places.
fn between(column: &[f64], from: f64, to: f64) -> bool {
    let after = column.partition_point(|place| *place <= from);
    column.get(after).is_some_and(|place| *place < to)
}

/// Gives all detours of one situation in one column one lane, short situations first, so that
/// detours of different situations share a lane only where they do not meet.
fn give_lanes(view: &View<'_>, across: &[f64], joints: &mut [Joint]) -> Vec<usize> {
    let mut lanes: Vec<Vec<Vec<(f64, f64)>>> = vec![Vec::new(); view.deepest() + 1];
    let mut wanted: Vec<(usize, InfoSetId, f64, f64)> = Vec::new();
    for joint in joints.iter().filter(|joint| matches!(joint.way, Way::Lane(_))) {
        let depth = view.nodes[joint.from].depth;
        let (low, high) = (across[joint.from], across[joint.to]);
        match wanted.iter_mut().find(|(d, set, ..)| (*d, *set) == (depth, joint.set)) {
            Some((.., least, most)) => (*least, *most) = (least.min(low), most.max(high)),
            None => wanted.push((depth, joint.set, low, high)),
        }
    }
    wanted.sort_by(|a, b| (a.3 - a.2).total_cmp(&(b.3 - b.2)).then(a.1.cmp(&b.1)));
    let mut given = std::collections::BTreeMap::new();
    for (depth, set, low, high) in wanted {
        let column = &mut lanes[depth];
        let meets = |lane: &Vec<(f64, f64)>| lane.iter().any(|(a, b)| *a <= high && low <= *b);
        let free = column.iter().position(|lane| !meets(lane)).unwrap_or(column.len());
        if free == column.len() {
            column.push(Vec::new());
        }
        column[free].push((low, high));
        given.insert((depth, set), free);
    }
    for joint in joints.iter_mut() {
        if let Some(lane) = given.get(&(view.nodes[joint.from].depth, joint.set))
            && matches!(joint.way, Way::Lane(_))
        {
            joint.way = Way::Lane(*lane);
        }
    }
    lanes.iter().map(Vec::len).collect()
}
