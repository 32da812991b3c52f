//! The report's page: well-formed, complete, safe against names, and the same each time.

mod common;

use common::report;
use detente_game::exchange::{ImportLimits, read_efg};
use detente_game::{Game, Rational};
use detente_report::cards::{Member, deal};
use detente_report::formats::html::{Entry, Link, Report, conclusion, index, page};
use detente_report::formats::json::{Bounds, Ensemble, Estimate, Expectation, Sensitivity};
use detente_report::numbers::Numbers;
use detente_report::question::{Answer, Answered, Figure, Shape};
use detente_report::value::Range;
use std::collections::BTreeSet;

/// All that would make a page do something else than be read.
const ATTACK: &str = "<script>alert('x')</script> & \"quoted\" ]]> <!-- </style> \u{1}\u{fffe}";

/// Makes the page of a game with its equilibria.
fn with_page(game: &Game, expected: &[Expectation], look: impl Fn(&str, &Report)) {
    let (equilibria, _) = common::equilibria(game);
    let members: Vec<Member> = equilibria.iter().map(Member::alone).collect();
    let cards = deal(&members);
    let report = report(game, &cards, expected);
    look(&page(&report), &report);
}

/// The body, read by a strict parser of XML. The head is the same on all pages and has elements
/// that HTML leaves open.
fn body(page: &str) -> roxmltree::Document<'_> {
    let (from, to) = (page.find("<body>").unwrap(), page.rfind("</body>").unwrap());
    match roxmltree::Document::parse(&page[from..to + "</body>".len()]) {
        Ok(document) => document,
        Err(error) => panic!("{error}: {page}"),
    }
}

fn check_page(page: &str) {
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\">"), "{page}");
    assert!(!page.to_lowercase().contains("<script"), "a script");
    let tree = body(page);
    let mut ids = BTreeSet::new();
    let mut level = 0;
    for node in tree.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        if let Some(id) = node.attribute("id") {
            assert!(ids.insert(id), "the id {id} comes twice");
        }
        for attribute in node.attributes() {
            let value = attribute.value();
            assert!(!attribute.name().starts_with("on"), "{attribute:?}");
            assert!(!["src", "srcset", "data"].contains(&attribute.name()), "{attribute:?}");
            assert!(!value.contains("://"), "{attribute:?}");
        }
        if let Some(of) = name.strip_prefix('h').and_then(|of| of.parse::<u32>().ok()) {
            assert!(of <= level + 1, "h{of} after h{level}");
            level = of;
        }
        if name == "svg" {
            let told = node.children().any(|child| {
                child.tag_name().name() == "title" && child.text().is_some_and(|t| !t.is_empty())
            });
            assert!(told && node.attribute("role") == Some("img"), "a picture without a title");
        }
    }
    for link in tree.descendants().filter_map(|node| node.attribute("href")) {
        let of = link.strip_prefix('#').expect("a link inside the page");
        assert!(ids.contains(of), "a link to {of}, which is not there");
    }
}

fn text_of(page: &str) -> String {
    let tree = body(page);
    let texts = tree.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text());
    texts.collect()
}

#[test]
fn every_section_is_there_with_the_figures_of_the_gesture() {
    let game = common::game("gesture");
    let expected = [
        Expectation { text: "that a < b".into(), met: Some(true), found: "it holds".into() },
        Expectation { text: "that b < a".into(), met: Some(false), found: "it fails".into() },
        Expectation { text: "that a = b".into(), met: None, found: "it is open".into() },
    ];
    with_page(&game, &expected, |page, report| {
        check_page(page);
        for id in [
            "summary",
            "story",
            "knowledge",
            "equilibria",
            "messages",
            "why",
            "turns",
            "assumptions",
            "expectations",
            "appendix",
            "checks",
            "glossary",
            "equilibrium-A",
            "check-A",
            "why-A",
        ] {
            assert!(page.contains(&format!("id=\"{id}\"")), "no {id}");
        }
        let text = text_of(page);
        for told in [
            "0123456789abcdef",
            "freeze holds",
            "39%",
            "17.4%",
            "9/14 ≈ 0.643",
            "Soonest: ",
            "of its range is enough.",
            "✓ met",
            "✗ not met",
            "? not decided",
            "1 of 3 met",
            "Kreps and Wilson, Econometrica 50, 1982",
            "trembles (order and weight of every move) and their limit",
            "No equilibrium of the kind asked for can be missing.",
        ] {
            assert!(text.contains(told), "no '{told}'");
        }
        assert!(page.contains("<desc>"), "the drawing is described");
        assert!(conclusion(report).contains("way"), "{}", conclusion(report));
        assert_eq!(*page, detente_report::formats::html::page(report), "it comes out the same");
    });
}

