//! `map`: where in the plane of two parameters which plays are equilibria.

use super::words;
use crate::formats::json::{MapAxis, MapDeed, MapRegion, RegionMap};
use crate::look::{Look, Role, padded, width, wrap};
use crate::maps;
use crate::strategies::{supports, supports_by_question};
use detente_game::{GameForm, InfoSetId};

/// Rows of the plane, and its most columns.
const ROWS: usize = 24;
const COLUMNS: usize = 64;

/// The screen.
#[must_use]
pub fn screen(map: &RegionMap, look: &Look) -> String {
    let names: Vec<&str> = map.axes.iter().map(|axis| axis.name.as_str()).collect();
    let mut out = look.title(&format!("{} over {}", map.title, names.join(" and ")));
    out.push('\n');
    if let [x, y] = map.axes.as_slice() {
        out.push_str(&plane(map, x, y, look));
        out.push('\n');
    }
    out.push_str(&regions(map, look));
    out.push_str(&plays(map, look));
    out.push('\n');
    for (label, text) in notes(map) {
        out.push_str(&look.labelled(0, label, 12, &text));
    }
    out
}

fn plane(map: &RegionMap, x: &MapAxis, y: &MapAxis, look: &Look) -> String {
    let margin = [&y.name, &y.range[0], &y.range[1]].map(|text| width(text)).into_iter().max();
    let margin = margin.unwrap_or(0).clamp(4, 16);
    let columns = look.width.saturating_sub(margin + 6).clamp(16, COLUMNS);
    let place = |share: f64, many: usize| ((share * many as f64) as usize).min(many - 1);
    let base = (place(x.base_at, columns), ROWS - 1 - place(y.base_at, ROWS));
    let marks: Vec<usize> = y.thresholds.iter().map(|one| ROWS - 1 - place(one.at, ROWS)).collect();
    let mut out = format!(" {}\n", look.paint(Role::Label, &padded(&y.name, margin)));
    for row in 0..ROWS {
        let at_y = (ROWS - 1 - row) as f64 + 0.5;
        let cell = |column: usize| -> String {
            if (column, row) == base {
                return "@".to_owned();
            }
            let at = [(column as f64 + 0.5) / columns as f64, at_y / ROWS as f64];
            map.region_at(at).map_or("·".to_owned(), |region| letter(map, region))
        };
        let line: String = (0..columns).map(cell).collect();
        let value = match row {
            0 => y.range[1].as_str(),
            row if row == ROWS - 1 => y.range[0].as_str(),
            _ => "",
        };
        let tick = if marks.contains(&row) { '>' } else { '|' };
        out.push_str(&format!(" {} {tick}{line}\n", padded(value, margin)));
    }
    let mut axis = vec!['-'; columns];
    x.thresholds.iter().for_each(|one| axis[place(one.at, columns)] = '^');
    let axis: String = axis.into_iter().collect();
    out.push_str(&format!(" {} +{axis}\n", padded("", margin)));
    let room = columns.saturating_sub(width(&x.range[0]) + width(&x.range[1]));
    let name = format!("{:^room$}", x.name);
    out.push_str(&format!(" {}  {}{name}{}\n", padded("", margin), x.range[0], x.range[1]));
    out
}

/// One column for a region: its letter, or `*` for those beyond the alphabet.
fn letter(map: &RegionMap, region: usize) -> String {
    let letter = &map.regions[region].letter;
    if letter.chars().count() == 1 { letter.clone() } else { "*".to_owned() }
}

fn regions(map: &RegionMap, look: &Look) -> String {
    let head = format!("region  share             which {} are equilibria", kind(map));
    let mut out = format!("   {}\n", look.paint(Role::Label, &head));
    let base = map.base_region();
    let told = maps::told(map);
    for (at, region) in &told.regions {
        let what = match region.plays.as_deref() {
            None => "there is no game".to_owned(),
            Some([]) => "none".to_owned(),
            Some([only]) => format!("only {only}{}", outcomes(map, region)),
            Some(several) => {
                let several: Vec<String> = several.iter().map(ToString::to_string).collect();
                format!("{}{}", several.join(", "), outcomes(map, region))
            }
        };
        let letter = format!("{}{}", region.letter, if base == Some(*at) { " @" } else { "" });
        let label = format!("{letter:<6}  {}", maps::share(region));
        out.push_str(&look.labelled(3, &label, 29, &what));
    }
    if let Some(rest) = told.rest {
        out.push_str(&look.labelled(3, "", 29, &format!("and {rest}")));
    }
    if map.undecided_percent == 0.0 {
        return out;
    }
    let label = format!("{:<6}  up to {:.2}%", "·", map.undecided_percent);
    let open = map.regions.iter().filter(|region| region.inside.is_none()).count();
    let undecided = match open {
        0 => "undecided".to_owned(),
        _ => format!("undecided; {} not excluded there", words::count(open, "other combination")),
    };
    out.push_str(&look.labelled(3, &label, 29, &undecided));
    out
}

