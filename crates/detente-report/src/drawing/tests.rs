use super::view::{Content, View};
use super::*;
use detente_game::exchange::{ImportLimits, read_efg};
use detente_game::{InfoSetId, NodeId};
use std::collections::BTreeSet;

const BEER: &str = r#"EFG 2 R "Beer or quiche" { "Sender" "Receiver" } ""
c "" 1 "type" { "strong" 9/10 "weak" 1/10 } 0
p "" 1 1 "breakfast, strong" { "beer" "quiche" } 0
p "" 2 1 "reply to beer" { "duel" "walk_away" } 0
t "" 1 "" { 1, 0 }
t "" 2 "" { 3, 1 }
p "" 2 2 "reply to quiche" { "duel" "walk_away" } 0
t "" 3 "" { 0, 0 }
t "" 4 "" { 2, 1 }
p "" 1 2 "breakfast, weak" { "beer" "quiche" } 0
p "" 2 1 "reply to beer" { "duel" "walk_away" } 0
t "" 5 "" { 0, 1 }
t "" 6 "" { 2, 0 }
p "" 2 2 "reply to quiche" { "duel" "walk_away" } 0
t "" 7 "" { 1, 1 }
t "" 8 "" { 3, 0 }
"#;

const HORSE: &str = r#"EFG 2 R "Horse" { "One" "Two" "Three" } ""
p "" 1 1 "" { "across" "down" } 0
p "" 2 1 "" { "across" "down" } 0
t "" 1 "all" { 1, 1, 1 }
p "" 3 1 "" { "right" "left" } 0
t "" 2 "two" { 4, 4, 0 }
t "" 3 "three" { 0, 0, 1 }
p "" 3 1 "" { "right" "left" } 0
t "" 4 "four" { 3, 2, 2 }
t "" 5 "five" { 0, 0, 0 }
"#;

const SMALL: &str = r#"EFG 2 R "Entry" { "Entrant" "Incumbent" } ""
p "" 1 1 "move" { "out" "in" } 0
t "" 1 "" { 1, 5 }
p "" 2 1 "reply" { "fight" "yield" } 0
t "" 2 "" { 0, -1/3 }
t "" 3 "" { 2, 2 }
"#;

pub(crate) fn game(text: &str) -> Game {
    read_efg(text, &ImportLimits::default()).unwrap().game
}

