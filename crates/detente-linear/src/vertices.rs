//! All vertices of a polytope, by the double description method (Motzkin, Raiffa, Thompson and
//! Thrall 1953; adjacency by common zeros as in Fukuda and Prodon 1996).

use crate::program::{Program, RowRelation};
use crate::sparse::{self, Entry};
use crate::system::{SystemSolution, reduce, solve_system};
use detente_game::Rational;

/// Why there is no list of vertices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoVertices {
    /// The set of feasible points is unbounded.
    Unbounded,
    /// It, or a polytope on the way to it, has more vertices than allowed.
    TooMany,
}

/// All vertices of the set of feasible points, sorted; empty if there is no feasible point, and
/// `None` if the set is unbounded. Meant for small programs: the cost grows with the number of
/// vertices of all intermediate polytopes, see [`vertices_up_to`].
#[must_use]
pub fn vertices(program: &Program) -> Option<Vec<Vec<Rational>>> {
    vertices_up_to(program, usize::MAX).ok()
}

/// The same, giving up when more than `most` vertices arise on the way.
///
/// # Errors
/// If the set of feasible points is unbounded or has too many vertices.
pub fn vertices_up_to(program: &Program, most: usize) -> Result<Vec<Vec<Rational>>, NoVertices> {
    let Some(Generators { points, directions }) = generators(program, most)? else {
        // A line fits in the cone: the polyhedron is empty or unbounded.
        let point = program.feasible().point();
        return point.map_or(Ok(Vec::new()), |_| Err(NoVertices::Unbounded));
    };
    // Directions of recession mean nothing if the polyhedron has no point at all.
    if directions > 0 && !points.is_empty() { Err(NoVertices::Unbounded) } else { Ok(points) }
}

/// The vertices of a polyhedron that may be unbounded, sorted; none if it contains a line.
pub(crate) fn corners_up_to(
    program: &Program,
    most: usize,
) -> Result<Vec<Vec<Rational>>, NoVertices> {
    Ok(generators(program, most)?.map_or(Vec::new(), |found| found.points))
}

struct Generators {
    /// The vertices, sorted.
    points: Vec<Vec<Rational>>,
    /// How many extreme directions of recession there are.
    directions: usize,
}

/// What generates a polyhedron; `None` if the cone of the constraints contains a line.
fn generators(program: &Program, most: usize) -> Result<Option<Generators>, NoVertices> {
    let Some(frame) = Frame::of_equalities(program) else {
        return Ok(Some(Generators { points: Vec::new(), directions: 0 }));
    };
    let constraints = frame.constraints(program);
    let size = frame.directions.len() + 1;
    let Some(start) = independent(&constraints, size) else { return Ok(None) };
    let rays = extreme_rays(&constraints, &start, most)?;
    let bounded = rays.iter().filter(|ray| !ray[0].is_zero());
    let mut points: Vec<Vec<Rational>> = bounded.map(|ray| frame.point(ray)).collect();
    let directions = rays.len() - points.len();
    points.sort();
    Ok(Some(Generators { points, directions }))
}

/// The affine space of the equalities: `origin + sum of t_k * direction_k`.
struct Frame {
    origin: Vec<Rational>,
    directions: Vec<Vec<Rational>>,
}

impl Frame {
    fn of_equalities(program: &Program) -> Option<Self> {
        let variables = program.free.len();
        let (mut matrix, mut rhs) = (Vec::new(), Vec::new());
        for row in program.rows.iter().filter(|row| row.relation == RowRelation::Eq) {
            matrix.push(dense(&row.entries, variables));
            rhs.push(row.rhs.clone());
        }
        if matrix.is_empty() {
            let unit = |at: usize| dense(&[(at as u32, Rational::ONE)], variables);
            let directions = (0..variables).map(unit).collect();
            return Some(Self { origin: vec![Rational::ZERO; variables], directions });
        }
        match solve_system(&matrix, &rhs) {
            SystemSolution::None => None,
            SystemSolution::Unique(origin) => Some(Self { origin, directions: Vec::new() }),
            SystemSolution::Many { particular, directions } => {
                Some(Self { origin: particular, directions })
            }
        }
    }

    /// The inequalities as rows `r` with `r . (1, t) >= 0`, the first of them `1 >= 0`.
    fn constraints(&self, program: &Program) -> Vec<Vec<Rational>> {
        let mut first = vec![Rational::ZERO; self.directions.len() + 1];
        first[0] = Rational::ONE;
        let mut constraints = vec![first];
        for (variable, free) in program.free.iter().enumerate() {
            if !free {
                let entries = [(variable as u32, Rational::ONE)];
                constraints.push(self.along(&entries, &Rational::ZERO, false));
            }
        }
        for row in &program.rows {
            match row.relation {
                RowRelation::Ge => constraints.push(self.along(&row.entries, &row.rhs, false)),
                RowRelation::Le => constraints.push(self.along(&row.entries, &row.rhs, true)),
                RowRelation::Eq => {}
            }
        }
        constraints
    }

    /// `entries . x - rhs` as a function of `(1, t)`, negated or not.
    fn along(&self, entries: &[Entry], rhs: &Rational, negate: bool) -> Vec<Rational> {
        let constant = sparse::dot(entries, &self.origin) - rhs;
        let slopes = self.directions.iter().map(|direction| sparse::dot(entries, direction));
        let row = std::iter::once(constant).chain(slopes);
        if negate { row.map(|value| -value).collect() } else { row.collect() }
    }