fn outcomes(map: &RegionMap, region: &MapRegion) -> String {
    let told = maps::outcomes(map, region);
    if told.is_empty() { told } else { format!(": {told}") }
}

/// What each player does on the path, with the options taken at its situations.
#[must_use]
pub fn play(form: &GameForm, way: &[(InfoSetId, Vec<u32>)]) -> String {
    let mut parts = Vec::new();
    for player in form.player_ids() {
        let own = way.iter().filter(|(set, _)| form.info_set(*set).player == player);
        let own: Vec<(InfoSetId, Vec<u32>)> = own.cloned().collect();
        if !own.is_empty() {
            parts.push(format!("{}: {}", form.player(player).name, supports(form, &own)));
        }
    }
    if parts.is_empty() { "nobody decides anything".to_owned() } else { parts.join("\n") }
}

/// What is done on the path by each type of a player, question by question.
#[must_use]
pub fn deeds(form: &GameForm, way: &[(InfoSetId, Vec<u32>)]) -> Vec<MapDeed> {
    let mut deeds = Vec::new();
    for player in form.player_ids() {
        let own = way.iter().filter(|(set, _)| form.info_set(*set).player == player);
        let own: Vec<(InfoSetId, Vec<u32>)> = own.cloned().collect();
        let name = &form.player(player).name;
        for (own_type, answers) in supports_by_question(form, &own) {
            let who = own_type.map_or(name.clone(), |own| format!("{name} ({})", form.value(own)));
            deeds.extend(answers.into_iter().map(|does| MapDeed { who: who.clone(), does }));
        }
    }
    deeds
}

fn plays(map: &RegionMap, look: &Look) -> String {
    let Some(head) = maps::head(map, true) else { return String::new() };
    let numbers = maps::plays(map);
    let mut out = String::from("\n");
    for line in wrap(&format!("plays: {head}"), look.width.saturating_sub(3)) {
        out.push_str(&format!("   {}\n", look.paint(Role::Label, &line)));
    }
    for number in &numbers {
        let text = maps::told_play(map, *number).join("\n");
        out.push_str(&look.labelled(3, &format!("{number:>3}"), 8, &text));
    }
    let left = map.plays.len() - numbers.len();
    if left > 0 {
        let plays = words::count(left, "more play");
        let text = format!("and {plays} of smaller regions or of what is undecided (all: --json)");
        out.push_str(&look.labelled(3, "", 3, &text));
    }
    out
}

/// What plays are looked for.
pub(crate) fn kind(map: &RegionMap) -> &'static str {
    if map.mixed { "plays" } else { "pure plays" }
}

/// What was and was not searched.
pub(crate) fn searched(map: &RegionMap) -> String {
    let ties = "but for ties, which have no area";
    let concept = &map.concept;
    if map.mixed {
        return format!(
            "all equilibria ({concept}), mixed ones included, at every point of a decided tile, \
             {ties}; plays are told apart by which options are taken with positive probability"
        );
    }
    let why = map.only_pure.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
    format!(
        "all pure equilibria ({concept}) at every point of a decided tile, {ties}; mixed ones were \
         not searched{why}"
    )
}

fn notes(map: &RegionMap) -> Vec<(&'static str, String)> {
    let mut notes = vec![("searched", searched(map))];
    notes.push((
        "proved",
        "signs of polynomials over whole tiles, by fractions; a letter stands for the tile in the \
         middle of its place, and shares are bounds"
            .to_owned(),
    ));
    notes.push(("verified", format!("{} equilibria, each where it was met first", map.verified)));
    let base: Vec<String> =
        map.axes.iter().map(|axis| format!("{} = {}", axis.name, axis.base)).collect();
    notes.push(("@", format!("the base point, {}", base.join(", "))));
    if let Some(letter) = &map.marked {
        let ends: Vec<String> = map
            .axes
            .iter()
            .filter(|axis| !axis.thresholds.is_empty())
            .map(|axis| {
                let values: Vec<&str> =
                    axis.thresholds.iter().map(|one| one.value.as_str()).collect();
                format!("{} {}", axis.name, values.join(" and "))
            })
            .collect();
        if !ends.is_empty() {
            let text =
                format!("where {letter} of `solve` ends from the base point: {}", ends.join("; "));
            notes.push(("^ and >", text));
        }
    }
    if let Some(why) = &map.obstacle {
        notes.push(("undecided", format!("some of it stays so however small the tiles: {why}")));
    }
    if map.stopped {
        notes.push(("stopped", "by a signal; what was left is undecided".to_owned()));
    }
    notes
}
