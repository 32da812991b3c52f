//! The search for ways to play.

use super::family::Demand;
use super::shape::{Options, actions, is_in};
use super::sheet::{Entry, Sheet};
use super::{Atlas, Met, Obstacle, Way, Ways};
use crate::solvers::pure::parametric::frame::Frame;
use detente_game::form::{GameForm, NodeKind};
use detente_game::{InfoSetId, NodeId, PlayerId, Profile, Rational};
use detente_linear::Ending;
use std::collections::BTreeSet;
use std::sync::Arc;

/// More ways to play than these are not kept of a box; it is halved instead.
const MOST_ENTRIES: usize = 150;
/// Trials of a search in a box before it is halved instead.
const MOST_TRIALS: usize = 3_000;
/// Ways to complete a way to play off the path that are looked at in a box.
const MOST_COMPLETIONS: usize = 400;

/// What becomes of a way to play in a box.
enum Fate {
    Exists(Vec<Options>),
    Refuted,
    Open,
}

impl Atlas {
    /// What can be said of a box.
    pub fn examine(&mut self, sheet: &mut Sheet) -> Ways {
        let Some(frame) = self.frame_of(sheet) else { return Ways::default() };
        match self.frames[frame].obstacle {
            Some(Obstacle::NoGame) => {
                return Ways { no_game: true, is_whole: true, ..Ways::default() };
            }
            Some(Obstacle::NotPolynomial) => {
                self.obstacle = Some("the payoffs are no polynomials there");
                return Ways::default();
            }
            None => {}
        }
        self.eliminate(sheet);
        if sheet.entries.is_none() {
            sheet.entries = self.enumerate(sheet);
        }
        let Some(mut entries) = sheet.entries.take() else { return Ways::default() };
        let mut ways = Ways { is_whole: true, ..Ways::default() };
        entries.retain_mut(|entry| {
            let fate = if entry.exists { None } else { Some(self.fate(sheet, &entry.masks)) };
            let way = self.way(frame, &entry.masks);
            match fate {
                Some(Fate::Refuted) => return false,
                Some(Fate::Exists(masks)) => {
                    entry.exists = true;
                    self.meet(sheet, &way, &masks);
                }
                Some(Fate::Open) | None => {}
            }
            if entry.exists && !self.distrusted.contains(&way) {
                ways.certain.insert(way);
            } else {
                ways.possible.insert(way);
            }
            true
        });
        sheet.entries = Some(entries);
        ways
    }

    /// Drops options that are best for no belief and no behaviour of the other player that keeps to
    /// such options himself, and what then is best for none, and so on.
    fn eliminate(&mut self, sheet: &mut Sheet) {
        if sheet.live.is_empty() {
            let all = |set: &detente_game::form::InfoSet| (1 << set.action_count) - 1;
            sheet.live = self.form().info_sets().iter().map(all).collect();
        }
        let mut changed = self.has_beliefs;
        while std::mem::take(&mut changed) {
            for set in self.order.clone() {
                for option in singles(sheet.live[set.index()]) {
                    let mut best = vec![0; sheet.live.len()];
                    best[set.index()] = option;
                    let free = vec![0; sheet.live.len()];
                    let demand = self.demand(sheet, self.start_of(set), &best, &free);
                    let others = sheet.live[set.index()] & !option;
                    if others != 0 && self.decide(sheet, &demand, false) == Some(false) {
                        sheet.live[set.index()] = others;
                        changed = true;
                    }
                }
            }
        }
    }

    fn start_of(&self, set: InfoSetId) -> usize {
        2 + set.index()
    }

