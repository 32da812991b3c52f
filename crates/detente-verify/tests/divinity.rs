//! Divine and universally divine equilibria (Banks and Sobel 1987), next to their neighbours.

mod common;

use common::{Dice, Small, Tree, build, choose, end, number};
use detente_game::claim::Concept::{self, D1, Divine, Intuitive, Pbe, UniversallyDivine};
use detente_game::{Profile, Rational};

/// Types who stay out for nothing or go in and meet a reply.
struct Entry {
    /// Weights of the types; their shares are the prior.
    prior: Vec<i64>,
    /// Per type and reply.
    sender: Vec<Vec<i64>>,
    receiver: Vec<Vec<i64>>,
}

impl Entry {
    fn random(dice: &mut Dice, types: usize, replies: usize) -> Self {
        let mut table = |range: i64| -> Vec<Vec<i64>> {
            let mut entry = || dice.below(2 * range as u64 + 1) as i64 - range;
            (0..types).map(|_| (0..replies).map(|_| entry()).collect()).collect()
        };
        let (sender, receiver) = (table(3), table(2));
        Self { prior: (0..types).map(|_| 1 + dice.below(4) as i64).collect(), sender, receiver }
    }

    fn game(&self) -> Small {
        let total: i64 = self.prior.iter().sum();
        let branch = |at: usize| {
            let ends = self.sender[at].iter().zip(&self.receiver[at]).enumerate();
            let replies = ends
                .map(|(reply, (sender, receiver))| {
                    (format!("r{reply}"), end(&[*sender, *receiver]))
                })
                .collect();
            let reply = Tree::Move(1, "reply".to_owned(), replies);
            let tree = choose(0, &format!("t{at}"), vec![("out", end(&[0, 0])), ("in", reply)]);
            (format!("t{at}"), &Rational::int(self.prior[at]) / &Rational::int(total), tree)
        };
        let types = (0..self.prior.len()).map(branch).collect();
        build(&["Sender", "Receiver"], &Tree::Chance("type".to_owned(), types))
    }

    /// All stay out, and this is the reply.
    fn outside(&self, game: &Small, reply: usize) -> Profile {
        let mut play: Vec<(String, String)> =
            (0..self.prior.len()).map(|at| (format!("t{at}"), "out".to_owned())).collect();
        play.push(("reply".to_owned(), format!("r{reply}")));
        let play: Vec<(&str, &str)> = play.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        game.pure(&play)
    }

    /// A perfect Bayesian equilibrium in which all stay out, if one has a pure reply.
    fn pooling(&self, game: &Small) -> Option<Profile> {
        let replies = 0..self.sender[0].len();
        let mut profiles = replies.map(|reply| self.outside(game, reply));
        profiles.find(|profile| game.verdict(Pbe, profile).holds())
    }
}

fn survives(game: &Small, concept: Concept, profile: &Profile) -> bool {
    let verdict = game.verdict(concept, profile);
    assert!(verdict.holds() || verdict.fails(), "{verdict:?}");
    verdict.holds()
}

/// The first type gains once the second reply is likelier than 1/4, the second type once it is
/// likelier than 1/2. That reply is best if the first type is at least as likely as the second.
fn keener(prior: [i64; 2]) -> Entry {
    Entry {
        prior: prior.to_vec(),
        sender: vec![vec![-1, 3], vec![-1, 1]],
        receiver: vec![vec![0, 1], vec![1, 0]],
    }
}

#[test]
fn divinity_asks_the_prior_and_d1_does_not() {
    for (prior, divine) in [([2, 3], true), ([3, 2], false), ([1, 1], true)] {
        let entry = keener(prior);
        let game = entry.game();
        let pooling = entry.outside(&game, 0);
        assert!(survives(&game, Intuitive, &pooling));
        assert_eq!(survives(&game, Divine, &pooling), divine, "{prior:?}");
        assert!(!survives(&game, D1, &pooling));
        assert!(!survives(&game, UniversallyDivine, &pooling));
    }
}

