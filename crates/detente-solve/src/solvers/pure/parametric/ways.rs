//! All ways of a tile through the graph of tests.
//!
//! A test whose sign is not certain on the tile leads both to less and to greater, and on one way
//! always to the same. Many such tests do not matter: both ways come to the same step of the graph and
//! have listed the same. Steps are taken in an order in which none leads back, so all ways to a step
//! are there before it is left; ways that together cover both signs of a test then go on as one
//! without it (resolution, Davis and Putnam 1960), which changes nothing of what is found.

use super::book::TestId;
use super::course::{Course, Ending, NOWHERE, Step, branch_of};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Ways that are gone for one tile, and steps that they may come to.
const MOST_WAYS: usize = 40_000;
const MOST_STEPS: usize = 100_000;
/// Gaps that are told of one tile.
const MOST_GAPS: usize = 64;

/// The signs taken where none was certain, by test.
type Taken = Vec<(TestId, Ordering)>;

/// Per list of solutions, the ways on which it was listed.
type Arrived = BTreeMap<Vec<u32>, BTreeSet<Taken>>;

/// Ways under way, by the place of the step that they have come to.
struct Ways<'c> {
    course: &'c Course,
    place: HashMap<u32, usize>,
    open: BTreeMap<usize, (u32, Arrived)>,
    /// Per step come to, the step behind the last waypoint before it.
    behind: HashMap<u32, u32>,
    gaps: Vec<Gap>,
}

/// Where the graph is not known on a way of a tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gap {
    /// The step behind the last waypoint passed.
    pub behind: u32,
    /// The signs taken on the way where none is certain.
    pub taken: Vec<(TestId, Ordering)>,
}

/// What there is of all ways through the graph.
#[derive(Debug)]
pub(super) struct Covered {
    /// How they end and what they list.
    pub ends: BTreeSet<(Ending, Vec<u32>)>,
    /// Whether there may be more, because a way is not known yet or there are too many.
    pub unknown: bool,
    /// Where ways are not known that go on from a waypoint: some of these places.
    pub gaps: Vec<Gap>,
}

impl Course {
    /// All ways through the graph, where a sign that is not told may be less or greater.
    pub fn cover(&self, sign: &mut dyn FnMut(TestId) -> Option<Ordering>) -> Covered {
        let mut ends = BTreeSet::new();
        let Some(place) = self.order(sign) else {
            return Covered { ends, unknown: true, gaps: Vec::new() };
        };
        let (open, behind) = (BTreeMap::new(), HashMap::new());
        let mut ways = Ways { course: self, place, open, behind, gaps: Vec::new() };
        let mut unknown = !ways.arrive(0, Vec::new(), Taken::new());
        let mut gone = 0;
        while let Some((_, (at, arrived))) = ways.open.pop_first() {
            for (finds, taken) in arrived {
                let taken = resolved(taken);
                gone += taken.len();
                if gone > MOST_WAYS || ways.gaps.len() >= MOST_GAPS {
                    return Covered { ends, unknown: true, gaps: ways.gaps };
                }
                if let Step::End(ending) = self.steps[at as usize] {
                    ends.insert((ending, finds));
                    continue;
                }
                for taken in taken {
                    unknown |= !ways.leave(at, finds.clone(), taken, sign);
                }
            }
        }
        Covered { ends, unknown, gaps: ways.gaps }
    }

    /// The steps that may be come to, numbered so that none leads back; `None` if they are too many.
    fn order(
        &self,
        sign: &mut dyn FnMut(TestId) -> Option<Ordering>,
    ) -> Option<HashMap<u32, usize>> {
        let mut left: Vec<u32> = Vec::new();
        let mut met: BTreeSet<u32> = BTreeSet::new();
        // A step and whether all behind it was left.
        let mut open = vec![(0, false)];
        while let Some((at, is_done)) = open.pop() {
            if is_done {
                left.push(at);
            } else if (at as usize) < self.steps.len() && met.insert(at) {
                if met.len() > MOST_STEPS {
                    return None;
                }
                open.push((at, true));
                open.extend(self.next(at, sign).into_iter().map(|next| (next, false)));
            }
        }
        Some(left.into_iter().rev().enumerate().map(|(place, at)| (at, place)).collect())
    }

    fn next(&self, at: u32, sign: &mut dyn FnMut(TestId) -> Option<Ordering>) -> Vec<u32> {
        match &self.steps[at as usize] {
            Step::Test(test, next) => match sign(*test) {
                Some(sign) => vec![next[branch_of(sign)]],
                None => vec![next[0], next[2]],
            },
            Step::Find(_, next) => vec![*next],
            Step::Settle => self.settles.get(&at).cloned().unwrap_or_default(),
            Step::End(_) => Vec::new(),
        }
    }
}

