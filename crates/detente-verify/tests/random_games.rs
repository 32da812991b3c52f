//! Random games against plain enumeration: every plan of a player written out, beliefs from one
//! linear program over all of them, trembles tried on a grid.

mod common;

use common::{Dice, Small, pure_profiles, random_game};
use detente_game::claim::Concept::{Nash, Pbe, Sequential, SubgamePerfect, WeakPbe};
use detente_game::form::NodeKind;
use detente_game::{ActionId, GameForm, InfoSetId, NodeId, Profile, Rational};
use detente_linear::{Feasibility, Program, RowRelation};
use detente_verify::{Verdict, recheck};

/// Payoff of the set's player from a node on, by recursion.
fn payoff(game: &Small, profile: &Profile, node: NodeId, set: InfoSetId) -> Rational {
    let form = game.form();
    let player = form.info_set(set).player;
    match form.kind(node) {
        NodeKind::End(_) => game.instance.payoff(node, player).clone(),
        _ => form
            .children(node)
            .map(|child| edge(game, profile, child) * payoff(game, profile, child, set))
            .sum(),
    }
}

fn edge(game: &Small, profile: &Profile, node: NodeId) -> Rational {
    match (game.form().action_into(node), game.form().branch_into(node)) {
        (Some(action), _) => profile.of(action).clone(),
        (_, Some(branch)) => game.instance.branch(branch).clone(),
        _ => Rational::ONE,
    }
}

fn reach(game: &Small, profile: &Profile, node: NodeId) -> Rational {
    let above = game.form().parent(node);
    above.map_or(Rational::ONE, |above| edge(game, profile, node) * reach(game, profile, above))
}

/// Per pure plan of the set's player, what it loses against the profile at every member.
fn losses(game: &Small, profile: &Profile, set: InfoSetId) -> Vec<Vec<Rational>> {
    let form = game.form();
    let player = form.info_set(set).player;
    let own: Vec<InfoSetId> =
        form.info_set_ids().filter(|other| form.info_set(*other).player == player).collect();
    let mut found = Vec::new();
    for mask in 0_usize..1 << own.len() {
        let mut changed = profile.clone();
        for (at, other) in own.iter().enumerate() {
            for (position, action) in form.actions(*other).enumerate() {
                let taken = mask >> at & 1 == position;
                changed.probability[action.index()] = Rational::int(i64::from(taken));
            }
        }
        let loss =
            |node: &NodeId| payoff(game, profile, *node, set) - payoff(game, &changed, *node, set);
        found.push(form.members(set).iter().map(loss).collect());
    }
    found
}

fn supported(losses: &[Vec<Rational>], belief: &[Rational]) -> bool {
    losses.iter().all(|loss| {
        let sum: Rational = loss.iter().zip(belief).map(|(loss, share)| loss * share).sum();
        !sum.is_negative()
    })
}

fn some_belief(losses: &[Vec<Rational>], members: usize) -> bool {
    let mut program = Program::new(members);
    let ones: Vec<_> = (0..members).map(|at| (at, Rational::ONE)).collect();
    program.row(&ones, RowRelation::Eq, Rational::ONE);
    for loss in losses {
        let row: Vec<_> = loss.iter().cloned().enumerate().collect();
        program.row(&row, RowRelation::Ge, Rational::ZERO);
    }
    matches!(program.feasible(), Feasibility::Feasible(_))
}

fn bayes(game: &Small, profile: &Profile, set: InfoSetId) -> Option<Vec<Rational>> {
    let members = game.form().members(set).iter();
    let weights: Vec<Rational> = members.map(|node| reach(game, profile, *node)).collect();
    let sum: Rational = weights.iter().sum();
    (!sum.is_zero()).then(|| weights.iter().map(|weight| weight / &sum).collect())
}

fn plain_weak_pbe(game: &Small, profile: &Profile) -> bool {
    game.form().info_set_ids().all(|set| {
        let losses = losses(game, profile, set);
        match bayes(game, profile, set) {
            Some(belief) => supported(&losses, &belief),
            None => some_belief(&losses, game.form().members(set).len()),
        }
    })
}

/// Whether trembles on a small grid make the profile sequential.
fn plain_sequential(game: &Small, profile: &Profile) -> bool {
    let form = game.form();
    let all: Vec<(InfoSetId, Vec<Vec<Rational>>)> =
        form.info_set_ids().map(|set| (set, losses(game, profile, set))).collect();
    let unplayed: Vec<ActionId> = (0..form.action_count())
        .map(ActionId::from_index)
        .filter(|action| profile.of(*action).is_zero())
        .collect();
    let choices: [(u32, Rational); 4] =
        [(1, Rational::ONE), (2, Rational::ONE), (1, Rational::int(3)), (3, Rational::ONE)];
    let mut picks = vec![0_usize; unplayed.len()];
    loop {
        let tremble = |action: ActionId| match unplayed.iter().position(|other| *other == action) {
            Some(at) => choices[picks[at]].clone(),
            None => (0, profile.of(action).clone()),
        };
        let works = all.iter().all(|(set, losses)| supported(losses, &limit(game, *set, &tremble)));
        if works {
            return true;
        }
        let Some(at) = picks.iter().position(|pick| *pick + 1 < choices.len()) else {
            return false;
        };
        picks[at] += 1;
        picks[..at].fill(0);
    }
}