#[test]
fn a_sentence_of_the_page_has_its_rule() {
    let game = common::game("gesture");
    with_page(&game, &[], |page, report| {
        let mut writer =
            detente_report::sentences::Writer::new(report.cards[0].lead(), Numbers::Both);
        let search = detente_report::sentences::SearchClaim {
            method: "signalling",
            complete: true,
            searched: "All supports were searched.",
            enclosed: &[],
        };
        let told = detente_report::sentences::narrative(&mut writer, &game, report.cards, &search);
        let text = text_of(page);
        for sentence in &told {
            let shown = format!("{} {}", sentence.text, sentence.id);
            let plain = |text: &str| text.replace(['_', '\u{a0}'], " ");
            assert!(plain(&text).contains(&plain(&shown)), "no '{shown}'");
        }
        assert!(told.len() > 10);
    });
}

#[test]
fn what_is_limited_is_counted_and_listed() {
    let game = common::game("gesture");
    let (equilibria, _) = common::equilibria(&game);
    let members: Vec<Member> = equilibria.iter().map(Member::alone).collect();
    let cards = deal(&members);
    let report = Report { most: 1, ..report(&game, &cards, &[]) };
    let page = page(&report);
    check_page(&page);
    assert!(cards.len() > 1 && text_of(&page).contains("Also found"));
    for card in &cards {
        assert!(page.contains(&format!("id=\"check-{}\"", card.label)), "{}", card.label);
        let told = page.contains(&format!("id=\"equilibrium-{}\"", card.label));
        assert_eq!(told, card.label == "A", "{}", card.label);
    }
}

#[test]
fn numbers_are_written_as_the_page_says() {
    let game = common::game("gesture");
    with_page(&game, &[], |both, report| {
        let of = |numbers| text_of(&page(&Report { numbers, ..*report }));
        let (both, exact, decimal) = (text_of(both), of(Numbers::Exact), of(Numbers::Decimal));
        assert!(both.contains("9/14 ≈ 0.643") && both.contains("rounded after the sign ≈;"));
        assert!(exact.contains("9/14") && !exact.contains('≈') && !exact.contains("0.643"));
        assert!(decimal.contains("0.643") && !decimal.contains("9/14"));
        for (text, says) in [(exact, "All numbers are exact"), (decimal, "rounded decimals")] {
            assert!(text.contains(says), "no '{says}'");
        }
    });
}

#[test]
fn a_search_without_a_result_says_so() {
    let game = common::game("gesture");
    let mut report = report(&game, &[], &[]);
    report.search.complete = false;
    report.search.stopped = true;
    report.expectations = None;
    let page = page(&report);
    check_page(&page);
    let text = text_of(&page);
    assert!(text.contains("No equilibrium of the kind asked for was found."), "{text}");
    assert!(text.contains("Partial.") && text.contains("There may be further equilibria."));
    assert!(text.contains("not checked here"), "{text}");
}

#[test]
fn texts_of_a_scenario_cannot_leave_their_place() {
    let mut game = common::game("gesture");
    game.meta.title = ATTACK.to_owned();
    game.meta.about = ATTACK.to_owned();
    game.meta.cite = vec![ATTACK.to_owned()];
    game.meta.author = vec![ATTACK.to_owned()];
    for param in &mut game.params {
        param.label = ATTACK.to_owned();
        param.unit = Some(ATTACK.to_owned());
        param.support.sources = vec![("desk".to_owned(), Some(ATTACK.to_owned()))];
        param.support.confidence = Some(ATTACK.to_owned());
        param.support.notes = vec![ATTACK.to_owned()];
        param.support.checked = vec![ATTACK.to_owned()];
    }
    game.sources = vec![detente_game::game::Source {
        name: "desk".to_owned(),
        text: ATTACK.to_owned(),
        date: Some(ATTACK.to_owned()),
        address: Some("javascript:alert(1)".to_owned()),
    }];
    let expected = [Expectation { text: ATTACK.to_owned(), met: None, found: ATTACK.to_owned() }];
    with_page(&game, &expected, |page, _| {
        check_page(page);
        let shown = ATTACK.replace(['\u{1}', '\u{fffe}'], "");
        assert!(text_of(page).contains(&shown), "the text is there as text");
    });
}

