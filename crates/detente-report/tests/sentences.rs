//! Every template is tempted to lie, and must not.

mod common;

use detente_analysis::algebra::Root;
use detente_analysis::analyses::stakes;
use detente_analysis::{Flips, Play, Side, after_messages, names, outcome_shares, tightest};
use detente_game::{ActionId, Game, InfoSetId, PlayerId, Rational, StakeId};
use detente_report::cards::{Card, Member, deal};
use detente_report::numbers::Numbers;
use detente_report::sentences::{
    BeliefClaim, FORBIDDEN, LockClaim, OffPathClaim, PathClaim, SearchClaim, ThresholdClaim,
    Writer, belief, binding_stake, cost, lock, narrative, not_known, off_path, outcome, path,
    reason, several, tells, threshold, tie, tightest_choice,
};
use detente_verify::{Equilibrium, Margin};

struct Gesture {
    game: Game,
    equilibria: Vec<Equilibrium>,
}

impl Gesture {
    fn new() -> Self {
        let game = common::game("gesture");
        let (equilibria, _) = common::equilibria(&game);
        Self { game, equilibria }
    }

    fn cards(&self) -> Vec<Card<'_>> {
        let members: Vec<Member> = self.equilibria.iter().map(Member::alone).collect();
        deal(&members)
    }
}

fn r(numer: i64, denom: i64) -> Rational {
    Rational::new(numer, denom)
}

fn situation(lead: &Equilibrium, who: &str, question: &str, reached: bool) -> InfoSetId {
    let form = lead.instance().form();
    form.info_set_ids()
        .find(|set| {
            names::decider(form, *set) == who
                && names::event(form, form.info_set(*set).question) == question
                && lead.beliefs()[set.index()].reached == reached
        })
        .expect("there is such a situation")
}

fn action(lead: &Equilibrium, set: InfoSetId, label: &str) -> ActionId {
    let form = lead.instance().form();
    form.actions(set).find(|action| form.action_label(*action) == label).expect("an option")
}

#[test]
fn s1_path() {
    let gesture = Gesture::new();
    let cards = gesture.cards();
    let lead = cards[0].lead();
    let mut writer = Writer::new(lead, Numbers::Both);
    let set = situation(lead, "Offerer (firm)", "gesture", true);
    let (extend, lapse) = (action(lead, set, "extend"), action(lead, set, "let_lapse"));
    let mut say = |set, action, probability| {
        path(&mut writer, &PathClaim { set, action, probability }).map(|said| said.text)
    };
    assert_eq!(say(set, extend, r(1, 1)).as_deref(), Some("The firm Offerer chooses extend."));
    assert_eq!(say(set, extend, r(1, 2)), None, "another probability");
    assert_eq!(say(set, lapse, r(0, 1)), None, "what is not chosen is not chosen");
    assert_eq!(say(set, lapse, r(1, 1)), None);
    let idle = situation(lead, "Partner (dominance)", "programme", false);
    let build = action(lead, idle, "build");
    let played = lead.profile().of(build).clone();
    assert_eq!(say(idle, build, played), None, "not reached");
    assert_eq!(say(set, build, r(1, 1)), None, "an action of another situation");
    assert_eq!(say(InfoSetId(999), build, r(1, 1)), None, "no situation");
    assert_eq!(writer.absent().len(), 6);
}

