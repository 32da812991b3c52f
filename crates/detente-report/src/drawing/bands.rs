//! How the members of a situation are joined. Members in one column with no other node between
//! them are joined by a straight dashed line; otherwise the line makes a detour in a lane of its
//! own, left of the column and right of all labels. Members that could not be put into one column
//! are joined round the tree: down a lane of each column and along a channel below all rows.

use super::view::View;
use detente_game::InfoSetId;

/// Distance of the first lane from the nodes, and of one lane from the next.
pub(super) const LANES: (f64, f64) = (9.0, 7.0);

/// How two neighbouring members are joined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Way {
    /// Straight along the column.
    Straight,
    /// By a lane, counted from the column.
    Lane(usize),
    /// They are in different columns: by a lane of each and the channel of this number.
    Around {
        /// The lane at the first.
        from: usize,
        /// The lane at the second.
        to: usize,
        /// Counted from the tree.
        channel: usize,
    },
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
        columns[seen.step].push(*place);
    }
    for column in &mut columns {
        column.sort_by(f64::total_cmp);
    }
    let step = |node: usize| view.nodes[node].step;
    let (mut joints, mut channel) = (Vec::new(), 0);
    for (set, mut members) in view.situations() {
        members.sort_by(|a, b| step(*a).cmp(&step(*b)).then(across[*a].total_cmp(&across[*b])));
        for pair in members.windows(2).filter(|pair| step(pair[0]) == step(pair[1])) {
            let (from, to) = (pair[0], pair[1]);
            let is_free = !between(&columns[step(from)], across[from], across[to]);
            let way = if is_free { Way::Straight } else { Way::Lane(0) };
            joints.push(Joint { set, from, to, way });
        }
        let lowest: Vec<usize> = members
            .chunk_by(|a, b| step(*a) == step(*b))
            .filter_map(|chunk| chunk.last())
            .copied()
            .collect();
        for pair in lowest.windows(2) {
            let way = Way::Around { from: 0, to: 0, channel };
            joints.push(Joint { set, from: pair[0], to: pair[1], way });
        }
        channel += usize::from(lowest.len() > 1);
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
    let step = |node: usize| view.nodes[node].step;
    let mut wanted: Vec<(usize, InfoSetId, f64, f64)> = Vec::new();
    let mut want = |step: usize, set: InfoSetId, low: f64, high: f64| match wanted
        .iter_mut()
        .find(|(other, its, ..)| (*other, *its) == (step, set))
    {
        Some((.., least, most)) => (*least, *most) = (least.min(low), most.max(high)),
        None => wanted.push((step, set, low, high)),
    };
    for Joint { set, from, to, way } in joints.iter().copied() {
        match way {
            Way::Straight => {}
            Way::Lane(_) => want(step(from), set, across[from], across[to]),
            Way::Around { .. } => {
                want(step(from), set, across[from], f64::INFINITY);
                want(step(to), set, across[to], f64::INFINITY);
            }
        }
    }
    wanted.sort_by(|a, b| (a.3 - a.2).total_cmp(&(b.3 - b.2)).then(a.1.cmp(&b.1)));
    let mut lanes: Vec<Vec<Vec<(f64, f64)>>> = vec![Vec::new(); view.deepest() + 1];
    let mut given = std::collections::BTreeMap::new();
    for (step, set, low, high) in wanted {
        let column = &mut lanes[step];
        let meets = |lane: &Vec<(f64, f64)>| lane.iter().any(|(a, b)| *a <= high && low <= *b);
        let free = column.iter().position(|lane| !meets(lane)).unwrap_or(column.len());
        if free == column.len() {
            column.push(Vec::new());
        }
        column[free].push((low, high));
        given.insert((step, set), free);
    }
    for joint in joints.iter_mut() {
        let lane = |node: usize| given.get(&(step(node), joint.set)).copied().unwrap_or(0);
        let (at_from, at_to) = (lane(joint.from), lane(joint.to));
        match &mut joint.way {
            Way::Straight => {}
            Way::Lane(lane) => *lane = at_from,
            Way::Around { from, to, .. } => (*from, *to) = (at_from, at_to),
        }
    }
    lanes.iter().map(Vec::len).collect()
}
