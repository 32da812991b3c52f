//! The check of dominance: every round played again, by multiplication alone.

use super::super::profiles::{combinations, turned, with_one};
use super::{Dominance, Elimination, Sense, Survivor};
use detente_game::exchange::StrategicForm;
use detente_game::{PlayerId, Rational};
use std::collections::BTreeSet;

/// Whether every elimination is proved by its mixture and every survivor by its conjecture (where
/// it has one), whoever found them. Nothing of the search is used.
#[must_use]
pub fn is_proved(dominance: &Dominance) -> bool {
    let form = &dominance.form;
    let mut alive: Vec<Vec<usize>> =
        form.strategies.iter().map(|list| (0..list.len()).collect()).collect();
    for round in 1..=dominance.rounds {
        let gone: Vec<&Elimination> =
            dominance.eliminations.iter().filter(|one| one.round == round).collect();
        let proved = |one: &&Elimination| is_dominated(form, &alive, one, dominance.sense);
        if gone.is_empty() || !gone.iter().all(proved) {
            return false;
        }
        for one in gone {
            alive[one.player.index()].retain(|strategy| *strategy != one.strategy);
        }
    }
    let known: BTreeSet<(PlayerId, usize)> =
        dominance.survivors.iter().map(|one| (one.player, one.strategy)).collect();
    let left = alive.iter().enumerate().flat_map(|(player, list)| {
        list.iter().map(move |strategy| (PlayerId::from_index(player), *strategy))
    });
    dominance.eliminations.iter().all(|one| (1..=dominance.rounds).contains(&one.round))
        && left.collect::<BTreeSet<_>>() == known
        && dominance.survivors.iter().all(|one| is_supported(form, &alive, one, dominance.sense))
}

fn is_distribution<'a>(mut shares: impl Iterator<Item = &'a Rational> + Clone) -> bool {
    shares.clone().sum::<Rational>().is_one() && shares.all(|share| !share.is_negative())
}

fn is_dominated(
    form: &StrategicForm,
    alive: &[Vec<usize>],
    gone: &Elimination,
    sense: Sense,
) -> bool {
    let player = gone.player.index();
    let among = |strategy: usize| strategy != gone.strategy && alive[player].contains(&strategy);
    if !alive[player].contains(&gone.strategy)
        || !gone.by.iter().all(|(strategy, _)| among(*strategy))
        || !is_distribution(gone.by.iter().map(|(_, share)| share))
    {
        return false;
    }
    let gain = |profile: Vec<usize>| {
        let mixed: Rational = gone
            .by
            .iter()
            .map(|(other, share)| {
                share * form.payoff(&turned(&profile, player, *other), gone.player)
            })
            .sum();
        mixed - form.payoff(&profile, gone.player)
    };
    let gains: Vec<Rational> =
        combinations(&with_one(alive, player, gone.strategy)).map(gain).collect();
    let worse = match sense {
        Sense::Strict => gone.least.is_positive(),
        Sense::Weak => !gone.least.is_negative() && gone.greatest.is_positive(),
    };
    worse && gains.iter().min() == Some(&gone.least) && gains.iter().max() == Some(&gone.greatest)
}

fn is_supported(
    form: &StrategicForm,
    alive: &[Vec<usize>],
    survivor: &Survivor,
    sense: Sense,
) -> bool {
    let Some(conjecture) = &survivor.conjecture else { return true };
    let player = survivor.player.index();
    let expected: BTreeSet<Vec<usize>> =
        combinations(&with_one(alive, player, survivor.strategy)).collect();
    let named: BTreeSet<Vec<usize>> =
        conjecture.iter().map(|(profile, _)| profile.clone()).collect();
    let covers = match sense {
        Sense::Strict => named.is_subset(&expected),
        Sense::Weak => {
            named == expected && conjecture.iter().all(|(_, weight)| weight.is_positive())
        }
    };
    let worth = |strategy: usize| -> Rational {
        let paid = |profile: &[usize]| form.payoff(profile, survivor.player).clone();
        let parts = conjecture.iter();
        parts.map(|(profile, p)| p * &paid(&turned(profile, player, strategy))).sum()
    };
    let own = worth(survivor.strategy);
    covers
        && named.len() == conjecture.len()
        && is_distribution(conjecture.iter().map(|(_, weight)| weight))
        && alive[player].iter().all(|other| worth(*other) <= own)
}