#[test]
fn a_refusal_names_the_groups_the_type_and_the_gain() {
    let entry = keener([3, 2]);
    let game = entry.game();
    let verdict = game.verdict(Divine, &entry.outside(&game, 0));
    let failure = verdict.failure().expect("it is not divine");
    // The first type is believed at least as likely as before, 3/5, so the second reply is given.
    assert_eq!((&failure.gain, failure.set), (&number("3"), Some(game.set("t0"))));
    assert_eq!(failure.instead, "t0 is in");
    let says = "only be meant by 't0', or by 't0' and 't1', each type as likely among the others";
    assert!(failure.reason.contains(says), "{}", failure.reason);
}

/// Three levels of worth and four of education: whoever is not taken for worth 3 gets less.
#[test]
fn with_three_workers_d1_picks_the_cheapest_separation() {
    let cost = [6, 3, 2];
    let worker = |at: usize| {
        let level = |level: i64| {
            let pay = |pay: i64| {
                let miss = at as i64 + 1 - pay;
                end(&[6 * (pay - 1) - cost[at] * level, -miss * miss])
            };
            let pays = vec![("one", pay(1)), ("two", pay(2)), ("three", pay(3))];
            choose(1, &format!("pay{level}"), pays)
        };
        let levels = vec![("0", level(0)), ("1", level(1)), ("2", level(2)), ("3", level(3))];
        choose(0, &format!("worker{at}"), levels)
    };
    let types = vec![("a", "1/3", worker(0)), ("b", "1/3", worker(1)), ("c", "1/3", worker(2))];
    let game = build(&["Worker", "Employer"], &common::chance("type", types));
    let pooling = game.pure(&[
        ("worker0", "0"),
        ("worker1", "0"),
        ("worker2", "0"),
        ("pay0", "two"),
        ("pay1", "one"),
        ("pay2", "one"),
        ("pay3", "one"),
    ]);
    assert!(survives(&game, Intuitive, &pooling));
    // At level 1 all three may be meant as before, which is worth two, as without it.
    assert!(survives(&game, Divine, &pooling));
    for concept in [D1, UniversallyDivine] {
        let verdict = game.verdict(concept, &pooling);
        let failure = verdict.failure().expect("high would take level 1");
        assert_eq!((&failure.gain, failure.set), (&number("4"), Some(game.set("worker2"))));
    }
    let separating = game.pure(&[
        ("worker0", "0"),
        ("worker1", "1"),
        ("worker2", "3"),
        ("pay0", "one"),
        ("pay1", "two"),
        ("pay2", "one"),
        ("pay3", "three"),
    ]);
    for concept in [Intuitive, Divine, D1, UniversallyDivine] {
        assert!(survives(&game, concept, &separating));
    }
}

#[test]
fn whoever_survives_more_survives_less() {
    let mut dice = Dice(87);
    let mut stricter = [0; 4];
    let mut seen = 0;
    for _ in 0..500 {
        let (types, replies) = (2 + dice.below(2) as usize, 2 + dice.below(2) as usize);
        let entry = Entry::random(&mut dice, types, replies);
        let game = entry.game();
        let Some(pooling) = entry.pooling(&game) else { continue };
        seen += 1;
        let [intuitive, divine, d1, universally] =
            [Intuitive, Divine, D1, UniversallyDivine].map(|one| survives(&game, one, &pooling));
        assert!(!universally || (d1 && divine));
        assert!(!d1 || intuitive);
        assert!(!divine || intuitive);
        if types == 2 {
            assert!(d1 == universally && (!d1 || divine));
        }
        let gaps = [intuitive && !divine, divine && !d1, d1 && !universally, d1 && !divine];
        stricter.iter_mut().zip(gaps).for_each(|(count, gap)| *count += usize::from(gap));
    }
    assert!(seen > 100, "{seen}");
    // Neither D1 nor divinity implies the other.
    assert!(stricter.iter().all(|count| *count > 0), "{stricter:?} of {seen}");
}

/// With two replies a mixed reply is one number, so the definitions can be followed literally: at
/// every number at which somebody breaks even, and between them.
struct Line<'a> {
    entry: &'a Entry,
    /// Probabilities of the second reply, one for each pattern of gains.
    points: Vec<Rational>,
}

