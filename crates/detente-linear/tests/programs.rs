//! Certificates always check; optima agree with the best vertex; classic cycling programs end.

use detente_game::Rational;
use detente_linear::{
    Feasibility, NoVertices, Optimum, Program, RowRelation, SystemSolution, is_farkas,
    is_feasible_point, is_optimal, is_ray, solve_system, vertices, vertices_up_to,
};
use proptest::prelude::*;

fn q(numer: i64, denom: i64) -> Rational {
    Rational::new(numer, denom)
}

fn sparse(values: &[i64]) -> Vec<(usize, Rational)> {
    values.iter().enumerate().map(|(at, value)| (at, Rational::int(*value))).collect()
}

fn check(program: &Program, objective: &[(usize, Rational)]) -> Option<Rational> {
    match program.maximize(objective) {
        Optimum::Optimal { value, point, dual } => {
            assert!(is_optimal(program, objective, &point, &dual), "{program:?}");
            let attained: Rational = objective.iter().map(|(at, c)| c * &point[*at]).sum();
            assert_eq!(attained, value);
            // The certificate must be able to fail: a point moved off its place is refused.
            let moved: Vec<_> = point.iter().map(|x| x - Rational::int(1_000_000)).collect();
            if !objective.iter().map(|(_, c)| c).sum::<Rational>().is_zero() {
                assert!(!is_optimal(program, objective, &moved, &dual));
            }
            Some(value)
        }
        Optimum::Infeasible { farkas } => {
            assert!(is_farkas(program, &farkas), "{program:?} {farkas:?}");
            None
        }
        Optimum::Unbounded { ray } => {
            assert!(is_ray(program, objective, &ray), "{program:?} {ray:?}");
            let Feasibility::Feasible(point) = program.feasible() else {
                panic!("unbounded but infeasible")
            };
            assert!(is_feasible_point(program, &point));
            None
        }
    }
}

#[test]
fn beale_1955_ends() {
    let mut program = Program::new(4);
    program.row(
        &[(0, q(1, 4)), (1, q(-60, 1)), (2, q(-1, 25)), (3, q(9, 1))],
        RowRelation::Le,
        Rational::ZERO,
    );
    program.row(
        &[(0, q(1, 2)), (1, q(-90, 1)), (2, q(-1, 50)), (3, q(3, 1))],
        RowRelation::Le,
        Rational::ZERO,
    );
    program.row(&[(2, Rational::ONE)], RowRelation::Le, Rational::ONE);
    let objective = [(0, q(3, 4)), (1, q(-150, 1)), (2, q(1, 50)), (3, q(-6, 1))];
    assert_eq!(check(&program, &objective), Some(q(1, 20)));
}

#[test]
fn kuhn_ends() {
    let mut program = Program::new(4);
    program.row(&sparse(&[-2, -9, 1, 9]), RowRelation::Le, Rational::ZERO);
    program.row(
        &[(0, q(1, 3)), (1, q(1, 1)), (2, q(-1, 3)), (3, q(-2, 1))],
        RowRelation::Le,
        q(0, 1),
    );
    program.row(&sparse(&[2, 3, -1, -12]), RowRelation::Le, Rational::int(2));
    assert_eq!(check(&program, &sparse(&[2, 3, -1, -12])), Some(Rational::int(2)));
}

#[test]
fn redundant_and_contradicting_equalities() {
    let mut program = Program::new(2);
    program.row(&sparse(&[1, 1]), RowRelation::Eq, Rational::ONE);
    program.row(&sparse(&[2, 2]), RowRelation::Eq, Rational::int(2));
    program.row(&sparse(&[-1, -1]), RowRelation::Eq, Rational::int(-1));
    assert_eq!(check(&program, &sparse(&[3, 5])), Some(Rational::int(5)));
    program.row(&sparse(&[3, 3]), RowRelation::Eq, Rational::int(4));
    assert!(
        matches!(program.feasible(), Feasibility::Infeasible { farkas } if is_farkas(&program, &farkas))
    );
}

#[test]
fn matrix_game_with_a_free_value() {
    // Rock, paper, scissors with a double win for rock: mix 1/4, 1/2, 1/4 and value 0.
    let payoff = [[0, -1, 2], [1, 0, -1], [-2, 1, 0]];
    let mut program = Program::new(4);
    program.free(3);
    for column in 0..3 {
        let mut row: Vec<_> =
            payoff.iter().map(|row| Rational::int(row[column])).enumerate().collect();
        row.push((3, q(-1, 1)));
        program.row(&row, RowRelation::Ge, Rational::ZERO);
    }
    program.row(&sparse(&[1, 1, 1, 0]), RowRelation::Eq, Rational::ONE);
    let Optimum::Optimal { value, point, .. } = program.maximize(&[(3, Rational::ONE)]) else {
        panic!("a matrix game has a value")
    };
    assert_eq!(value, Rational::ZERO);
    assert_eq!(point[..3], [q(1, 4), q(1, 2), q(1, 4)]);
}