#[test]
fn names_of_a_game_of_another_program_cannot_either() {
    let name = "<script>'&amp;' ]]></svg><img src=x onerror=alert(1)>";
    let efg = format!(
        "EFG 2 R \"{name}\" {{ \"{name}\" \"Two {name}\" }} \"\"
p \"\" 1 1 \"{name}\" {{ \"a {name}\" \"b {name}\" }} 0
t \"\" 1 \"{name}\" {{ 1, -1 }}
p \"\" 2 1 \"c {name}\" {{ \"d {name}\" \"e {name}\" }} 0
t \"\" 2 \"f {name}\" {{ -1, 1 }}
t \"\" 3 \"g {name}\" {{ 2, 0 }}
"
    );
    let game = read_efg(&efg, &ImportLimits::default()).expect("it can be read").game;
    with_page(&game, &[], |page, report| {
        assert!(!report.cards.is_empty());
        check_page(page);
        assert!(!page.contains("<img"), "an element of a name");
        assert!(!page.contains("id=\"assumptions\"") && !page.contains("id=\"expectations\""));
    });
}

/// Answers whose every text attacks the page.
fn attacked() -> Answered {
    let text = || ATTACK.to_owned();
    let half = || Rational::new(1, 2);
    let shapes = [
        Shape::Share(Range::of(half())),
        Shape::Share(Range { low: Rational::ZERO, high: half() }),
        Shape::Amount(Range::of(-half())),
        Shape::Moved { from: Rational::ONE, to: half() },
        Shape::Span {
            range: (Rational::ZERO, Rational::ONE),
            holds: (half(), Rational::ONE),
            now: half(),
        },
    ];
    let answer = Answer {
        asked: text(),
        with: vec![text()],
        file: Some(text()),
        stands: Some(text()),
        sentences: vec![text(), text()],
        figures: shapes.map(|shape| Figure { name: text(), shape }).into(),
        searched: vec![text()],
        complete: true,
        command: text(),
        is_answered: true,
    };
    let refused = Answer { is_answered: false, figures: Vec::new(), ..answer.clone() };
    Answered { title: text(), answers: vec![answer, refused] }
}

#[test]
fn questions_stand_with_a_short_answer_and_their_command() {
    let game = common::game("gesture");
    let questions = [attacked(), attacked()];
    let report = Report { questions: &questions, ..report(&game, &[], &[]) };
    let page = page(&report);
    check_page(&page);
    let text = text_of(&page);
    let shown = ATTACK.replace(['\u{1}', '\u{fffe}'], "");
    assert!(text.contains(&format!("2 {shown}")) && text.contains("For questions 1, 2"), "{text}");
    for told in ["between 0% and 50%", "100% → 50%", "0.5 to 1", "-0.5"] {
        assert!(text.contains(told), "no '{told}'");
    }
    assert_eq!(page.matches("class=\"warning\"").count(), 2);
}

