//! Is there a belief under which a choice is best?
//!
//! Rows are deviations, columns members; an entry is what the choice earns more than the
//! deviation at that member, weighted by its chance. A positive scaling of columns does not
//! change the answer, so chance weights do no harm.

use super::amount::{Amount, Belief};
use detente_game::Rational;
use detente_linear::{Feasibility, Program, RowRelation};

/// The answer to the question for one table of gains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Support<T> {
    /// No belief will do.
    None,
    /// All of the belief on this member will do.
    Member(usize),
    /// This belief will do.
    Mixed(Belief<T>),
}

/// Finds a belief over `members` columns under which no row has a negative mean.
pub(super) fn supporting<T: Amount>(gains: &[Vec<T>], members: usize) -> Support<T> {
    if gains.iter().any(|row| row.iter().all(Amount::is_negative)) {
        return Support::None;
    }
    let harmless = |member: usize| gains.iter().all(|row| !row[member].is_negative());
    if let Some(member) = (0..members).find(|member| harmless(*member)) {
        return Support::Member(member);
    }
    // With one row, some entry is not negative, and that member was found above.
    if gains.len() < 2 || members < 2 {
        return Support::None;
    }
    let kept = undominated_members(gains, members);
    // A single one would do at every row that any other does.
    if kept.len() < 2 {
        return Support::None;
    }
    T::mixed_belief(gains, &kept, members).map_or(Support::None, Support::Mixed)
}

/// Members that no other member beats or equals in every row: only they need weight.
fn undominated_members<T: Amount>(gains: &[Vec<T>], members: usize) -> Vec<usize> {
    let beats = |a: usize, b: usize| gains.iter().all(|row| row[a] >= row[b]);
    (0..members)
        .filter(|&b| !(0..members).any(|a| a != b && beats(a, b) && (a < b || !beats(b, a))))
        .collect()
}

/// Such a belief by a linear program.
pub(super) fn by_program<T: Amount>(
    gains: &[Vec<T>],
    kept: &[usize],
    members: usize,
) -> Option<Vec<Rational>> {
    let mut program = Program::new(kept.len());
    let ones: Vec<(usize, Rational)> =
        (0..kept.len()).map(|column| (column, Rational::ONE)).collect();
    program.row(&ones, RowRelation::Eq, Rational::ONE);
    for row in gains {
        let entries: Vec<(usize, Rational)> = kept
            .iter()
            .enumerate()
            .map(|(column, &member)| (column, row[member].to_rational()))
            .collect();
        program.row(&entries, RowRelation::Ge, Rational::ZERO);
    }
    match program.feasible() {
        Feasibility::Infeasible { .. } => None,
        Feasibility::Feasible(point) => {
            let mut belief = vec![Rational::ZERO; members];
            for (&member, weight) in kept.iter().zip(point) {
                belief[member] = weight;
            }
            Some(belief)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_belief_is_preferred() {
        assert_eq!(supporting(&[vec![-1_i64, 2], vec![3, 0]], 2), Support::Member(1));
    }

    #[test]
    fn a_middle_belief_is_found_only_if_there_is_one() {
        let gains = [vec![-1_i64, 2], vec![2, -1]];
        let Support::Mixed(Belief::Shares(belief)) = supporting(&gains, 2) else {
            panic!("a belief exists")
        };
        assert!(belief[0] >= Rational::new(1, 3) && belief[0] <= Rational::new(2, 3));
        assert_eq!(supporting(&[vec![-3_i64, 2], vec![2, -3]], 2), Support::None);
    }

    #[test]
    fn a_dominated_choice_has_no_belief() {
        assert_eq!(supporting(&[vec![-1_i64, -1]], 2), Support::None);
    }
}