impl Ways<'_> {
    /// Puts a way where it has come to; `false` if the graph is not known there.
    fn arrive(&mut self, at: u32, finds: Vec<u32>, taken: Taken) -> bool {
        let Some(place) = self.place.get(&at) else { return false };
        let (_, arrived) = self.open.entry(*place).or_insert_with(|| (at, Arrived::new()));
        arrived.entry(finds).or_default().insert(taken);
        true
    }

    /// Comes from one step to another on a way; `false` if the graph is not known there.
    fn come(&mut self, at: u32, to: u32, finds: Vec<u32>, taken: Taken) -> bool {
        let behind = match self.course.is_mark(at) {
            true => Some(at),
            false => self.behind.get(&at).copied(),
        };
        self.behind.extend(behind.map(|behind| (to, behind)));
        let is_known = self.arrive(to, finds, taken.clone());
        if !is_known {
            self.gaps.extend(behind.map(|behind| Gap { behind, taken }));
        }
        is_known
    }

    /// Takes a step on a way; `false` if the graph is not known behind it.
    fn leave(
        &mut self,
        at: u32,
        mut finds: Vec<u32>,
        taken: Taken,
        sign: &mut dyn FnMut(TestId) -> Option<Ordering>,
    ) -> bool {
        match &self.course.steps[at as usize] {
            Step::Test(test, next) => {
                let place = taken.binary_search_by_key(test, |(taken, _)| *taken);
                let known = place.map_or_else(|_| sign(*test), |place| Some(taken[place].1));
                match (known, place) {
                    (Some(sign), _) => self.come(at, next[branch_of(sign)], finds, taken),
                    (None, Ok(place) | Err(place)) => {
                        [Ordering::Less, Ordering::Greater].into_iter().all(|sign| {
                            let mut one = taken.clone();
                            one.insert(place, (*test, sign));
                            self.come(at, next[branch_of(sign)], finds.clone(), one)
                        })
                    }
                }
            }
            Step::Find(found, next) => {
                finds.push(*found);
                self.come(at, *next, finds, taken)
            }
            Step::Settle => {
                let next = self.course.settled.get(&(at, finds)).copied();
                self.come(at, next.unwrap_or(NOWHERE), Vec::new(), taken)
            }
            Step::End(_) => true,
        }
    }
}

/// Ways that cover what these cover: of two that differ in the sign of one test, what they share;
/// none that takes what another takes and more.
fn resolved(mut ways: BTreeSet<Taken>) -> BTreeSet<Taken> {
    let mut open: Vec<Taken> = ways.iter().cloned().collect();
    while let Some(way) = open.pop() {
        if !ways.contains(&way) {
            continue;
        }
        for place in 0..way.len() {
            let mut shared = way.clone();
            let (test, sign) = shared.remove(place);
            let mut other = way.clone();
            other[place] = (test, sign.reverse());
            let is_resolved = ways.contains(&other);
            if is_resolved || ways.contains(&shared) {
                ways.remove(&way);
                if is_resolved {
                    ways.remove(&other);
                    ways.insert(shared.clone());
                    open.push(shared);
                }
                break;
            }
        }
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn covers(ways: &BTreeSet<Taken>, signs: &[Ordering]) -> bool {
        ways.iter().any(|way| way.iter().all(|(test, sign)| signs[*test as usize] == *sign))
    }

    fn signs_of(bits: usize) -> Vec<Ordering> {
        let sign = |k: usize| if bits >> k & 1 == 1 { Ordering::Greater } else { Ordering::Less };
        (0..4).map(sign).collect()
    }

    proptest! {
        /// Four tests, each less, greater or not taken.
        #[test]
        fn resolution_covers_the_same(codes in prop::collection::vec(0_usize..81, 0..20)) {
            let way = |mut code: usize| {
                let mut taken = Taken::new();
                for test in 0..4 {
                    match code % 3 {
                        0 => taken.push((test, Ordering::Less)),
                        1 => taken.push((test, Ordering::Greater)),
                        _ => {}
                    }
                    code /= 3;
                }
                taken
            };
            let before: BTreeSet<Taken> = codes.into_iter().map(way).collect();
            let after = resolved(before.clone());
            prop_assert!(after.len() <= before.len());
            for bits in 0..16 {
                let signs = signs_of(bits);
                prop_assert_eq!(covers(&before, &signs), covers(&after, &signs));
            }
        }
    }

    /// Both signs of a test lead to the same step, on one side by way of another test.
    #[test]
    fn a_test_that_does_not_matter_is_forgotten() {
        let (less, greater) = (Ordering::Less, Ordering::Greater);
        let ways = [vec![(1, less), (2, less)], vec![(1, less), (2, greater)], vec![(1, greater)]];
        assert_eq!(resolved(BTreeSet::from(ways)), BTreeSet::from([Taken::new()]));
    }
}