/// A small generator of numbers, so that the trees below are always the same.
pub(crate) struct Dice(pub u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// A tree with chance, three players, shared situations and labels of all lengths.
pub(crate) fn any_tree(dice: &mut Dice) -> Game {
    let words = ["a", "hold", "retaliation_unlikely", "Wait <&> \"see\"", "let_lapse", "äußerst"];
    let mut text = String::from("EFG 2 R \"Any tree\" { \"Ann\" \"The Other Side\" \"C\" } \"\"\n");
    let (mut open, mut inner) = (1, 0);
    let most = 3 + dice.below(22);
    let mut index = 0;
    while open > 0 {
        index += 1;
        open -= 1;
        let kind = dice.below(10);
        if inner >= most || (kind < 2 && index > 1) {
            let (a, b) = (dice.below(2000), 1 + dice.below(40));
            text += &format!(
                "t \"\" {index} \"{}\" {{ -{a}/{b} {b} 0 }}\n",
                words[(a % 6) as usize].replace('"', "\\\"")
            );
        } else if kind < 4 {
            inner += 1;
            open += 2;
            let n = 2 + dice.below(90);
            text += &format!(
                "c \"\" {index} \"chance {index}\" {{ \"high\" 1/{n} \"low\" {}/{n} }} 0\n",
                n - 1
            );
        } else {
            inner += 1;
            let (player, set, count) = (1 + dice.below(3), dice.below(5), 1 + dice.below(4));
            let count = if set == 0 { 1 + count % 3 } else { 2 + set % 2 };
            let number = if set == 0 { 100 + index } else { set };
            let labels: Vec<String> = (0..count)
                .map(|action| {
                    let word = words[((set + action) % 6) as usize].replace('"', "\\\"");
                    format!("\"{word}\"")
                })
                .collect();
            open += count;
            text +=
                &format!("p \"\" {player} {number} \"q{number}\" {{ {} }} 0\n", labels.join(" "));
        }
    }
    game(&text)
}

fn some_profile(game: &Game, dice: &mut Dice) -> Profile {
    let form = &game.form;
    if dice.below(3) == 0 {
        return Profile::uniform(form);
    }
    let choices: Vec<usize> = form
        .info_set_ids()
        .map(|set| dice.below(form.actions(set).len() as u64) as usize)
        .collect();
    Profile::pure(form, &choices)
}

/// Drawings of the games above and of many trees, with and without a profile, folded and not.
pub(super) fn drawings() -> Vec<(Game, Option<Profile>, TreeOptions)> {
    let mut dice = Dice(7);
    let mut all = Vec::new();
    let mut games: Vec<Game> = [BEER, HORSE, SMALL].map(game).into();
    games.extend((0..60).map(|_| any_tree(&mut dice)));
    for game in games {
        let profile = some_profile(&game, &mut dice);
        all.push((game.clone(), None, TreeOptions::default()));
        let sideways = TreeOptions { direction: Direction::LeftToRight, ..TreeOptions::default() };
        all.push((game.clone(), Some(profile.clone()), sideways));
        let folded = TreeOptions { fold_beyond: 4, rows_at_most: 12, ..TreeOptions::default() };
        all.push((game, Some(profile), folded));
    }
    all
}

pub(super) fn scene(case: &(Game, Option<Profile>, TreeOptions)) -> Scene {
    draw_tree(&case.0, &case.0.base().unwrap(), case.1.as_ref(), &case.2)
}

#[test]
fn all_is_on_the_sheet() {
    for case in drawings() {
        let scene = scene(&case);
        for (item, bounds) in
            scene.items.iter().filter_map(|item| Some((item, item.text_bounds()?)))
        {
            assert!(bounds.left >= 0.0 && bounds.top >= 0.0, "{item:?}");
            assert!(bounds.right <= scene.width && bounds.bottom <= scene.height, "{item:?}");
        }
        for item in &scene.items {
            let Item::Line { points, .. } = item else { continue };
            let inside = |point: &Point| {
                (0.0..=scene.width).contains(&point.x) && (0.0..=scene.height).contains(&point.y)
            };
            assert!(points.iter().all(inside), "{item:?}");
        }
    }
}

#[test]
fn every_node_is_drawn_once_or_counted_in_a_fold() {
    for case in drawings() {
        let instance = case.0.base().unwrap();
        let view = View::new(&case.0, &instance, case.1.as_ref(), &case.2);
        let mut shown = BTreeSet::new();
        for item in &scene(&case).items {
            if let Item::Mark { node: Some(node), .. } = item {
                assert!(shown.insert(*node), "node {} is drawn twice", node.0);
            }
        }
        let folded: usize = view
            .nodes
            .iter()
            .map(|seen| match seen.content {
                Content::Folded(ends) => ends,
                Content::End(_) => 1,
                _ => 0,
            })
            .sum();
        assert_eq!(folded, case.0.form.end_count());
        let is_shown = |node: &NodeId| shown.contains(node);
        assert_eq!(shown.len(), view.nodes.len());
        for node in case.0.form.nodes().filter(is_shown).skip(1) {
            assert!(shown.contains(&case.0.form.parent(node).unwrap()));
        }
        if case.1.is_none() {
            assert_eq!(shown.len(), case.0.form.node_count());
        }
    }
}

/// Checks tags and entities; panics where the text is not well formed.
fn check_xml(text: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text.trim_end();
    while let Some(start) = rest.find('<') {
        assert!(!rest[..start].contains('>'), "a bare > in {rest}");
        check_entities(&rest[..start]);
        let end = rest.find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        assert!(!tag.contains('<'), "a < inside the tag {tag}");
        assert_eq!(tag.matches('"').count() % 2, 0, "quotes in {tag}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap());
        }
        rest = &rest[end + 1..];
        assert!(!open.is_empty() || rest.is_empty(), "text after the end");
    }
    assert!(open.is_empty() && rest.is_empty(), "{open:?} still open");
}

fn check_entities(text: &str) {
    for part in text.split('&').skip(1) {
        let known = ["amp;", "lt;", "gt;", "quot;"].iter().any(|entity| part.starts_with(entity));
        assert!(known, "a bare & before {part}");
    }
    assert!(text.chars().all(|letter| letter == '\n' || !letter.is_control()));
}

#[test]
fn svg_is_well_formed_and_the_same_each_time() {
    for case in drawings() {
        let text = scene(&case).svg();
        check_xml(&text);
        assert_eq!(text, scene(&case).svg());
        assert!(text.contains("<title>") && text.contains("<desc>"));
        assert!(!text.contains("NaN") && !text.contains("inf\""));
    }
    assert!(std::panic::catch_unwind(|| check_xml("<a><b></a>")).is_err());
}

#[test]
fn tikz_has_matching_braces_and_no_bare_specials() {
    for case in drawings() {
        let text = scene(&case).tikz();
        let body: String = text
            .lines()
            .filter(|line| !line.starts_with('%'))
            .map(|line| {
                line.replace("\\{", "").replace("\\}", "").replace("\\_", "").replace("\\&", "")
                    + "\n"
            })
            .collect();
        assert_eq!(body.matches('{').count(), body.matches('}').count());
        assert!(!body.contains('_') && !body.contains('&'), "{body}");
        assert!(body.ends_with("\\end{tikzpicture}\n\\end{document}\n"));
    }
}

#[test]
fn a_small_tree_is_drawn_as_it_was() {
    let game = game(SMALL);
    let profile = Profile::pure(&game.form, &[1, 1]);
    let scene = draw_tree(&game, &game.base().unwrap(), Some(&profile), &TreeOptions::default());
    assert_eq!(scene.svg(), include_str!("small_tree.svg"));
}

#[test]
fn play_is_thick_where_it_is_reached() {
    let game = game(BEER);
    // Both types drink beer; beer is answered by walking away, quiche would be by a duel.
    let mut choices = vec![0; 4];
    for set in game.form.info_set_ids() {
        choices[set.index()] = usize::from(game.form.set_label(set) == Some("reply to beer"));
    }
    let profile = Profile::pure(&game.form, &choices);
    let instance = game.base().unwrap();
    let options = TreeOptions::default();
    let view = View::new(&game, &instance, Some(&profile), &options);
    let weight = |labels: &[&str]| {
        let history = |node: NodeId| -> Vec<&str> {
            game.form.history(node).iter().map(|(_, value)| game.form.value(*value)).collect()
        };
        view.nodes.iter().find(|seen| history(seen.node) == labels).unwrap().stroke.weight
    };
    assert_eq!(weight(&["strong", "beer"]), Weight::Thick);
    assert_eq!(weight(&["weak", "beer", "walk_away"]), Weight::Thick);
    assert_eq!(weight(&["weak", "beer", "duel"]), Weight::Thin);
    assert_eq!(weight(&["weak", "quiche", "duel"]), Weight::Medium);
    assert_eq!(weight(&["strong"]), Weight::Medium);
    // The receiver cannot tell types apart: two situations of two, each with a detour of its own.
    let situations = view.situations();
    let sizes: Vec<usize> = situations.iter().map(|(_, members)| members.len()).collect();
    assert_eq!(sizes, [2, 2]);
    let places: Vec<f64> = super::columns::draw(&view)
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Line { points, stroke, .. } if stroke.dashed && points.len() == 4 => {
                Some(points[1].x)
            }
            _ => None,
        })
        .collect();
    assert_eq!(places.len(), 2);
    assert!((places[0] - places[1]).abs() > 5.0, "{places:?}");
    assert_eq!(game.form.members(InfoSetId(1)).len(), 2);
}