    /// What is asked at a start: that options in `best` are best where they are taken, while the
    /// other player takes those in `masks`, and where these say nothing, any that may be best.
    fn demand(&self, sheet: &Sheet, start: usize, best: &[Options], masks: &[Options]) -> Demand {
        let (form, place) = (self.form(), &self.starts[start]);
        let mut own = Vec::new();
        let mut chosen: Vec<bool> = Vec::new();
        for here in &place.own {
            let is_met = here.before.is_none_or(|before| {
                let set = form.set_of_action(before);
                let earlier = place.own.iter().position(|own| own.set == set);
                earlier.is_some_and(|at| chosen[at]) && is_in(form, before, best)
            });
            chosen.push(is_met && best[here.set.index()] != 0);
            let wanted = if is_met { best[here.set.index()] } else { 0 };
            own.push((wanted, sheet.live[here.set.index()] | wanted));
        }
        let taken = |set: InfoSetId| match masks[set.index()] {
            0 => sheet.live[set.index()],
            options => options,
        };
        let all: Vec<Options> = form.info_set_ids().map(taken).collect();
        let is_exact = start < 2;
        let others = place.other_sets().into_iter().map(|set| {
            let mut places = place.others.iter().filter(|other| other.set == set);
            let may_come = places.any(|other| {
                other.before.is_none_or(|before| self.may_come(start, other.member, before, &all))
            });
            let options = if may_come { all[set.index()] } else { 0 };
            let counts = is_exact && masks[set.index()] != 0 && options.count_ones() > 1;
            (options, counts)
        });
        Demand { start, own, others: others.collect(), throughout: false }
    }

    /// Whether the other player may have taken an action after a member, and those before it.
    fn may_come(
        &self,
        start: usize,
        member: usize,
        action: detente_game::ActionId,
        all: &[Options],
    ) -> bool {
        let set = self.form().set_of_action(action);
        let mut others = self.starts[start].others.iter();
        let before = others.find(|other| (other.member, other.set) == (member, set));
        is_in(self.form(), action, all)
            && before.is_none_or(|other| {
                other.before.is_none_or(|before| self.may_come(start, member, before, all))
            })
    }

    /// What is asked of both players' plans. `is_whole` says that the options at all situations that
    /// come up are there: where an own plan leads to others, the other player's does not, so there
    /// everything is worth nothing, and any option may stand for all.
    fn root_demands(&self, sheet: &Sheet, masks: &[Options], is_whole: bool) -> [Demand; 2] {
        let mut best = masks.to_vec();
        if is_whole {
            for (options, live) in best.iter_mut().zip(&sheet.live) {
                if *options == 0 {
                    *options = live & live.wrapping_neg();
                }
            }
        }
        [0, 1].map(|player| self.demand(sheet, player, &best, masks))
    }

    /// Whether some player's options are surely not all best.
    fn is_refuted(&mut self, sheet: &mut Sheet, masks: &[Options], is_whole: bool) -> bool {
        let demands = self.root_demands(sheet, masks, is_whole);
        demands.iter().any(|demand| self.decide(sheet, demand, false) == Some(false))
    }

    /// All ways to play that are not refuted; `None` if they are very many.
    fn enumerate(&mut self, sheet: &mut Sheet) -> Option<Vec<Entry>> {
        let mut open = vec![vec![0; sheet.live.len()]];
        let (mut entries, mut trials) = (Vec::new(), 0);
        while let Some(masks) = open.pop() {
            trials += 1;
            if trials > MOST_TRIALS || entries.len() > MOST_ENTRIES || self.is_stopped() {
                return None;
            }
            if masks.iter().any(|options| *options != 0) && self.is_refuted(sheet, &masks, false) {
                continue;
            }
            let Some(set) = self.next(sheet, &masks) else {
                entries.push(Entry { masks, exists: false });
                continue;
            };
            for options in subsets(sheet.live[set.index()]) {
                let mut next = masks.clone();
                next[set.index()] = options;
                open.push(next);
            }
        }
        Some(entries)
    }

    /// The first situation that comes up and is not decided yet.
    fn next(&self, sheet: &Sheet, masks: &[Options]) -> Option<InfoSetId> {
        let frame = sheet.frame.expect("there is a frame");
        let reached = self.reached(frame, masks);
        self.order
            .iter()
            .rev()
            .copied()
            .find(|set| reached.contains(set) && masks[set.index()] == 0)
    }

    /// The situations that come up, in the eyes of their owners or of all.
    fn reached(&self, frame: usize, masks: &[Options]) -> BTreeSet<InfoSetId> {
        let (form, frame) = (self.form(), &self.frames[frame]);
        let mut reached = BTreeSet::new();
        for eyes in [None, Some(PlayerId(0)), Some(PlayerId(1))] {
            for set in visited(form, frame, eyes, masks) {
                if eyes.is_none_or(|player| form.info_set(set).player == player) {
                    reached.insert(set);
                }
            }
        }
        reached
    }

