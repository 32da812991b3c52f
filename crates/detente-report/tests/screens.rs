//! The terminal screens, JSON and the story.

mod common;

use detente_game::Game;
use detente_report::cards::{Card, Member, deal};
use detente_report::formats::text::solve::{Search, screen};
use detente_report::formats::text::{beliefs, check, tree, why};
use detente_report::formats::{json, story};
use detente_report::look::{Look, Style, width};
use detente_report::numbers::Numbers;
use detente_report::sentences::SearchClaim;

const ALL: [&str; 5] = ["gesture", "beer_quiche", "kuhn", "reassurance", "inspection"];

fn with_cards<T>(name: &str, show: impl Fn(&Game, &[Card], &Search) -> T) -> T {
    let game = common::game(name);
    let (equilibria, found) = common::equilibria(&game);
    let members: Vec<Member> = equilibria.iter().map(Member::alone).collect();
    let cards = deal(&members);
    let (all, open, stopped) = (false, 0, false);
    show(
        &game,
        &cards,
        &Search {
            method: found.method.name,
            complete: found.complete,
            searched: &found.searched,
            open,
            undecided: &[],
            enclosed: &[],
            stopped,
            all,
        },
    )
}

/// All screens of a scenario, one after the other.
fn everything(name: &str, look: &Look) -> String {
    with_cards(name, |game, cards, search| {
        let lead = cards[0].lead();
        let claim = SearchClaim {
            method: search.method,
            complete: search.complete,
            searched: search.searched,
            enclosed: &[],
        };
        [
            check::screen(game, None, look),
            screen(cards, search, look),
            why::screen(game, &cards[0], &why::Asked::default(), look),
            why::sentences(game, cards, 0, &claim, look),
            beliefs::screens(cards, look),
            tree::screen(lead.instance(), Some(lead), &tree::Folding::default(), look),
            tree::screen(lead.instance(), None, &tree::Folding::default(), look),
        ]
        .join("\n")
    })
}

#[test]
fn screens_keep_to_their_width() {
    for name in ALL {
        for columns in [40, 80, 120] {
            let look = Look { width: columns, ..Look::default() };
            let text = everything(name, &look);
            for line in text.lines() {
                assert!(width(line) <= columns, "{name} at {columns}: {line}");
            }
        }
    }
}

#[test]
fn colour_changes_no_text() {
    let ansi = Look { style: Style::Ansi, ..Look::default() };
    let painted = everything("gesture", &ansi);
    assert!(painted.contains('\u{1b}'));
    let mut plain = String::new();
    let mut inside = false;
    for letter in painted.chars() {
        match letter {
            '\u{1b}' => inside = true,
            'm' if inside => inside = false,
            _ if !inside => plain.push(letter),
            _ => {}
        }
    }
    assert_eq!(plain, everything("gesture", &Look::default()));
}

#[test]
fn screens_are_reproducible() {
    for name in ["gesture", "reassurance"] {
        assert_eq!(everything(name, &Look::default()), everything(name, &Look::default()));
    }
}

#[test]
fn the_gesture_solved() {
    let text = with_cards("gesture", |_, cards, search| screen(cards, search, &Look::default()));
    for line in [
        "2 ways of play (sequential)",
        "   outcomes        freeze holds 39%  open race 30%  cheating unanswered 17.4%",
        "                     reply is accept → serious 20/41 ≈ 48.8%",
        "                     … satellites is alarm → serious 5/68 ≈ 7.4%",
        "                   retaliation_likely: margin 0.12",
        "     Partner serious      3.8   reply: accept;  programme: freeze",
    ] {
        assert!(text.lines().any(|other| other == line), "{line}\n{text}");
    }
}