    fn point(&self, ray: &[Rational]) -> Vec<Rational> {
        let mut point = self.origin.clone();
        for (weight, direction) in ray[1..].iter().zip(&self.directions) {
            if weight.is_zero() {
                continue;
            }
            let weight = weight / &ray[0];
            for (value, step) in point.iter_mut().zip(direction) {
                *value += &weight * step;
            }
        }
        point
    }
}

fn dense(entries: &[Entry], variables: usize) -> Vec<Rational> {
    let mut row = vec![Rational::ZERO; variables];
    for (index, value) in entries {
        row[*index as usize] = value.clone();
    }
    row
}

/// The first `size` independent constraints, by position; `None` if there are fewer.
fn independent(constraints: &[Vec<Rational>], size: usize) -> Option<Vec<usize>> {
    // The pivot columns of the transpose are the rows that do not depend on earlier ones.
    let mut columns: Vec<Vec<Rational>> = (0..size)
        .map(|coordinate| constraints.iter().map(|row| row[coordinate].clone()).collect())
        .collect();
    let chosen = reduce(&mut columns, constraints.len());
    (chosen.len() == size).then_some(chosen)
}

/// A ray of the cone with the constraints, of those added so far, that it meets with equality.
struct Ray {
    coordinates: Vec<Rational>,
    zeros: Vec<u64>,
}

impl Ray {
    fn set_zero(&mut self, constraint: usize) {
        self.zeros[constraint / 64] |= 1 << (constraint % 64);
    }
}

fn product(a: &[Rational], b: &[Rational]) -> Rational {
    a.iter().zip(b).filter(|(x, y)| !x.is_zero() && !y.is_zero()).map(|(x, y)| x * y).sum()
}

fn extreme_rays(
    constraints: &[Vec<Rational>],
    start: &[usize],
    most: usize,
) -> Result<Vec<Vec<Rational>>, NoVertices> {
    let mut rays = simplicial_cone(constraints, start);
    for (at, constraint) in constraints.iter().enumerate() {
        if !start.contains(&at) {
            rays = cut(rays, constraint, at, start.len());
        }
        if rays.len() > most {
            return Err(NoVertices::TooMany);
        }
    }
    Ok(rays.into_iter().map(|ray| ray.coordinates).collect())
}

/// The cone of as many independent constraints as dimensions: its rays are the columns of the
/// inverse.
fn simplicial_cone(constraints: &[Vec<Rational>], start: &[usize]) -> Vec<Ray> {
    let size = start.len();
    let mut rows: Vec<Vec<Rational>> = start
        .iter()
        .enumerate()
        .map(|(at, &constraint)| {
            let unit = (0..size).map(|k| Rational::int(i64::from(k == at)));
            constraints[constraint].iter().cloned().chain(unit).collect()
        })
        .collect();
    reduce(&mut rows, size);
    (0..size)
        .map(|at| {
            let coordinates = rows.iter().map(|row| row[size + at].clone()).collect();
            let mut ray = Ray { coordinates, zeros: vec![0; constraints.len().div_ceil(64)] };
            for (other, &constraint) in start.iter().enumerate() {
                if other != at {
                    ray.set_zero(constraint);
                }
            }
            ray
        })
        .collect()
}

/// The rays of the cone after one more constraint.
fn cut(rays: Vec<Ray>, constraint: &[Rational], at: usize, size: usize) -> Vec<Ray> {
    let values: Vec<Rational> =
        rays.iter().map(|ray| product(&ray.coordinates, constraint)).collect();
    let mut made = Vec::new();
    for (inside, above) in values.iter().enumerate().filter(|(_, value)| value.is_positive()) {
        for (outside, below) in values.iter().enumerate().filter(|(_, value)| value.is_negative()) {
            if !adjacent(&rays, inside, outside, size) {
                continue;
            }
            let mut ray = between(&rays[inside], above, &rays[outside], below);
            ray.set_zero(at);
            made.push(ray);
        }
    }
    let mut kept = Vec::with_capacity(rays.len() + made.len());
    for (mut ray, value) in rays.into_iter().zip(values) {
        if value.is_negative() {
            continue;
        }
        if value.is_zero() {
            ray.set_zero(at);
        }
        kept.push(ray);
    }
    kept.extend(made);
    kept
}

/// Two extreme rays span a face of dimension two iff no third one meets all constraints that both
/// meet with equality.
fn adjacent(rays: &[Ray], one: usize, other: usize, size: usize) -> bool {
    let common: Vec<u64> =
        rays[one].zeros.iter().zip(&rays[other].zeros).map(|(a, b)| a & b).collect();
    let count: u32 = common.iter().map(|word| word.count_ones()).sum();
    if (count as usize) + 2 < size {
        return false;
    }
    !rays.iter().enumerate().any(|(third, ray)| {
        third != one
            && third != other
            && common.iter().zip(&ray.zeros).all(|(wanted, zeros)| wanted & zeros == *wanted)
    })
}

/// Where the segment between two rays meets the constraint they lie on either side of, scaled
/// so that its first coordinate that is not zero is plus or minus one.
fn between(inside: &Ray, above: &Rational, outside: &Ray, below: &Rational) -> Ray {
    let mut coordinates: Vec<Rational> = inside
        .coordinates
        .iter()
        .zip(&outside.coordinates)
        .map(|(a, b)| above * b - below * a)
        .collect();
    if let Some(scale) = coordinates.iter().find(|value| !value.is_zero()).map(Rational::abs) {
        for value in &mut coordinates {
            *value /= &scale;
        }
    }
    let zeros = inside.zeros.iter().zip(&outside.zeros).map(|(a, b)| a & b).collect();
    Ray { coordinates, zeros }
}