#[test]
fn vertices_of_known_polytopes() {
    let cube = |dimension: usize| {
        let mut program = Program::new(dimension);
        for variable in 0..dimension {
            program.row(&[(variable, Rational::ONE)], RowRelation::Le, Rational::ONE);
        }
        program
    };
    for dimension in 0..6 {
        assert_eq!(vertices(&cube(dimension)).map(|v| v.len()), Some(1 << dimension));
    }
    assert_eq!(vertices_up_to(&cube(5), 10), Err(NoVertices::TooMany));
    assert_eq!(vertices_up_to(&cube(3), 1000).map(|v| v.len()), Ok(8));
    let mut simplex = Program::new(5);
    simplex.row(&sparse(&[1; 5]), RowRelation::Eq, Rational::ONE);
    assert_eq!(vertices(&simplex).map(|v| v.len()), Some(5));
    // A pyramid's apex is degenerate: four faces meet there.
    let mut pyramid = Program::new(3);
    pyramid.free(0);
    pyramid.free(1);
    for row in [[1, 0, 1], [-1, 0, 1], [0, 1, 1], [0, -1, 1]] {
        pyramid.row(&sparse(&row), RowRelation::Le, Rational::ONE);
    }
    assert_eq!(vertices(&pyramid).map(|v| v.len()), Some(5));
    assert_eq!(vertices(&Program::new(2)), None);
    let mut empty = cube(2);
    empty.row(&sparse(&[1, 1]), RowRelation::Ge, Rational::int(3));
    assert_eq!(vertices(&empty), Some(Vec::new()));
}

fn relation() -> impl Strategy<Value = RowRelation> {
    prop_oneof![Just(RowRelation::Le), Just(RowRelation::Ge), Just(RowRelation::Eq)]
}

type RandomRow = (Vec<i64>, RowRelation, i64);

fn random_program() -> impl Strategy<Value = (Vec<bool>, Vec<RandomRow>, Vec<i64>)> {
    (1..6usize, 0..7usize).prop_flat_map(|(variables, rows)| {
        let row = (prop::collection::vec(-3..4i64, variables), relation(), -4..5i64);
        (
            prop::collection::vec(prop::bool::weighted(0.25), variables),
            prop::collection::vec(row, rows),
            prop::collection::vec(-3..4i64, variables),
        )
    })
}

fn build(free: &[bool], rows: &[RandomRow]) -> Program {
    let mut program = Program::new(free.len());
    for (variable, free) in free.iter().enumerate() {
        if *free {
            program.free(variable);
        }
    }
    for (coefficients, relation, rhs) in rows {
        program.row(&sparse(coefficients), *relation, Rational::int(*rhs));
    }
    program
}

/// All vertices by solving every square subsystem of tight constraints.
fn vertices_by_force(free: &[bool], rows: &[RandomRow], box_size: i64) -> Vec<Vec<Rational>> {
    let variables = free.len();
    let program = boxed(free, rows, box_size);
    let mut tight: Vec<(Vec<Rational>, Rational)> = rows
        .iter()
        .map(|(row, _, rhs)| (row.iter().map(|c| Rational::int(*c)).collect(), Rational::int(*rhs)))
        .collect();
    for (variable, &is_free) in free.iter().enumerate() {
        for bound in [0, box_size, -box_size] {
            let unit = (0..variables).map(|k| Rational::int(i64::from(k == variable))).collect();
            if bound != 0 || !is_free {
                tight.push((unit, Rational::int(bound)));
            }
        }
    }
    let mut found = Vec::new();
    for mask in 0u32..1 << tight.len() {
        if mask.count_ones() as usize != variables {
            continue;
        }
        let chosen: Vec<_> = (0..tight.len()).filter(|k| mask >> k & 1 == 1).collect();
        let matrix: Vec<_> = chosen.iter().map(|k| tight[*k].0.clone()).collect();
        let rhs: Vec<_> = chosen.iter().map(|k| tight[*k].1.clone()).collect();
        if let SystemSolution::Unique(point) = solve_system(&matrix, &rhs)
            && is_feasible_point(&program, &point)
            && !found.contains(&point)
        {
            found.push(point);
        }
    }
    found.sort();
    found
}