    /// How play goes on the path.
    fn way(&self, frame: usize, masks: &[Options]) -> Way {
        let sets = visited(self.form(), &self.frames[frame], None, masks);
        let taken = |set: InfoSetId| {
            let options = masks[set.index()];
            (set, (0..64).filter(|at| options >> at & 1 == 1).collect())
        };
        sets.into_iter().map(taken).collect()
    }

    fn fate(&mut self, sheet: &mut Sheet, masks: &[Options]) -> Fate {
        let live = |(options, live): (&Options, &Options)| options & !live == 0;
        if !masks.iter().zip(&sheet.live).all(live) || self.is_refuted(sheet, masks, true) {
            return Fate::Refuted;
        }
        if !self.has_beliefs {
            return if self.is_played(sheet, masks) {
                Fate::Exists(masks.to_vec())
            } else {
                Fate::Open
            };
        }
        let frame = sheet.frame.expect("there is a frame");
        let reached = self.reached(frame, masks);
        let order: Vec<InfoSetId> =
            self.order.iter().copied().filter(|set| !reached.contains(set)).collect();
        let due = self.due(&order);
        let mut completion = Completion { order, due, looked_at: 0 };
        let mut masks = masks.to_vec();
        self.complete(sheet, &mut completion, 0, &mut masks)
    }

    /// Whether both players' options are surely best.
    fn is_played(&mut self, sheet: &mut Sheet, masks: &[Options]) -> bool {
        let demands = self.root_demands(sheet, masks, true);
        demands.iter().all(|demand| self.decide(sheet, demand, true) == Some(true))
    }

    /// Per step the situations off the path of which all that matters is decided then.
    fn due(&self, order: &[InfoSetId]) -> Vec<Vec<InfoSetId>> {
        let mut due = vec![Vec::new(); order.len()];
        for set in order {
            let start = &self.starts[self.start_of(*set)];
            let below = |at: &InfoSetId| {
                start.own.iter().any(|own| own.set == *at)
                    || start.others.iter().any(|other| other.set == *at)
            };
            let step = order.iter().rposition(below).expect("it is below itself");
            due[step].push(*set);
        }
        due
    }

    /// Chooses options off the path from a step on.
    fn complete(
        &mut self,
        sheet: &mut Sheet,
        completion: &mut Completion,
        step: usize,
        masks: &mut Vec<Options>,
    ) -> Fate {
        let Some(&set) = completion.order.get(step) else {
            completion.looked_at += 1;
            let holds = self.is_completed(sheet, &completion.order, masks);
            return if holds { Fate::Exists(masks.clone()) } else { Fate::Open };
        };
        let mut fate = Fate::Refuted;
        for options in subsets(sheet.live[set.index()]) {
            if completion.looked_at > MOST_COMPLETIONS || self.is_stopped() {
                fate = Fate::Open;
                break;
            }
            masks[set.index()] = options;
            let mut off_path = completion.due[step].clone().into_iter();
            let stands = !off_path.any(|set| self.is_unsupported(sheet, set, masks))
                && !self.is_refuted(sheet, masks, true);
            if stands {
                match self.complete(sheet, completion, step + 1, masks) {
                    Fate::Exists(masks) => {
                        fate = Fate::Exists(masks);
                        break;
                    }
                    Fate::Open => fate = Fate::Open,
                    Fate::Refuted => {}
                }
            }
        }
        masks[set.index()] = 0;
        fate
    }

    /// Whether surely no belief supports the options at a situation off the path.
    fn is_unsupported(&mut self, sheet: &mut Sheet, set: InfoSetId, masks: &[Options]) -> bool {
        let demand = self.demand(sheet, self.start_of(set), masks, masks);
        self.decide(sheet, &demand, false) == Some(false)
    }

    /// Whether options for all situations surely make an equilibrium.
    fn is_completed(
        &mut self,
        sheet: &mut Sheet,
        off_path: &[InfoSetId],
        masks: &[Options],
    ) -> bool {
        off_path.iter().all(|set| {
            let start = self.start_of(*set);
            // Where only single options follow, the program is the condition itself.
            let mut demand = self.demand(sheet, start, masks, masks);
            demand.throughout = demand.others.iter().any(|(options, _)| options.count_ones() > 1);
            self.decide(sheet, &demand, true) == Some(true)
        }) && self.is_played(sheet, masks)
    }