#[test]
fn s2_belief_and_s3_tells() {
    let gesture = Gesture::new();
    let cards = gesture.cards();
    let lead = cards[0].lead();
    let form = lead.instance().form();
    let mut writer = Writer::new(lead, Numbers::Both);
    let messages = after_messages(lead);
    let accept = messages
        .iter()
        .find(|m| m.reader == PlayerId(0) && m.after[0].1 == r(20, 41))
        .expect("the firm Offerer's belief after an acceptance");
    let claim = BeliefClaim {
        reader: accept.reader,
        log: accept.log.clone(),
        about: accept.about,
        value: accept.after[0].0,
        after: r(20, 41),
        before: r(2, 5),
    };
    let said = belief(&mut writer, &claim).expect("it is true").text;
    assert_eq!(
        said,
        "After gesture is extend and reply is accept, the firm Offerer puts 20/41 ≈ 48.8% on \
         Partner being serious (before: 40%)."
    );
    assert_eq!(belief(&mut writer, &BeliefClaim { after: r(1, 2), ..claim.clone() }), None);
    assert_eq!(belief(&mut writer, &BeliefClaim { before: r(1, 2), ..claim.clone() }), None);
    let other = accept.after[1].0;
    assert_eq!(belief(&mut writer, &BeliefClaim { value: other, ..claim.clone() }), None);
    // After a gesture that nobody makes, nothing follows from Bayes' rule.
    let mut lapsed = claim.clone();
    let gesture_event = lapsed.log[1].event;
    let lapse = names::values_of(form, gesture_event)[1];
    lapsed.log[1].view = detente_game::form::View::Value(lapse);
    assert_eq!(belief(&mut writer, &lapsed), None, "a condition of probability 0");

    let partner = messages.iter().find(|m| m.reader == PlayerId(1)).expect("Partner reads");
    let (event, about) = (partner.message().event, partner.about);
    let before = &partner.log[..partner.log.len() - 1];
    let said = tells(&mut writer, PlayerId(1), before, event, about).expect("it is true").text;
    assert_eq!(said, "gesture tells the serious Partner nothing about the type of Offerer.");
    let reply = accept.message().event;
    let before = &accept.log[..accept.log.len() - 1];
    assert_eq!(tells(&mut writer, PlayerId(0), before, reply, accept.about), None, "it tells some");
    assert_eq!(tells(&mut writer, PlayerId(1), before, reply, about), None, "nobody reads that");
}

#[test]
fn s4_to_s7_and_s9_choices() {
    let gesture = Gesture::new();
    let cards = gesture.cards();
    let lead = cards[0].lead();
    let mut writer = Writer::new(lead, Numbers::Both);
    let sorted = tightest(lead);
    let (first, second) = (&sorted[0], &sorted[1]);
    let parts = stakes::breakdown(lead, first).expect("reached").stakes;
    let text = |said: Option<detente_report::sentences::Sentence>| said.map(|s| s.text);
    assert_eq!(
        text(cost(&mut writer, first)).as_deref(),
        Some("Choosing reject instead would cost it 0.12.")
    );
    assert_eq!(
        text(reason(&mut writer, first, &parts)).as_deref(),
        Some("What decides it: punished (+1.12), against it missile_edge (-1).")
    );
    assert_eq!(
        text(binding_stake(&mut writer, first, parts[0].0)).as_deref(),
        Some(
            "A 10 % change of punished alone moves the margin by 0.112, later choices held; no other stake moves it more."
        )
    );
    assert!(text(tightest_choice(&mut writer, first)).is_some_and(|said| said.contains("0.12")));

    let wrong = Margin { margin: r(13, 100), ..first.clone() };
    assert_eq!(cost(&mut writer, &wrong), None);
    assert_eq!(reason(&mut writer, &wrong, &parts), None);
    assert_eq!(tightest_choice(&mut writer, &wrong), None);
    assert_eq!(binding_stake(&mut writer, &wrong, parts[0].0), None);
    let swapped = Margin { chosen: first.against, against: first.chosen, ..first.clone() };
    assert_eq!(cost(&mut writer, &swapped), None, "what is not chosen costs nothing to leave");
    let mut bent = parts.clone();
    bent[0].1 = r(1, 1);
    assert_eq!(reason(&mut writer, first, &bent), None);
    assert_eq!(reason(&mut writer, first, &parts[..1]), None, "a part left out");
    assert_eq!(binding_stake(&mut writer, first, parts[1].0), None, "not the greatest");
    assert_eq!(binding_stake(&mut writer, first, StakeId(0)), None, "another player's stake");
    assert_eq!(tightest_choice(&mut writer, second), None, "not the tightest");
    assert_eq!(tie(&mut writer, first, &r(1, 1)), None, "no tie");
    let idle = lead.margins().iter().find(|margin| !margin.reached).expect("one is not reached");
    assert_eq!(cost(&mut writer, idle), None, "not reached");
}

