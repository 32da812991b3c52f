//! Whether an equilibrium found beyond an end reaches back to it.

use super::ends::{End, Follower, Limit};
use super::flips::Side;
use crate::algebra::{Root, apart};
use detente_game::Rational;
use detente_game::number::Interval;
use detente_verify::Equilibrium;

/// How an equilibrium found beyond an end lies to it.
pub(super) struct Meeting {
    /// How far back it holds, with what is wanted of it.
    pub begins: Limit,
    /// Whether it is proved to hold past the end, further in.
    pub is_past: bool,
    /// Whether it begins at the end itself, both being the same number.
    is_there: bool,
}

impl Meeting {
    /// Follows the equilibrium back towards the end.
    pub fn of(follower: &Follower<'_>, end: &End, wanted: &dyn Fn(&Equilibrium) -> bool) -> Self {
        let back = follower.end(end.side.opposite());
        let met = Self::compared(back.limit.clone(), end);
        if !met.joins() {
            return met;
        }
        // What is wanted may begin to hold later than the equilibrium does.
        let up_to_end = End { limit: end.limit.clone(), ..back };
        match follower.while_wanted(up_to_end, wanted).limit {
            limit if limit == end.limit => met,
            limit => Self::compared(limit, end),
        }
    }

    /// Whether there is no gap between it and the end, except perhaps the end itself.
    pub fn joins(&self) -> bool {
        self.is_past || self.is_there
    }

    fn compared(begins: Limit, end: &End) -> Self {
        let (is_past, is_there) = match (root(&begins), root(&end.limit)) {
            (Some(begin), Some(end_root)) => {
                (end.side.meets_first(&begin, &end_root), begin == end_root)
            }
            _ => (lies_past(&begins, end), false),
        };
        Self { begins, is_past, is_there }
    }
}

/// The number, if it is known as a root.
fn root(limit: &Limit) -> Option<Root> {
    match limit {
        Limit::Range(value) => Some(Root::Exact(value.clone())),
        Limit::At(root) => Some(root.clone()),
        Limit::Between(_) | Limit::None => None,
    }
}

fn enclosure(limit: &Limit) -> Option<(&Rational, &Rational)> {
    match limit {
        Limit::Range(value) => Some((value, value)),
        Limit::At(root) => Some((root.low(), root.high())),
        Limit::Between(interval) => Some((&interval.low, &interval.high)),
        Limit::None => None,
    }
}

/// Whether an interval lies wholly further in than the end's; nothing begins nowhere but far away.
fn lies_past(begins: &Limit, end: &End) -> bool {
    match (enclosure(begins), end.enclosure(), end.side) {
        (None, _, _) => true,
        (Some((_, most)), Some((low, _)), Side::Above) => most <= low,
        (Some((least, _)), Some((_, high)), Side::Below) => least >= high,
        (Some(_), None, _) => false,
    }
}

/// The one of several beginnings that is nearest to the end, coming from beyond.
pub(super) fn nearest(begins: impl Iterator<Item = Limit>, side: Side) -> Limit {
    let key = |limit: &Limit| enclosure(limit).map(|(low, high)| low + high);
    let nearest = match side {
        Side::Above => begins.min_by_key(key),
        Side::Below => begins.max_by_key(key),
    };
    nearest.unwrap_or(Limit::None)
}

/// A short fraction between an end and a beginning further on; `None` if they may be the same number.
pub(super) fn between(end: &End, begins: &Limit) -> Option<Rational> {
    let (mut near, mut far) = (end.limit.clone(), begins.clone());
    if let (Some(one), Some(other)) = (root(&near), root(&far))
        && one != other
    {
        let (one, other) = apart(&one, &other);
        (near, far) = (Limit::At(one), Limit::At(other));
    }
    let (low, high) = enclosure(&near)?;
    let (least, most) = enclosure(&far)?;
    let (from, to) = match end.side {
        Side::Above => (high, least),
        Side::Below => (most, low),
    };
    let quarter = (to - from) / Rational::int(4);
    let inside = Interval { low: from + &quarter, high: to - &quarter };
    quarter.is_positive().then(|| inside.simplest())
}