#[test]
fn what_is_drawn_is_shown_with_its_bounds() {
    let game = common::game("gesture");
    let estimate = |mean| Estimate { mean, error: Some(0.001) };
    let bounds = |of: &str, name: &str, low, high| Bounds {
        of: of.to_owned(),
        name: name.to_owned(),
        low: Some(estimate(low)),
        high: Some(estimate(high)),
    };
    let mut drawn: Ensemble = serde_json::from_value(serde_json::json!({
        "members": 5, "seed": 1, "scenario_hash": "", "points": "quasi-random", "drawn": [ATTACK],
        "concept": "c", "by_count": [{"plays": 0, "share": {"mean": 0.25, "error": 0.0}}],
        "rule": {"name": "bounds", "told": "", "several": 0, "one": 0, "none": 0, "open": 0},
        "plays": [{"play": format!("{ATTACK}\nx"), "share": {"mean": 0.5, "error": 0.1}, "kept": {"mean": 0.5, "error": 0.1}}],
        "quantities": [], "decided_by_fractions": 2, "solved_alone": 1, "no_game": 3, "unfinished": 4,
        "verified": 7, "searched": ATTACK, "stopped": false
    }))
    .expect("an ensemble");
    drawn.quantities = vec![
        bounds("outcome", ATTACK, 0.25, 0.75),
        Bounds { low: None, high: None, ..bounds("other", "other", 0.0, 0.0) },
        bounds("payoff", "Offerer", -1.0, 2.0),
    ];
    let influence = |name: &str, ends: [Option<f64>; 2]| {
        serde_json::json!({
            "name": name, "first_order": 0.5, "total": null, "ends": [0.0, 1.0], "at_ends": ends
        })
    };
    let driven: Sensitivity = serde_json::from_value(serde_json::json!({
        "of": ATTACK, "bound": "middle", "concept": "c", "mixed": false, "seed": 1, "mean": 0.5, "variance": 0.25,
        "at_base": 0.5, "pairs": 9, "left_out": 1,
        "parameters": [
            influence("still", [Some(0.5), Some(0.5)]),
            influence("lost", [None, Some(0.7)]),
            influence("both_up", [Some(0.6), Some(0.9)]),
            influence("swings", [Some(0.1), Some(0.9)]),
            influence("p_firm", [Some(-0.0001), Some(0.5)]),
        ],
    }))
    .expect("what drives it");
    let (ensemble, sensitivity) = (Ok(drawn), Ok(vec![driven]));
    let value = Err("it takes longer than 1 second".to_owned());
    let report = Report {
        ensemble: Some(&ensemble),
        sensitivity: Some(&sensitivity),
        value: Some(&value),
        ..report(&game, &[], &[])
    };
    let page = page(&report);
    check_page(&page);
    let text = text_of(&page);
    for told in [
        "25.0% ± 0.1 to 75.0% ± 0.1",
        "not known",
        "-1.000 ± 0.001",
        "No pure equilibrium at 25.0% ± 0.0 of the draws.",
        "7 equilibria verified",
        "3 draws have no game",
        "4 draws were not searched to the end",
        "9 pairs of draws",
        "1 left out, where there is no pure equilibrium or not all are known",
        "Left out: it takes longer than 1 second.",
    ] {
        assert!(text.contains(told), "no '{told}': {text}");
    }
    let section = &page[page.find("<section id=\"sensitivity\"").expect("a section")..];
    let section = &section[..section.find("</section>").unwrap()];
    assert!(
        section.contains("Offerer would really retaliate"),
        "a number has its meaning beside it"
    );
    assert!(section.contains("0.000 at 5%") && !section.contains("-0.000"), "{section}");
    // The number that swings most stands first, and every bar stays inside its picture.
    let at = |name: &str| page.find(&format!("<code>{name}</code>")).expect("it is there");
    assert!(at("swings") < at("both_up") && at("both_up") < at("still"));
    let tree = body(&page);
    for bar in tree.descendants().filter(|node| node.attribute("class") == Some("bar")) {
        let number = |node: roxmltree::Node, of: &str| -> f64 {
            node.attribute(of).map_or(0.0, |text| text.parse().expect("a number"))
        };
        let wide = number(bar, "width");
        for part in bar.children().filter(|node| node.tag_name().name() == "rect") {
            let end = number(part, "x") + number(part, "width");
            assert!(number(part, "x") >= 0.0 && end <= wide + 0.01, "{end} of {wide}");
        }
    }
}

#[test]
fn the_index_tells_good_files_from_bad() {
    let entries = [
        Entry {
            file: "a/b.dtn".to_owned(),
            report: Ok(Link {
                address: "a/b.html".to_owned(),
                title: ATTACK.to_owned(),
                conclusion: ATTACK.to_owned(),
                expectations: [1, 2, 3],
            }),
        },
        Entry { file: "c.dtn".to_owned(), report: Err(ATTACK.to_owned()) },
    ];
    let page = index("catalog", &entries, 4);
    assert!(!page.contains("<script"));
    let text = text_of(&page);
    for told in [
        "1 report; 1 file with errors; stopped before 4 more.",
        "1 of 6 met, 2 not met, 3 not decided",
        "No report: ",
    ] {
        assert!(text.contains(told), "no '{told}': {text}");
    }
    let tree = body(&page);
    let links: Vec<_> = tree.descendants().filter_map(|node| node.attribute("href")).collect();
    assert_eq!(links, ["a/b.html"]);
}
