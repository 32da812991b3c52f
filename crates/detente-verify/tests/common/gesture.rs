//! "One-year extension as a gesture": a treaty expires, one side offers to keep its limits for a
//! year, and the other accepts (and may cheat) or rejects. 167 nodes, 84 ends, 16 situations.

use super::{Small, Tree, build, number};
use detente_game::{Profile, Rational};

/// What varies in the tests; everything else is at its base value.
#[derive(Debug, Clone)]
pub struct Numbers {
    pub firm: Rational,
    pub serious: Rational,
    pub insight: Rational,
    pub detect: Rational,
}

impl Default for Numbers {
    fn default() -> Self {
        Self {
            firm: number("1/2"),
            serious: number("2/5"),
            insight: number("7/10"),
            detect: number("3/5"),
        }
    }
}

struct Path<'a> {
    numbers: &'a Numbers,
    firm: bool,
    serious: bool,
}

fn rest(probability: &Rational) -> Rational {
    Rational::ONE - probability.clone()
}

fn chance(event: &str, branches: [(&str, Rational, Tree); 2]) -> Tree {
    let branches = branches.map(|(label, probability, tree)| (label.to_owned(), probability, tree));
    Tree::Chance(event.to_owned(), branches.to_vec())
}

fn choose(player: usize, set: String, actions: [(&str, Tree); 2]) -> Tree {
    Tree::Move(player, set, actions.map(|(label, tree)| (label.to_owned(), tree)).to_vec())
}

impl Path<'_> {
    fn offerer(&self) -> &'static str {
        if self.firm { "firm" } else { "soft" }
    }

    fn partner(&self) -> &'static str {
        if self.serious { "serious" } else { "dominance" }
    }

    fn gesture(&self) -> Tree {
        let lapse =
            Tree::End(vec![Rational::int(-2), Rational::int(if self.serious { 0 } else { 3 })]);
        let set = format!("gesture {}", self.offerer());
        choose(0, set, [("extend", self.assessment()), ("let_lapse", lapse)])
    }

    fn assessment(&self) -> Tree {
        let insight = &self.numbers.insight;
        let likely = if self.firm { insight.clone() } else { rest(insight) };
        let unlikely = rest(&likely);
        chance(
            "assessment",
            [
                ("likely", likely, self.reply("likely")),
                ("unlikely", unlikely, self.reply("unlikely")),
            ],
        )
    }

    fn reply(&self, assessment: &str) -> Tree {
        let reject = choose(
            0,
            format!("response {} reject", self.offerer()),
            [("hold", self.end(None, false)), ("retaliate", self.end(None, true))],
        );
        let programme = choose(
            1,
            format!("programme {} {assessment}", self.partner()),
            [("freeze", self.satellites(false)), ("build", self.satellites(true))],
        );
        let set = format!("reply {} {assessment}", self.partner());
        choose(1, set, [("accept", programme), ("reject", reject)])
    }

    fn satellites(&self, build: bool) -> Tree {
        let alarm = if build { self.numbers.detect.clone() } else { number("1/20") };
        let quiet = rest(&alarm);
        let respond = |seen: &str| {
            choose(
                0,
                format!("response {} {seen}", self.offerer()),
                [
                    ("hold", self.end(Some(build), false)),
                    ("retaliate", self.end(Some(build), true)),
                ],
            )
        };
        chance(
            "satellites",
            [("alarm", alarm, respond("alarm")), ("quiet", quiet, respond("quiet"))],
        )
    }

    /// `build` is `None` after a rejection.
    fn end(&self, build: Option<bool>, retaliate: bool) -> Tree {
        let (mut offerer, mut partner) = (0, 0);
        match build {
            None => {
                offerer -= 2;
                offerer -= if retaliate { 0 } else { 2 };
                partner += if self.serious { 0 } else { 3 };
            }
            Some(false) if !retaliate => {
                offerer += 4;
                partner += if self.serious { 4 } else { 0 };
            }
            Some(false) => {}
            Some(true) => {
                offerer -= if retaliate { 0 } else { 5 };
                partner += if self.serious { 0 } else { 2 };
            }
        }
        if retaliate {
            offerer -= if self.firm { 1 } else { 6 };
            partner -= 4;
        }
        Tree::End(vec![Rational::int(offerer), Rational::int(partner)])
    }
}

/// The game at these numbers.
pub fn gesture(numbers: &Numbers) -> Small {
    let partner = |firm: bool| {
        let story = |serious: bool| Path { numbers, firm, serious }.gesture();
        chance(
            "Partner",
            [
                ("serious", numbers.serious.clone(), story(true)),
                ("dominance", rest(&numbers.serious), story(false)),
            ],
        )
    };
    let tree = chance(
        "Offerer",
        [
            ("firm", numbers.firm.clone(), partner(true)),
            ("soft", rest(&numbers.firm), partner(false)),
        ],
    );
    build(&["Offerer", "Partner"], &tree)
}

/// Both sorts of Offerer extend; a dominance-seeker feigns only when it fears retaliation.
pub fn both_extend(game: &Small) -> Profile {
    game.pure(&[
        ("gesture firm", "extend"),
        ("gesture soft", "extend"),
        ("reply serious likely", "accept"),
        ("reply serious unlikely", "accept"),
        ("reply dominance likely", "accept"),
        ("reply dominance unlikely", "reject"),
        ("programme serious likely", "freeze"),
        ("programme serious unlikely", "freeze"),
        ("programme dominance likely", "build"),
        ("programme dominance unlikely", "build"),
        ("response firm reject", "retaliate"),
        ("response firm alarm", "retaliate"),
        ("response firm quiet", "hold"),
        ("response soft reject", "hold"),
        ("response soft alarm", "hold"),
        ("response soft quiet", "hold"),
    ])
}