#[test]
fn s6_tie() {
    let game = common::game("kuhn");
    let (equilibria, _) = common::equilibria(&game);
    let lead = &equilibria[0];
    let mut writer = Writer::new(lead, Numbers::Both);
    let margin = lead
        .margins()
        .iter()
        .find(|m| m.reached && lead.profile().of(m.against).is_positive())
        .expect("somebody mixes");
    let probability = lead.profile().of(margin.chosen).clone();
    let said = tie(&mut writer, margin, &probability).expect("it is true").text;
    assert!(said.contains("is indifferent between check and bet"), "{said}");
    assert_eq!(tie(&mut writer, margin, &r(1, 7)), None);
    assert_eq!(cost(&mut writer, margin), None, "a tie costs nothing");
}

#[test]
fn s8_threshold() {
    let gesture = Gesture::new();
    let cards = gesture.cards();
    let lead = cards[0].lead();
    let flips = Flips::new(&gesture.game, lead);
    let mut writer = Writer::new(lead, Numbers::Both);
    let sorted = tightest(lead);
    let claim = |param: &str, side, at| ThresholdClaim {
        margin: sorted[0].clone(),
        param: gesture.game.param(param).expect("a parameter"),
        side,
        at: Root::Exact(at),
    };
    let mut say = |claim: &ThresholdClaim| {
        threshold(&mut writer, &gesture.game, &flips, claim).map(|said| said.text)
    };
    assert_eq!(
        say(&claim("detect", Side::Above, r(9, 14))).as_deref(),
        Some(
            "It would turn if detect went above 9/14 ≈ 0.643 (now 0.6), all else unchanged; \
             nothing else in this equilibrium turns before."
        )
    );
    assert_eq!(say(&claim("detect", Side::Above, r(9, 13))), None);
    assert_eq!(say(&claim("detect", Side::Below, r(9, 14))), None);
    assert_eq!(say(&claim("race", Side::Above, r(3, 1))), None, "it does not depend on that");
    let wrong = Margin { margin: r(1, 2), ..sorted[0].clone() };
    assert_eq!(
        say(&ThresholdClaim { margin: wrong, ..claim("detect", Side::Above, r(9, 14)) }),
        None
    );
    // The second tightest choice turns later along detect: the first half is true, the second is
    // not and must be missing.
    let later =
        ThresholdClaim { margin: sorted[1].clone(), ..claim("detect", Side::Above, r(107, 140)) };
    let said = say(&later).expect("the first half is true");
    assert!(!said.contains("nothing else"), "{said}");
}

#[test]
fn s10_off_path() {
    let game = common::game("beer_quiche");
    let (equilibria, _) = common::equilibria(&game);
    let instance = equilibria[0].instance();
    let form = instance.form();
    // Both drink beer; whoever has quiche is challenged.
    let label = |set: InfoSetId| match form.info_set(set).player {
        PlayerId(0) => "beer",
        _ if names::known(form, set) == ["breakfast is quiche"] => "duel",
        _ => "walk_away",
    };
    let choices: Vec<usize> = form
        .info_set_ids()
        .map(|set| {
            let mut actions = form.actions(set);
            actions.position(|a| form.action_label(a) == label(set)).expect("an option")
        })
        .collect();
    let profile = detente_game::Profile::pure(form, &choices);
    let lead = common::strongest(instance, &profile).expect("it is an equilibrium");
    let mut writer = Writer::new(&lead, Numbers::Both);
    let set = situation(&lead, "Receiver", "reply", false);
    let about = names::type_event(form, PlayerId(0)).expect("the sender has types");
    let strong = names::values_of(form, about)[0];
    let claim = OffPathClaim {
        set,
        actions: vec![(action(&lead, set, "duel"), r(1, 1))],
        about,
        value: strong,
        low: r(0, 1),
        high: r(1, 2),
    };
    let said = off_path(&mut writer, &claim).expect("it is true").text;
    assert!(
        said.ends_with("this needs a belief in Sender being strong between 0% and 50%."),
        "{said}"
    );
    assert_eq!(off_path(&mut writer, &OffPathClaim { high: r(1, 3), ..claim.clone() }), None);
    let walk = action(&lead, set, "walk_away");
    let other = OffPathClaim { actions: vec![(walk, r(1, 1))], ..claim.clone() };
    assert_eq!(off_path(&mut writer, &other), None);
    let none = OffPathClaim { actions: Vec::new(), ..claim.clone() };
    assert_eq!(off_path(&mut writer, &none), None, "not all that is done is named");
    let reached = situation(&lead, "Receiver", "reply", true);
    assert_eq!(off_path(&mut writer, &OffPathClaim { set: reached, ..claim }), None);
}