impl<'a> Line<'a> {
    fn new(entry: &'a Entry) -> Self {
        let mut ends = vec![Rational::ZERO, Rational::ONE];
        for row in &entry.sender {
            if row[0] != row[1] {
                ends.push(&Rational::int(-row[0]) / &Rational::int(row[1] - row[0]));
            }
        }
        ends.retain(|point| !point.is_negative() && *point <= Rational::ONE);
        ends.sort();
        let between = |two: &[Rational]| &(&two[0] + &two[1]) / &Rational::int(2);
        let mut points: Vec<Rational> = ends.windows(2).map(between).collect();
        points.extend(ends);
        Self { entry, points }
    }

    fn gains(&self, point: &Rational) -> Vec<Rational> {
        let gain =
            |row: &Vec<i64>| &Rational::int(row[0]) + &(point * &Rational::int(row[1] - row[0]));
        self.entry.sender.iter().map(gain).collect()
    }

    /// Whether the reply is best for some belief in the hull of these.
    fn is_best(&self, point: &Rational, beliefs: &[Vec<Rational>]) -> bool {
        let advantage = |belief: &Vec<Rational>| -> Rational {
            let rows = belief.iter().zip(&self.entry.receiver);
            rows.map(|(share, row)| share * &Rational::int(row[1] - row[0])).sum()
        };
        let advantages: Vec<Rational> = beliefs.iter().map(advantage).collect();
        let first = advantages.iter().any(|one| !one.is_positive());
        let second = advantages.iter().any(|one| !one.is_negative());
        (*point == Rational::ONE || first) && (point.is_zero() || second)
    }

    /// The corners of the beliefs that a reply lets the receiver have.
    fn beliefs(&self, point: &Rational) -> Vec<Vec<Rational>> {
        let gains = self.gains(point);
        let types = 0..gains.len();
        let sure = gains.iter().any(Rational::is_positive);
        let mut corners = Vec::new();
        for mask in 1_u32..1 << gains.len() {
            let sends = |at: usize| mask >> at & 1 == 1;
            let wrong = types.clone().any(|at| {
                (sends(at) && gains[at].is_negative()) || (!sends(at) && gains[at].is_positive())
            });
            if wrong || (!sure && mask.count_ones() > 1) {
                continue;
            }
            let weight = |at: usize| if sends(at) { self.entry.prior[at] } else { 0 };
            let total: i64 = types.clone().map(weight).sum();
            let share = |at| &Rational::int(weight(at)) / &Rational::int(total);
            corners.push(types.clone().map(share).collect());
        }
        corners
    }

    fn is_divine(&self) -> bool {
        let types = self.entry.prior.len();
        let sure = |at| (0..types).map(|to| Rational::int(i64::from(at == to))).collect();
        let mut beliefs: Vec<Vec<Rational>> = (0..types).map(sure).collect();
        for _ in 0..1 << types {
            let best = |point: &&Rational| self.is_best(point, &beliefs);
            let next: Vec<Vec<Rational>> =
                self.points.iter().filter(best).flat_map(|point| self.beliefs(point)).collect();
            if next.is_empty() {
                break;
            }
            beliefs = next;
        }
        let quiet = |point: &Rational| !self.gains(point).iter().any(Rational::is_positive);
        self.points.iter().any(|point| self.is_best(point, &beliefs) && quiet(point))
    }
}

#[test]
fn divinity_agrees_with_its_definition_followed_on_a_line() {
    let mut dice = Dice(1987);
    let (mut yes, mut no) = (0, 0);
    for _ in 0..400 {
        let types = 2 + dice.below(3) as usize;
        let entry = Entry::random(&mut dice, types, 2);
        let game = entry.game();
        let Some(pooling) = entry.pooling(&game) else { continue };
        let divine = survives(&game, Divine, &pooling);
        assert_eq!(divine, Line::new(&entry).is_divine(), "{:?}", entry.prior);
        if divine { yes += 1 } else { no += 1 }
    }
    assert!(yes > 20 && no > 20, "{yes} {no}");
}
