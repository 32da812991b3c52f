//! What is kept where several plays are equilibria of one draw.

use super::alone::{by_path, path_of};
use super::{Ensemble, Path};
use detente_analysis::Play;
use detente_game::claim::Concept;
use detente_game::{GameInstance, PlayerId, Profile, Rational};
use detente_solve::solvers::pure::parametric::Place;
use detente_verify::{Equilibrium, Verdict, verify_without_bounds};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is kept where several plays are equilibria. Where no play satisfies the rule, all are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// All, so that outcomes and payoffs lie between bounds.
    Bounds,
    /// The plays at which a player's expected payoff is greatest.
    BestFor(PlayerId),
    /// The plays at which it is least.
    WorstFor(PlayerId),
    /// These plays, see [`Rule::like`].
    Like(BTreeSet<Path>),
    /// The plays of equilibria that satisfy another concept at the draw, judged by the verifier.
    Satisfies(Concept),
}

/// The plays that a rule keeps at a draw.
#[derive(Debug)]
pub(super) struct Chosen {
    /// Those that satisfy it; where it is none, all are kept.
    pub(super) paths: BTreeSet<Path>,
    /// Whether it is open for some of them.
    pub(super) is_open: bool,
}

impl Chosen {
    fn certain(paths: BTreeSet<Path>) -> Self {
        Self { paths, is_open: false }
    }

    pub(super) fn keeps(&self, path: &Path) -> bool {
        self.paths.is_empty() || self.paths.contains(path)
    }
}

impl Rule {
    /// The rule that keeps what is played like equilibria that are known, as at the base values;
    /// these must be pure.
    #[must_use]
    pub fn like<'a>(equilibria: impl Iterator<Item = &'a Equilibrium>) -> Self {
        Self::Like(equilibria.map(|one| path_of(one.instance(), one.profile())).collect())
    }

    /// Whether the verifier is asked at every draw with several plays.
    pub(super) fn is_slow(&self) -> bool {
        matches!(self, Self::Satisfies(_))
    }

    /// Whether it needs no numbers, only to know which plays there are.
    pub(super) fn goes_by_path(&self) -> bool {
        matches!(self, Self::Bounds | Self::Like(_))
    }

    /// Chooses among plays, if there are several and it is a rule that chooses by which they are.
    pub(super) fn choose_by_path(&self, paths: &BTreeSet<Path>) -> Option<Chosen> {
        match self {
            Self::Like(wanted) if paths.len() > 1 => {
                Some(Chosen::certain(paths.intersection(wanted).cloned().collect()))
            }
            _ => None,
        }
    }

    /// Chooses among the plays of a draw in fractions, if there are several and it is a rule that
    /// chooses.
    pub(super) fn choose(
        &self,
        instance: &Arc<GameInstance>,
        plays: &BTreeMap<Path, Vec<&Profile>>,
        is_stopped: &dyn Fn() -> bool,
    ) -> Option<Chosen> {
        if plays.len() < 2 {
            return None;
        }
        match self {
            Self::Bounds => None,
            Self::Like(_) => self.choose_by_path(&plays.keys().cloned().collect()),
            Self::BestFor(player) => Some(extreme(instance, plays, *player, Ordering::Greater)),
            Self::WorstFor(player) => Some(extreme(instance, plays, *player, Ordering::Less)),
            Self::Satisfies(concept) => Some(judged(instance, plays, concept, is_stopped)),
        }
    }
}

fn extreme(
    instance: &GameInstance,
    plays: &BTreeMap<Path, Vec<&Profile>>,
    player: PlayerId,
    better: Ordering,
) -> Chosen {
    let payoff = |profile: &Profile| Play::new(instance, profile).payoffs(player).swap_remove(0);
    let mut best: Option<Rational> = None;
    let mut paths = BTreeSet::new();
    for (path, profiles) in plays {
        let payoffs = profiles.iter().map(|profile| payoff(profile));
        let payoff = match better {
            Ordering::Greater => payoffs.max(),
            _ => payoffs.min(),
        };
        let payoff = payoff.expect("a play has a profile");
        let order = best.as_ref().map_or(better, |best| payoff.cmp(best));
        if order == better {
            paths.clear();
            best = Some(payoff);
        }
        if order == better || order == Ordering::Equal {
            paths.insert(path.clone());
        }
    }
    Chosen::certain(paths)
}

/// A play satisfies a concept if one of its equilibria does.
fn judged(
    instance: &Arc<GameInstance>,
    plays: &BTreeMap<Path, Vec<&Profile>>,
    concept: &Concept,
    is_stopped: &dyn Fn() -> bool,
) -> Chosen {
    let mut chosen = Chosen::certain(BTreeSet::new());
    for (path, profiles) in plays {
        let mut is_open = false;
        let holds = profiles.iter().any(|profile| {
            if is_stopped() {
                is_open = true;
                return false;
            }
            let verdict = verify_without_bounds(instance, concept, profile);
            is_open |= matches!(verdict, Verdict::Undecided(_));
            verdict.holds()
        });
        if holds || is_open {
            chosen.paths.insert(path.clone());
            chosen.is_open |= !holds;
        }
    }
    chosen
}

impl Ensemble {
    /// Chooses among plays of the cells: where double precision settles it, by that.
    pub(super) fn choose(
        &self,
        listed: &[u32],
        plays: &[u32],
        place: &Place,
        values: &[f64],
    ) -> Option<Chosen> {
        let rule = &self.asked.rule;
        let path = |play: &u32| &self.cells.plays()[*play as usize].path;
        let are_alike = plays.windows(2).all(|two| path(&two[0]) == path(&two[1]));
        if are_alike || *rule == Rule::Bounds {
            return None;
        }
        let fast = match rule {
            Rule::BestFor(player) => self.extreme(plays, *player, place, Ordering::Greater),
            Rule::WorstFor(player) => self.extreme(plays, *player, place, Ordering::Less),
            Rule::Like(wanted) => {
                Some(self.paths(plays).filter(|path| wanted.contains(path)).collect())
            }
            Rule::Bounds | Rule::Satisfies(_) => None,
        };
        if let Some(paths) = fast {
            return Some(Chosen::certain(paths));
        }
        let cells = &self.cells;
        let instance = cells.game().at(&cells.point(values)).ok().map(Arc::new)?;
        let known = |found: &u32| &cells.known()[*found as usize].profiles;
        let plays = by_path(&instance, listed.iter().flat_map(known));
        rule.choose(&instance, &plays, &|| self.is_stopped())
    }

    fn paths(&self, plays: &[u32]) -> impl Iterator<Item = Path> {
        plays.iter().map(|play| self.cells.plays()[*play as usize].path.clone())
    }

    /// The plays with a player's greatest or least payoff; `None` if rounding might change them.
    fn extreme(
        &self,
        plays: &[u32],
        player: PlayerId,
        place: &Place,
        better: Ordering,
    ) -> Option<BTreeSet<Path>> {
        let payoff = |play: u32| &self.cells.plays()[play as usize].payoffs[player.index()];
        let value = |play: u32| payoff(play).at(&place.variables, &place.relative);
        let mut best: Vec<u32> = Vec::new();
        for &play in plays {
            let Some(&first) = best.first() else {
                best.push(play);
                continue;
            };
            if payoff(play) == payoff(first) {
                best.push(play);
                continue;
            }
            if value(play).minus(value(first)).sign()? == better {
                best = vec![play];
            }
        }
        Some(self.paths(&best).collect())
    }
}