#[test]
fn the_gesture_explained() {
    let show = |numbers| {
        let look = Look { numbers, ..Look::default() };
        with_cards("gesture", |game, cards, _| {
            why::screen(game, &cards[0], &why::Asked { tightest: 1, ..Default::default() }, &look)
        })
    };
    let text = show(Numbers::Both);
    for part in [
        "+0.32 against +0.2, margin 0.12",
        "punished      +1.12",
        "missile_edge  -1",
        "p_firm       0.5 -> below 5/12 ≈ 0.417",
        "insight      0.7 -> below 5/8 = 0.625",
        "detect       0.6 -> above 9/14 ≈ 0.643",
        "edge         3   -> above 78/25 = 3.12",
        "secret_edge  2   -> below 47/25 = 1.88",
        "transfer     4   -> below 25/7 ≈ 3.571",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(show(Numbers::Exact).contains("detect       3/5  -> above 9/14\n"));
    assert!(show(Numbers::Decimal).contains("detect       0.6 -> above 0.643\n"));
}

#[test]
fn the_gesture_checked() {
    let game = common::game("gesture");
    let text = check::screen(&game, None, &Look::default());
    for line in [
        "One-year extension as a gesture: 2 players, 2 x 2 types, 14 parameters",
        "167 nodes, 84 ends, 60 decision points in 16 situations",
        "  Partner  reply      own type, gesture, assessment                                       4",
        "  Partner  programme  … and own reply                                                     4",
        "12 of 14 parameters name no source: insight, detect, false_alarm, restraint, race, exposure, snub,",
    ] {
        assert!(text.lines().any(|other| other == line), "{line}\n{text}");
    }
    let expectations = check::Expectations { total: 1, met: 1, unknown: 0, conditions: 6 };
    let text = check::screen(&game, Some(expectations), &Look::default());
    assert!(text.contains("expectations: 1 of 1 met (6 conditions)"), "{text}");
}

#[test]
fn json_says_the_same() {
    with_cards("gesture", |game, cards, search| {
        let claim = SearchClaim {
            method: search.method,
            complete: search.complete,
            searched: search.searched,
            enclosed: &[],
        };
        let solve = json::solve(game, cards, &claim, &[]);
        let text = serde_json::to_string(&solve).expect("it can be written");
        let back: json::Solve = serde_json::from_str(&text).expect("it can be read");
        let exact = |solve: &json::Solve| -> Vec<String> {
            let margins = solve.cards.iter().flat_map(|card| &card.margins);
            margins.map(|found| found.margin.exact.clone()).collect()
        };
        assert_eq!(exact(&back), exact(&solve));
        // Fifteen situations are reached in A, two in B.
        assert_eq!(exact(&back).len(), 15 + 2);
        assert_eq!(solve.cards[0].margins[0].margin.exact, "3/25");
        let why = json::why(game, cards, 0, &claim, 1).expect("card A");
        assert_eq!(why.choices[0].turns.len(), 6);
        assert!(!why.sentences.is_empty() && why.choices.len() == 1);
        assert_eq!(json::check(game, Vec::new(), None, Vec::new()).situations.len(), 16);
    });
}

#[test]
fn every_result_has_a_schema() {
    for verb in json::SCHEMAS {
        let schema = json::schema(verb).expect("a schema");
        assert_eq!(schema["type"], "object", "{verb}");
    }
    assert_eq!(json::schema("sing"), None);
}

#[test]
fn the_story_in_prose() {
    let text = story::story(&common::game("gesture"));
    for line in [
        "The players are Offerer (State offering the extension) and Partner (State replying).",
        "Offerer is firm or soft. Offerer knows which. Partner does not know it when choosing reply \
         or programme.",
        "Offerer chooses gesture: extend or let_lapse. Partner knows it when choosing reply and \
         programme.",
        "If reply is accept, Partner chooses programme: freeze or build. Offerer does not know it \
         when choosing response.",
    ] {
        assert!(text.lines().any(|other| other == line), "{line}\n{text}");
    }
}

/// The screen of all equilibria of a scenario.
fn solved(text: &str, search: &Search) -> String {
    let game = common::compiled(text);
    let (equilibria, _) = common::equilibria(&game);
    let members: Vec<Member> = equilibria.iter().map(Member::alone).collect();
    screen(&deal(&members), search, &Look::default())
}

const NOTHING: Search = Search {
    method: "pure",
    complete: true,
    searched: "All.",
    open: 0,
    undecided: &[],
    enclosed: &[],
    stopped: false,
    all: true,
};

const CHANCE: &str = "game \"Weather\"\nplayers\n  A\nstory\n  chance sky: ODDS seen by nobody\n  A chooses x: l | r\n\
    stakes of A\n  s: 1 when x is l\noutcomes\n  \"wet\" when sky is rain\n  \"dry\" when sky is sun\n  \
    \"white\" when sky is snow\n";

#[test]
fn titles_rank_only_what_differs() {
    for (odds, title) in [
        ("rain 2/3 | sun rest | snow 0", "A  mostly wet, then dry  "),
        ("rain 1/2 | sun 1/2 | snow 0", "A  wet and dry equally often  "),
        ("rain 1/2 | sun 1/4 | snow 1/4", "A  most often wet  "),
        ("rain 2/5 | sun 2/5 | snow 1/5", "A  wet and dry equally often  "),
        ("rain 1/3 | sun 1/3 | snow 1/3", "A  wet, dry and white equally often  "),
    ] {
        let text = solved(&CHANCE.replace("ODDS", odds), &NOTHING);
        assert!(text.contains(title), "{odds}: {text}");
    }
}

#[test]
fn nothing_found_is_not_nothing_there() {
    let none = |search: &Search| screen(&[], search, &Look::default());
    assert!(none(&NOTHING).starts_with("No equilibrium of the kind asked for exists."));
    let part = Search { complete: false, ..NOTHING };
    assert!(none(&part).starts_with("No equilibrium of the kind asked for was found."));
    let open = Search { open: 2, ..part };
    assert!(none(&open).starts_with("None found; 2 candidates undecided."));
    let stopped = Search { stopped: true, ..part };
    assert!(none(&stopped).starts_with("PARTIAL"));
}

const BEER: &str = "game \"Priors\"\nplayers\n  Sender\n  Receiver\ntypes of Sender\n  strong  ODDS\n  weak rest\n\
    story\n  Sender chooses breakfast: beer | quiche\n  Receiver chooses reply: duel | walk_away\n\
    stakes of Sender\n  taste: 1 when Sender is strong and breakfast is beer\n  taste: 1 when Sender is weak and breakfast is quiche\n  \
    safety: 2 when reply is walk_away\nstakes of Receiver\n  right: 1 when Sender is weak and reply is duel\n  \
    right: 1 when Sender is strong and reply is walk_away\n";

#[test]
fn a_prior_of_ones_own_is_told() {
    let scenario = BEER.replace("ODDS", "9/10, Receiver believes 1/10");
    let told = "Receiver believes Sender to be strong 10%, weak 90%; the common prior is strong 90%, weak 10%.";
    let checked = check::screen(&common::compiled(&scenario), None, &Look::default());
    assert!(checked.contains(told), "{checked}");
    let text = solved(&scenario, &NOTHING);
    assert!(text.contains(told), "{text}");
    assert!(!solved(&BEER.replace("ODDS", "9/10"), &NOTHING).contains("believes"));
}

#[test]
fn an_impossible_type_has_no_worth() {
    let text = solved(&BEER.replace("ODDS", "0"), &NOTHING);
    assert!(text.lines().any(|line| line.contains("strong") && line.contains(" – ")), "{text}");
}

#[test]
fn beliefs_have_their_cards_letters() {
    let text = with_cards("gesture", |_, cards, _| beliefs::screens(cards, &Look::default()));
    assert!(text.starts_with("A\n") && text.contains("\nB\n"), "{text}");
    let text = with_cards("inspection", |_, cards, _| beliefs::screens(cards, &Look::default()));
    assert_eq!(text, "No player has types, so there are no beliefs about types to show.\n");
}
