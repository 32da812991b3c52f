//! From solutions of subgames to profiles of the whole game.

use super::prepared::Prepared;
use super::region::{Region, Variable};
use super::search::{ANY, Group, Groups, Solution};
use crate::Budget;
use detente_game::Profile;

/// Lists the profiles that the solutions stand for, as many as may be listed, each with the number
/// of the last region's solution.
pub(super) fn expand<T>(
    prepared: &Prepared,
    regions: &[Region],
    solved: &[Groups<T>],
    budget: &mut Budget<'_>,
) -> Vec<(usize, Profile)> {
    let mut profiles = Vec::new();
    let mut choices = vec![0; prepared.form.info_sets().len()];
    // Which group each subgame must play; the surrounding ones, with higher numbers, say so.
    let mut demanded = vec![ANY; regions.len()];
    let mut trail = vec![0];
    while let Some(depth) = trail.len().checked_sub(1) {
        let number = regions.len() - 1 - depth;
        let Some(solution) = solution_at(&solved[number].list, demanded[number], trail[depth])
        else {
            trail.pop();
            if let Some(last) = trail.last_mut() {
                *last += 1;
            }
            continue;
        };
        play(&regions[number], solution, &mut choices, &mut demanded);
        if number > 0 {
            trail.push(0);
            continue;
        }
        if !budget.find() {
            return profiles;
        }
        profiles.push((trail[0], Profile::pure(&prepared.form, &choices)));
        trail[depth] += 1;
    }
    profiles
}

/// The `index`-th solution of a group, or of all groups together.
fn solution_at<T>(groups: &[Group<T>], demanded: u32, mut index: usize) -> Option<&Solution> {
    if demanded != ANY {
        return groups[demanded as usize].solutions.get(index);
    }
    for group in groups {
        match group.solutions.get(index) {
            Some(solution) => return Some(solution),
            None => index -= group.solutions.len(),
        }
    }
    None
}

fn play(region: &Region, solution: &Solution, choices: &mut [usize], demanded: &mut [u32]) {
    for (variable, &option) in region.variables.iter().zip(solution) {
        match variable {
            Variable::Set(set) => choices[set.index()] = option as usize,
            Variable::Block(number) => demanded[*number] = option,
        }
    }
}
