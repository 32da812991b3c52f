//! The reply game (an offer, and a reply that may feign): 20,000 random rational games against their
//! conditions written out by hand in integers, without a tree.

mod common;

use common::{Dice, Table, q};
use detente_game::claim::Concept;
use detente_game::form::GameForm;
use detente_game::instance::GameInstance;
use detente_game::{Profile, Rational};
use detente_solve::Question;
use detente_solve::solvers::pure::Prepared;
use std::collections::BTreeSet;

/// Probabilities in twentieths, payoffs in tenths. Index 0 is the serious recipient and the
/// resolved offerer, index 1 the dominance-seeking recipient and the weak offerer.
#[derive(Debug, Clone)]
struct Reply {
    pi: i64,
    q: i64,
    d: i64,
    a: [i64; 2],
    w: [i64; 2],
    n: [i64; 2],
    rho_w: [i64; 2],
    y: i64,
    h: i64,
    c: i64,
    v: i64,
    e: i64,
    x: i64,
    l: i64,
    l_a: i64,
    z: i64,
}

impl Reply {
    fn base() -> Self {
        Self {
            pi: 10,
            q: 10,
            d: 8,
            a: [100, 20],
            w: [60, 160],
            n: [20, -40],
            rho_w: [42, 112],
            y: 30,
            h: 200,
            c: 80,
            v: 100,
            e: 50,
            x: 100,
            l: 60,
            l_a: 30,
            z: 30,
        }
    }

    fn random(dice: &mut Dice) -> Self {
        let mut chance =
            || if dice.below(25) == 0 { 20 * dice.below(2) as i64 } else { dice.between(1, 19) };
        let (pi, q, d) = (chance(), chance(), chance());
        let mut pay = || dice.between(-12, 12);
        Self {
            pi,
            q,
            d,
            a: [pay(), pay()],
            w: [pay(), pay()],
            n: [pay(), pay()],
            rho_w: [pay(), pay()],
            y: pay(),
            h: pay(),
            c: pay(),
            v: pay(),
            e: pay(),
            x: pay(),
            l: pay(),
            l_a: pay(),
            z: pay(),
        }
    }

    fn tree(&self) -> Table {
        let mut table = Table::new(&["Recipient", "Offerer"]);
        let part = |twentieths: i64| vec![q(twentieths, 20), q(20 - twentieths, 20)];
        let recipients = table.chance(GameForm::ROOT, "recipient", &part(self.pi));
        for (r, node) in recipients.into_iter().enumerate() {
            let offerers = table.chance(node, "offerer", &part(self.q));
            for (o, node) in offerers.into_iter().enumerate() {
                self.play(&mut table, node, r, o, &part(self.d));
            }
        }
        table
    }

    fn play(
        &self,
        table: &mut Table,
        node: detente_game::NodeId,
        r: usize,
        o: usize,
        alarm: &[Rational],
    ) {
        let end = |table: &mut Table, node, recipient: i64, offerer: i64| {
            table.end(node, &[q(recipient, 10), q(offerer, 10)]);
        };
        let reply = table.decide(node, 0, &format!("reply {r}"), &["F", "X", "O"]);
        let clean = table.decide(reply[0], 1, &format!("clean {o}"), &["E", "H"]);
        end(table, clean[0], self.a[r] + self.y, self.v + self.e);
        end(table, clean[1], self.a[r], self.v);
        let seen = table.chance(reply[1], "alarm", alarm);
        let hot = table.decide(seen[0], 1, &format!("alarm {o}"), &["T", "N"]);
        end(table, hot[0], self.w[r] - self.c - self.h, -self.l_a + self.n[o]);
        end(table, hot[1], self.w[r] - self.c, -self.l_a);
        let clean = table.decide(seen[1], 1, &format!("clean {o}"), &["E", "H"]);
        end(table, clean[0], self.a[r] + self.rho_w[r] + self.y, -self.l - self.x);
        end(table, clean[1], self.a[r] + self.rho_w[r], -self.l);
        let open = table.decide(reply[2], 1, &format!("open {o}"), &["T", "N"]);
        end(table, open[0], self.w[r] - self.h, -self.z + self.n[o]);
        end(table, open[1], self.w[r], -self.z);
    }

    /// What the recipient of type `r` gets from the offerer of type `o`, in two-hundredths.
    fn recipient(&self, r: usize, reply: usize, o: usize, plan: &Plan) -> i64 {
        let engaged = if plan.clean[o] == 0 { self.y } else { 0 };
        let hit = |choice: usize| if choice == 0 { self.h } else { 0 };
        match reply {
            0 => 20 * (self.a[r] + engaged),
            1 => {
                (20 - self.d) * (self.a[r] + self.rho_w[r] + engaged)
                    + self.d * (self.w[r] - self.c - hit(plan.alarm[o]))
            }
            _ => 20 * (self.w[r] - hit(plan.open[o])),
        }
    }

    fn is_equilibrium(&self, plan: &Plan) -> bool {
        let types = [self.pi, 20 - self.pi];
        (0..2).all(|o| {
            let alive = [self.q, 20 - self.q][o] > 0;
            // Retaliating pays n[o] whoever refused, so beliefs do not matter there.
            let sign = |choice: usize| if choice == 0 { self.n[o] } else { -self.n[o] };
            sign(plan.alarm[o]) >= 0
                && sign(plan.open[o]) >= 0
                && self.clean_is_best(plan, o, alive, types)
        }) && (0..2).all(|r| self.reply_is_best(plan, r, types[r] > 0))
    }