fn boxed(free: &[bool], rows: &[RandomRow], box_size: i64) -> Program {
    let mut program = build(free, rows);
    for variable in 0..free.len() {
        program.row(&[(variable, Rational::ONE)], RowRelation::Le, Rational::int(box_size));
        program.row(&[(variable, Rational::ONE)], RowRelation::Ge, Rational::int(-box_size));
    }
    program
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn certificates_check((free, rows, objective) in random_program()) {
        check(&build(&free, &rows), &sparse(&objective));
    }

    #[test]
    fn systems_are_solved(matrix in prop::collection::vec(prop::collection::vec(-3..4i64, 4), 1..6),
                          rhs in prop::collection::vec(-3..4i64, 6)) {
        let matrix: Vec<Vec<Rational>> =
            matrix.iter().map(|row| row.iter().map(|c| Rational::int(*c)).collect()).collect();
        let rhs: Vec<Rational> = rhs[..matrix.len()].iter().map(|c| Rational::int(*c)).collect();
        let times = |x: &[Rational]| -> Vec<Rational> {
            matrix.iter().map(|row| row.iter().zip(x).map(|(a, b)| a * b).sum()).collect()
        };
        let mut program = Program::new(4);
        for (row, value) in matrix.iter().zip(&rhs) {
            let row: Vec<_> = row.iter().cloned().enumerate().collect();
            program.row(&row, RowRelation::Eq, value.clone());
        }
        (0..4).for_each(|variable| program.free(variable));
        let feasible = matches!(program.feasible(), Feasibility::Feasible(_));
        match solve_system(&matrix, &rhs) {
            SystemSolution::None => prop_assert!(!feasible),
            SystemSolution::Unique(x) => prop_assert_eq!(times(&x), rhs),
            SystemSolution::Many { particular, directions } => {
                prop_assert_eq!(times(&particular), rhs);
                for direction in directions {
                    prop_assert!(times(&direction).iter().all(Rational::is_zero));
                    prop_assert!(!direction.iter().all(Rational::is_zero));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn optimum_is_the_best_vertex(
        (free, rows, objective) in (1..4usize, 0..5usize).prop_flat_map(|(variables, rows)| {
            let row = (prop::collection::vec(-3..4i64, variables), relation(), -4..5i64);
            (
                prop::collection::vec(prop::bool::weighted(0.25), variables),
                prop::collection::vec(row, rows),
                prop::collection::vec(-3..4i64, variables),
            )
        })
    ) {
        let program = boxed(&free, &rows, 7);
        let forced = vertices_by_force(&free, &rows, 7);
        let best = forced
            .iter()
            .map(|x| x.iter().zip(&objective).map(|(a, c)| a * Rational::int(*c)).sum::<Rational>())
            .max();
        prop_assert_eq!(check(&program, &sparse(&objective)), best);
        prop_assert_eq!(vertices(&program), Some(forced));
    }
}

#[test]
fn large_sparse_programs_are_certified() {
    let mut state = 3u64;
    let mut roll = |sides: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % sides
    };
    let (mut optimal, mut infeasible) = (0, 0);
    for round in 0..12 {
        let (rows, variables) = (120, 100 + 10 * round);
        let mut program = Program::new(variables);
        for row in 0..rows {
            let entries: Vec<_> = (0..3)
                .map(|_| (roll(variables as u64) as usize, Rational::int(roll(7) as i64 - 2)))
                .collect();
            // Most right-hand sides are zero, as in sequence form, so that most pivots tie.
            let rhs = if row % 8 == 0 { roll(5) as i64 } else { 0 };
            let relation = match roll(8) {
                0 => RowRelation::Eq,
                1 => RowRelation::Ge,
                _ => RowRelation::Le,
            };
            program.row(&entries, relation, Rational::int(rhs));
        }
        let all: Vec<_> = (0..variables).map(|variable| (variable, Rational::ONE)).collect();
        program.row(&all, RowRelation::Le, Rational::int(50));
        let objective: Vec<_> =
            (0..variables).map(|variable| (variable, Rational::int(roll(9) as i64 - 3))).collect();
        match check(&program, &objective) {
            Some(_) => optimal += 1,
            None => infeasible += 1,
        }
    }
    assert!(optimal > 0 && infeasible > 0, "{optimal} optimal, {infeasible} infeasible");
}