    /// Notes an equilibrium in the middle of a box.
    fn meet(&mut self, sheet: &mut Sheet, way: &Way, masks: &[Options]) {
        let drawn = self.drawn(&sheet.tile, &vec![Rational::new(1, 2); self.params.len()]);
        let at = drawn.iter().map(|value| Rational::from_f64(*value).unwrap_or_default()).collect();
        let profile = self.profile(sheet, masks);
        self.met.push(Met { way: way.clone(), at, profile });
    }

    /// Behaviour with these supports in the middle of a box.
    fn profile(&mut self, sheet: &mut Sheet, masks: &[Options]) -> Profile {
        let mut profile = Profile::uniform(self.form());
        for set in self.form().info_set_ids().collect::<Vec<_>>() {
            let options = match masks[set.index()] {
                0 => sheet.live[set.index()],
                options => options,
            };
            let share = Rational::new(1, i64::from(options.count_ones()));
            let all: Vec<_> = self.form().actions(set).collect();
            let taken: Vec<_> = actions(self.form(), set, options).collect();
            for action in all {
                let is_taken = taken.contains(&action);
                profile.probability[action.index()] =
                    if is_taken { share.clone() } else { Rational::ZERO };
            }
        }
        for demand in self.root_demands(sheet, masks, true) {
            self.write_plan(sheet, &demand, &mut profile);
        }
        profile
    }

    /// Writes the plan of the other player that meets a demand at the start of the game.
    fn write_plan(&mut self, sheet: &mut Sheet, demand: &Demand, profile: &mut Profile) {
        let frame = sheet.frame.expect("there is a frame");
        let families = self.families(frame, demand).expect("one way for the other player");
        let sample = Arc::clone(&self.samples(sheet)[0]);
        let solved = [1, 0].into_iter().find_map(|margin| {
            let family = Arc::clone(&families[margin]);
            let (program, objective) = family.at(&sample.values);
            let settled = program.settle(&objective);
            let is_met = match &settled.ending {
                Ending::Optimal(value) => family.slack.is_none() || value.is_positive(),
                Ending::Infeasible | Ending::Unbounded => false,
            };
            settled.point.filter(|_| is_met).map(|point| (family, point))
        });
        let Some((family, point)) = solved else { return };
        for other in &self.starts[demand.start].others {
            let Some(before) = family.weights.get(&(other.member, other.before)) else { continue };
            if point[*before].is_zero() {
                continue;
            }
            for action in self.form().actions(other.set) {
                let weight = family.weights.get(&(other.member, Some(action)));
                profile.probability[action.index()] =
                    weight.map_or(Rational::ZERO, |weight| &point[*weight] / &point[*before]);
            }
        }
    }
}

/// A search for options off the path.
struct Completion {
    order: Vec<InfoSetId>,
    due: Vec<Vec<InfoSetId>>,
    looked_at: usize,
}

/// The situations that play comes to in the eyes of a player, or of all, if only the options chosen
/// are taken; where none are chosen yet it ends.
fn visited(
    form: &GameForm,
    frame: &Frame,
    eyes: Option<PlayerId>,
    masks: &[Options],
) -> BTreeSet<InfoSetId> {
    let mut sets = BTreeSet::new();
    let mut open: Vec<NodeId> = vec![GameForm::ROOT];
    let players = form.players().len();
    while let Some(node) = open.pop() {
        match form.kind(node) {
            NodeKind::End(_) => {}
            NodeKind::Chance(_) => open.extend(form.children(node).filter(|child| match eyes {
                None => frame.reach[child.index()] != super::Terms::default(),
                Some(player) => {
                    let branch = form.branch_into(*child).expect("below a lottery");
                    !frame.impossible[branch.index() * players + player.index()]
                }
            })),
            NodeKind::Decision(set) => {
                sets.insert(set);
                let taken = form.actions(set).zip(form.children(node));
                open.extend(
                    taken.filter(|(action, _)| is_in(form, *action, masks)).map(|(_, c)| c),
                );
            }
        }
    }
    sets
}

/// The single options among some.
fn singles(options: Options) -> impl Iterator<Item = Options> {
    (0..64).map(|at| 1 << at).filter(move |one: &Options| options & one != 0)
}

/// All sets of some options but the empty one, smaller ones first.
fn subsets(options: Options) -> Vec<Options> {
    let mut all = Vec::new();
    let mut one = options;
    while one != 0 {
        all.push(one);
        one = (one - 1) & options;
    }
    all.sort_by_key(|set| (set.count_ones(), *set));
    all
}