    fn clean_is_best(&self, plan: &Plan, o: usize, alive: bool, types: [i64; 2]) -> bool {
        let gain = |weight: i64| if plan.clean[o] == 0 { weight } else { -weight };
        let (mut mass, mut mean) = (0, 0);
        for (r, share) in types.into_iter().enumerate() {
            match plan.reply[r] {
                0 => (mass, mean) = (mass + 20 * share, mean + 20 * share * self.e),
                1 => {
                    let weight = share * (20 - self.d);
                    (mass, mean) = (mass + weight, mean - weight * self.x);
                }
                _ => {}
            }
        }
        if alive && mass > 0 { gain(mean) >= 0 } else { gain(self.e) >= 0 || gain(-self.x) >= 0 }
    }

    fn reply_is_best(&self, plan: &Plan, r: usize, alive: bool) -> bool {
        let gains: Vec<[i64; 2]> = (0..3)
            .filter(|other| *other != plan.reply[r])
            .map(|other| {
                [0, 1].map(|o| {
                    self.recipient(r, plan.reply[r], o, plan) - self.recipient(r, other, o, plan)
                })
            })
            .collect();
        let at = |k: i64, of: i64| gains.iter().all(|[g, h]| g * k + h * (of - k) >= 0);
        if alive {
            return at(self.q, 20);
        }
        // Some belief between the two types: an end, or a zero of one of the two lines.
        let zeros = gains.iter().filter(|[g, h]| g != h).map(|[g, h]| (-h, g - h));
        at(0, 1)
            || at(1, 1)
            || zeros
                .map(|(k, of)| if of < 0 { (-k, -of) } else { (k, of) })
                .any(|(k, of)| (0..=of).contains(&k) && at(k, of))
    }

    fn equilibria(&self) -> BTreeSet<Plan> {
        Plan::all().filter(|plan| self.is_equilibrium(plan)).collect()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Plan {
    reply: [usize; 2],
    clean: [usize; 2],
    alarm: [usize; 2],
    open: [usize; 2],
}

impl Plan {
    fn all() -> impl Iterator<Item = Self> {
        (0..576).map(|code| {
            let bit = |k: usize| ((code / 9) >> k) & 1;
            Self {
                reply: [code % 3, code / 3 % 3],
                clean: [bit(0), bit(1)],
                alarm: [bit(2), bit(3)],
                open: [bit(4), bit(5)],
            }
        })
    }

    fn read(form: &GameForm, profile: &Profile) -> Self {
        let choice = |key: &str| {
            let set = form.info_set_ids().find(|set| form.set_label(*set) == Some(key)).unwrap();
            form.actions(set).position(|action| profile.of(action).is_one()).unwrap()
        };
        let both = |name: &str| [0, 1].map(|k| choice(&format!("{name} {k}")));
        Self {
            reply: both("reply"),
            clean: both("clean"),
            alarm: both("alarm"),
            open: both("open"),
        }
    }
}

fn solved(prepared: &Prepared, instance: &GameInstance) -> (BTreeSet<Plan>, u64) {
    let found = prepared.solve(instance, &Question::pure(Concept::WeakPbe), &mut |_| {});
    assert_eq!(found.stopped, None);
    let form = instance.form();
    let plans: BTreeSet<Plan> =
        found.profiles.iter().map(|profile| Plan::read(form, profile)).collect();
    assert_eq!(plans.len(), found.profiles.len());
    (plans, found.touched)
}

#[test]
fn twenty_thousand_random_games() {
    let mut dice = Dice(2026);
    let (mut touched, mut some, mut none) = (0, 0, 0);
    for _ in 0..20_000 {
        let game = Reply::random(&mut dice);
        let instance = game.tree().instance();
        let prepared = Prepared::new(instance.shared_form());
        let (plans, tries) = solved(&prepared, &instance);
        assert_eq!(plans, game.equilibria(), "{game:?}");
        touched += tries;
        if plans.is_empty() { none += 1 } else { some += 1 }
    }
    assert!(some > 10_000 && none > 100, "{some} with, {none} without");
    // An enumeration would touch 576 profiles each.
    assert!(touched / 20_000 < 60, "{touched}");
}

#[test]
fn separation_is_a_window_of_the_threat() {
    let separating = Plan { reply: [0, 2], clean: [0, 0], alarm: [0, 1], open: [0, 1] };
    let duping = Plan { reply: [0, 1], clean: [1, 1], ..separating.clone() };
    // The window closes at q = 77/300; duping with distrust starts at 61/150.
    for (twentieths, is_separating, is_duping) in
        [(5, true, false), (6, false, false), (9, false, true)]
    {
        let game = Reply { q: twentieths, ..Reply::base() };
        let instance = game.tree().instance();
        let (plans, _) = solved(&Prepared::new(instance.shared_form()), &instance);
        assert_eq!(plans.contains(&separating), is_separating, "q = {twentieths}/20");
        assert_eq!(plans.contains(&duping), is_duping, "q = {twentieths}/20");
    }
}