#[test]
fn unreached_parts_fold_and_say_how_many_ends_they_hold() {
    let game = game(BEER);
    let profile = Profile::pure(&game.form, &[0, 0, 0, 0]);
    let options = TreeOptions { fold_beyond: 7, ..TreeOptions::default() };
    let svg = draw_tree(&game, &game.base().unwrap(), Some(&profile), &options).svg();
    assert_eq!(svg.matches("… 2 ends</text>").count(), 2);
    let all = TreeOptions { fold_beyond: 8, ..TreeOptions::default() };
    let svg = draw_tree(&game, &game.base().unwrap(), Some(&profile), &all).svg();
    assert_eq!(svg.matches("… ").count(), 0);
}

#[test]
fn colours_can_be_read_on_white() {
    let channel = |hex: &str| {
        let value = f64::from(u8::from_str_radix(hex, 16).unwrap()) / 255.0;
        if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let inks = (0..12).map(Ink::Player).chain([Ink::Dark, Ink::Grey]);
    for ink in inks {
        let hex = palette::colour(ink);
        let light = 0.2126 * channel(&hex[1..3])
            + 0.7152 * channel(&hex[3..5])
            + 0.0722 * channel(&hex[5..7]);
        assert!(1.05 / (light + 0.05) > 4.5, "{hex}");
    }
}

#[test]
fn a_situation_is_folded_whole_or_the_drawing_says_so() {
    let mut cut = 0;
    for (game, profile, options) in drawings() {
        let instance = game.base().unwrap();
        let roomy = TreeOptions { rows_at_most: usize::MAX, ..options.clone() };
        assert_eq!(View::new(&game, &instance, profile.as_ref(), &roomy).cut_situations(), 0);
        let view = View::new(&game, &instance, profile.as_ref(), &options);
        cut += view.cut_situations();
        let is_told = view.description().contains("in folded part");
        assert_eq!(is_told, view.cut_situations() > 0);
        let legend = scene(&(game.clone(), profile.clone(), options.clone())).svg();
        assert_eq!(legend.matches("in folded part").count(), 2 * usize::from(is_told));
    }
    assert!(cut > 0, "no drawing is cut, so the test shows nothing");
}

#[test]
fn members_of_a_situation_stand_at_one_step() {
    let game = game(HORSE);
    let (instance, options) = (game.base().unwrap(), TreeOptions::default());
    let view = View::new(&game, &instance, None, &options);
    for (_, members) in view.situations() {
        assert!(members.iter().all(|node| view.nodes[*node].step == 2), "{members:?}");
    }
    for (game, profile, options) in drawings() {
        let instance = game.base().unwrap();
        let view = View::new(&game, &instance, profile.as_ref(), &options);
        for seen in view.nodes.iter().filter(|seen| seen.parent.is_some()) {
            assert!(view.nodes[seen.parent.unwrap()].step < seen.step);
        }
    }
}

#[test]
fn an_end_alone_shows_what_it_pays() {
    let game = game("EFG 2 R \"Alone\" { \"A\" \"B\" } \"\"\nt \"\" 1 \"over\" { 5/7, -2 }\n");
    for direction in [Direction::Auto, Direction::LeftToRight, Direction::TopDown] {
        let options = TreeOptions { direction, ..TreeOptions::default() };
        let svg = draw_tree(&game, &game.base().unwrap(), None, &options).svg();
        for text in [">A<", ">B<", ">5/7<", ">−2<", ">over<"] {
            assert!(svg.contains(text), "{text} is not in {svg}");
        }
    }
}

#[test]
fn players_differ_in_colour_or_in_shape() {
    let look = |player| {
        let shape = format!("{:?}", palette::shape(player));
        (palette::colour(Ink::Player(player)), shape)
    };
    let looks: BTreeSet<_> = (0..72).map(look).collect();
    assert_eq!(looks.len(), 72);
    let colours: BTreeSet<_> = (0..12).map(|player| look(player).0).collect();
    assert_eq!(colours.len(), 12);
}

#[test]
fn numbers_are_written_as_asked() {
    let game = game(SMALL);
    let drawn = |numbers| {
        let options = TreeOptions { numbers, ..TreeOptions::default() };
        draw_tree(&game, &game.base().unwrap(), None, &options).svg()
    };
    let decimal = drawn(crate::numbers::Numbers::Decimal);
    assert!(decimal.contains(">−0.333<") && decimal.contains(">5.000<"), "{decimal}");
    assert!(decimal.contains("decimals are rounded"));
    let exact = drawn(crate::numbers::Numbers::Exact);
    assert!(exact.contains(">−1/3<") && !exact.contains("rounded"));
}

#[test]
fn the_caption_stands_below_the_title() {
    let game = game(BEER);
    let caption = "Equilibrium A, sequential".to_owned();
    let options = TreeOptions { caption: caption.clone(), ..TreeOptions::default() };
    let scene = draw_tree(&game, &game.base().unwrap(), None, &options);
    let line = |wanted: Role| {
        scene.items.iter().find_map(|item| match item {
            Item::Text { role, at, text, .. } if *role == wanted => Some((at.y, text.clone())),
            _ => None,
        })
    };
    let (title, below) = (line(Role::Title).unwrap(), line(Role::Caption).unwrap());
    assert_eq!(below.1, caption);
    assert!(title.0 < below.0);
    assert!(scene.description.starts_with(&caption));
}
