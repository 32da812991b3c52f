//! What each check says of itself.

use detente_game::card::Card;

/// The concepts and refinements that are judged here, weakest first; `name` is the word used in
/// scenarios.
#[must_use]
pub fn cards() -> &'static [Card] {
    CARDS
}

const ANY: &str = "any game; without perfect recall only single departures are judged";

const CARDS: &[Card] = &[
    Card {
        name: "nash",
        line: "nobody gains by any plan of his own",
        accepts: ANY,
        exact: true,
        complete: Some("decides every profile, unless a situation is met twice on one path"),
        cost: "one pass over the tree for each player",
        source: "Nash, Annals of Mathematics 54, 1951; Kuhn 1953 for plans in trees",
    },
    Card {
        name: "subgame_perfect",
        line: "Nash in every subgame",
        accepts: ANY,
        exact: true,
        complete: Some("decides every profile, unless a situation is met twice on one path"),
        cost: "one pass over every subgame for each player",
        source: "Selten, International Journal of Game Theory 4, 1975",
    },
    Card {
        name: "perfect",
        line: "every strategy is a best reply also to vanishing trembles of the others, plan by plan",
        accepts: "games of perfect recall of at most 64 plans a player and 4096 combinations",
        exact: true,
        complete: Some("decides every profile if at most two players have a choice"),
        cost: "the reduced strategic form; a linear program a player; 800 trembles at most",
        source: "Selten, International Journal of Game Theory 4, 1975; van Damme, Stability and \
                 Perfection of Nash Equilibria, 1991, theorem 3.2.2",
    },
    Card {
        name: "proper",
        line: "perfect with trembles infinitely less likely than those to any better plan",
        accepts: "games of perfect recall of at most 64 plans a player and 4096 combinations",
        exact: true,
        complete: None,
        cost: "two players: linear programs for the orders of equally good plans, 6000 pairs at \
               most; more: 800 trembles at most",
        source: "Myerson, International Journal of Game Theory 7, 1978",
    },
    Card {
        name: "weak_pbe",
        line: "best plans at every situation given beliefs; Bayes' rule where reached",
        accepts: ANY,
        exact: true,
        complete: Some("decides every profile, unless a situation is met twice on one path"),
        cost: "one pass below every situation; small linear programs at unreached ones",
        source: "Mas-Colell, Whinston and Green, Microeconomic Theory, 1995, definition 9.C.3",
    },
    Card {
        name: "pbe",
        line: "weak PBE whose beliefs follow one plausibility order, with Bayes' rule inside each level",
        accepts: ANY,
        exact: true,
        complete: Some("decides every profile, unless the search over supports is stopped"),
        cost: "at worst exponential in the unreached situations; a linear program a step",
        source: "Bonanno, International Journal of Game Theory 42, 2013",
    },
    Card {
        name: "sequential",
        line: "beliefs are the limit of vanishing trembles",
        accepts: ANY,
        exact: true,
        complete: None,
        cost: "at worst exponential in the unreached situations; a linear program a step",
        source: "Kreps and Wilson, Econometrica 50, 1982; Kohlberg and Reny, Journal of Economic \
                 Theory 75, 1997",
    },
    Card {
        name: "intuitive",
        line: "no type would send an unsent message once types that can only lose are left out",
        accepts: "signalling stages, inside larger trees too: types by chance, one message, at most \
                  one reply",
        exact: true,
        complete: Some("decides every perfect Bayesian equilibrium of a signalling stage"),
        cost: "a small linear program for each unsent message and reply",
        source: "Cho and Kreps, Quarterly Journal of Economics 102, 1987",
    },
    Card {
        name: "divine",
        line: "an unsent message is blamed on those who gain by some best reply to it, as likely \
               among themselves as before",
        accepts: "signalling stages with at most 6 types and 12 replies to a message",
        exact: true,
        complete: Some("decides every perfect Bayesian equilibrium of such a stage"),
        cost: "exponential in the types and the replies to an unsent message",
        source: "Banks and Sobel, Econometrica 55, 1987",
    },
    Card {
        name: "d1",
        line: "an unsent message is blamed only on types that are keenest to send it",
        accepts: "signalling stages with at most 12 replies to a message",
        exact: true,
        complete: Some("decides every perfect Bayesian equilibrium of such a stage"),
        cost: "exponential in the replies to an unsent message",
        source: "Banks and Sobel, Econometrica 55, 1987; Cho and Sobel, Journal of Economic \
                 Theory 50, 1990",
    },
    Card {
        name: "universally_divine",
        line: "divine whatever the prior: only types called alone by some best reply are blamed, \
               again and again (iterated D2)",
        accepts: "signalling stages with at most 12 replies to a message",
        exact: true,
        complete: Some("decides every perfect Bayesian equilibrium of such a stage"),
        cost: "exponential in the replies to an unsent message",
        source: "Banks and Sobel, Econometrica 55, 1987; Cho and Kreps 1987 for D2",
    },
    Card {
        name: "qre",
        line: "every choice answers what it is worth by the logit formula, with a precision lambda",
        accepts: "games of perfect recall, of at most 80 free probabilities",
        exact: false,
        complete: None,
        cost: "intervals through the tree with a slope for each option; then its third power",
        source: "McKelvey and Palfrey, Experimental Economics 1, 1998; Krawczyk 1969 for the proof",
    },
];

#[cfg(test)]
mod tests {
    use super::cards;
    use detente_game::Rational;
    use detente_game::claim::Concept;

    #[test]
    fn every_judged_concept_has_its_card() {
        let words: Vec<&str> = cards().iter().map(|card| card.name).collect();
        let judged = [
            Concept::Nash,
            Concept::SubgamePerfect,
            Concept::Perfect,
            Concept::Proper,
            Concept::WeakPbe,
            Concept::Pbe,
            Concept::Sequential,
            Concept::Intuitive,
            Concept::Divine,
            Concept::D1,
            Concept::UniversallyDivine,
            Concept::Qre(Rational::ONE),
        ];
        assert_eq!(words, judged.map(|concept| concept.word()));
    }
}