#[test]
fn s11_to_s14() {
    let gesture = Gesture::new();
    let cards = gesture.cards();
    let (lead, other) = (cards[0].lead(), cards[1].lead());
    let mut writer = Writer::new(lead, Numbers::Both);
    let said = outcome(&mut writer, "open race", &r(3, 10)).expect("it is true").text;
    assert_eq!(said, "open race: 30%.");
    assert_eq!(outcome(&mut writer, "open race", &r(4, 10)), None);
    assert_eq!(outcome(&mut writer, "other", &r(0, 1)), None, "no outcome of the file");

    let share = |e: &Equilibrium| {
        let shares = outcome_shares(&Play::new(e.instance(), e.profile()));
        shares.into_iter().find(|s| s.name == "open race").expect("an outcome").probability
    };
    let locked = Play::new(other.instance(), other.profile());
    let claim = LockClaim {
        lock: "nobody may extend".to_owned(),
        known_to_all: true,
        which: None,
        locked: &locked,
        outcome: "open race".to_owned(),
        from: share(lead),
        to: share(other),
        player: PlayerId(0),
        gain: &other.values()[0] - &lead.values()[0],
    };
    let said = lock(&mut writer, &claim).expect("the numbers are right").text;
    assert!(said.contains("Offerer loses 1.444"), "{said}");
    assert_eq!(lock(&mut writer, &LockClaim { gain: r(1, 1), ..claim.clone() }), None);
    assert_eq!(lock(&mut writer, &LockClaim { to: r(1, 3), ..claim }), None);

    let best: Vec<Card> =
        cards.iter().filter(|card| card.concept() == lead.concept()).cloned().collect();
    let said = several(&mut writer, &best, &[]).expect("there are two").text;
    assert!(
        said.starts_with("2 ways of play are possible (sequential equilibrium); this is A."),
        "{said}"
    );
    assert_eq!(several(&mut writer, &best[..1], &[]), None, "one only");
    assert_eq!(several(&mut writer, &best[1..], &[]), None, "not among them");

    let mut say = |complete, searched| {
        not_known(&mut writer, &SearchClaim { method: "pure", complete, searched, enclosed: &[] })
    };
    assert!(say(false, "x.").is_some_and(|said| said.text.contains("not complete")));
    assert_eq!(say(true, " "), None, "a solver that says nothing");
}

#[test]
fn no_forbidden_words() {
    for name in ["gesture", "beer_quiche", "kuhn", "reassurance", "inspection"] {
        let game = common::game(name);
        let (equilibria, found) = common::equilibria(&game);
        let members: Vec<Member> = equilibria.iter().map(Member::alone).collect();
        let cards = deal(&members);
        let search = SearchClaim {
            method: found.method.name,
            complete: found.complete,
            searched: &found.searched,
            enclosed: &[],
        };
        for card in cards.iter().take(2) {
            let mut writer = Writer::new(card.lead(), Numbers::Both);
            let told = narrative(&mut writer, &game, &cards, &search);
            assert!(told.len() > 3, "{name} {}: {told:?}", card.label);
            // S14 is the solver's sentence, which speaks of its own concept.
            for sentence in told.iter().filter(|sentence| sentence.id != "S14") {
                let words: Vec<&str> =
                    sentence.text.split(|letter: char| !letter.is_alphabetic()).collect();
                for forbidden in FORBIDDEN {
                    assert!(!words.contains(&forbidden), "{}", sentence.text);
                }
            }
        }
    }
}