fn limit(
    game: &Small,
    set: InfoSetId,
    tremble: &dyn Fn(ActionId) -> (u32, Rational),
) -> Vec<Rational> {
    let form = game.form();
    let likelihood = |node: &NodeId| {
        let (mut order, mut weight) = (0, Rational::ONE);
        let mut here = *node;
        while let Some(parent) = form.parent(here) {
            if let Some(action) = form.action_into(here) {
                let (more, factor) = tremble(action);
                order += more;
                weight *= factor;
            } else if let Some(branch) = form.branch_into(here) {
                weight *= game.instance.branch(branch);
            }
            here = parent;
        }
        (order, weight)
    };
    let found: Vec<(u32, Rational)> = form.members(set).iter().map(likelihood).collect();
    let least = found.iter().map(|(order, _)| *order).min().unwrap();
    let weights = found.iter().map(|(order, weight)| match *order == least {
        true => weight.clone(),
        false => Rational::ZERO,
    });
    let weights: Vec<Rational> = weights.collect();
    let sum: Rational = weights.iter().sum();
    weights.iter().map(|weight| weight / &sum).collect()
}

fn small_enough(form: &GameForm, sets: usize) -> bool {
    (2..=sets).contains(&form.info_sets().len()) && form.has_perfect_recall()
}

fn mixed(dice: &mut Dice, form: &GameForm) -> Profile {
    let mut profile = Profile::uniform(form);
    for set in form.info_set_ids() {
        let share = Rational::new(dice.below(5) as i64, 4);
        let actions: Vec<ActionId> = form.actions(set).collect();
        profile.probability[actions[1].index()] = Rational::ONE - share.clone();
        profile.probability[actions[0].index()] = share;
    }
    profile
}

#[test]
fn verdicts_agree_with_enumeration_and_imply_each_other() {
    let mut dice = Dice(2024);
    let (mut games, mut seen) = (0, [0_u32; 5]);
    while games < 60 {
        let players = 2 + dice.below(2) as usize;
        let game = random_game(&mut dice, players, 4, games % 2 == 0);
        if !small_enough(game.form(), 6) {
            continue;
        }
        games += 1;
        let mut profiles: Vec<Profile> = pure_profiles(game.form()).collect();
        profiles.extend((0..10).map(|_| mixed(&mut dice, game.form())));
        for profile in &profiles {
            let [nash, perfect, weak, pbe, sequential] =
                [Nash, SubgamePerfect, WeakPbe, Pbe, Sequential].map(|c| game.verdict(c, profile));
            for (at, verdict) in [&nash, &perfect, &weak, &pbe, &sequential].iter().enumerate() {
                seen[at] += u32::from(verdict.holds());
                rechecks(&game, verdict);
            }
            assert_eq!(weak.holds(), plain_weak_pbe(&game, profile), "{game:?} {profile:?}");
            assert!(!matches!(weak, Verdict::Undecided(_)));
            implies(&perfect, &nash);
            implies(&weak, &nash);
            implies(&pbe, &weak);
            implies(&sequential, &pbe);
            implies(&sequential, &perfect);
        }
    }
    // The generator must not make all concepts the same, or the test would show nothing.
    assert!(
        seen[4] > 50 && seen[3] >= seen[4] && seen[2] > seen[3] && seen[0] > seen[1],
        "{seen:?}"
    );
}

fn implies(stronger: &Verdict, weaker: &Verdict) {
    assert!(!stronger.holds() || weaker.holds(), "{stronger:?} but {weaker:?}");
}

fn rechecks(game: &Small, verdict: &Verdict) {
    if let Some(equilibrium) = verdict.equilibrium() {
        let again = recheck(&game.instance, &equilibrium.saved());
        assert!(again.holds(), "{again:?}");
        assert!(equilibrium.margins().iter().all(|margin| !margin.margin.is_negative()));
    } else if let Verdict::Fails(failure) = verdict {
        assert!(!failure.gain.is_negative() && !failure.reason.is_empty());
    }
}

#[test]
fn whatever_trembles_on_a_grid_support_is_found_sequential() {
    let mut dice = Dice(77);
    let (mut games, mut found, mut failed) = (0, 0, 0);
    while games < 40 {
        let game = random_game(&mut dice, 2 + games % 2, 4, games % 4 < 3);
        if !small_enough(game.form(), 5) {
            continue;
        }
        games += 1;
        for profile in pure_profiles(game.form()) {
            if !plain_weak_pbe(&game, &profile) {
                continue;
            }
            let verdict = game.verdict(Sequential, &profile);
            if plain_sequential(&game, &profile) {
                found += 1;
                assert!(verdict.holds(), "{verdict:?} {game:?}");
            } else {
                failed += u32::from(verdict.fails());
            }
        }
    }
    assert!(found > 40 && failed > 3, "{found} {failed}");
}
