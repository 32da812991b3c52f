//! `ensemble`: how often what is an equilibrium, and what comes of it.

use super::words;
use crate::look::{Look, Role, padded, width, wrap};
use crate::strategies::strategy;
use detente_analysis::analyses::ensemble::{Estimate, Path, Quantity, Totals};
use detente_game::claim::Concept;
use detente_game::exchange::ReducedStrategy;
use detente_game::{ActionId, GameForm};

/// What is shown of an ensemble.
pub struct Shown<'a> {
    /// The form.
    pub form: &'a GameForm,
    /// The counts and sums.
    pub totals: &'a Totals,
    /// What the sums are of.
    pub quantities: &'a [Quantity],
    /// The solution concept.
    pub concept: &'a Concept,
    /// Whether mixed equilibria count too.
    pub mixed: bool,
    /// The names of the drawn parameters.
    pub drawn: Vec<String>,
    /// The seed.
    pub seed: u64,
    /// A hash of the scenario's text.
    pub hash: &'a str,
    /// `quasi-random` or `pseudo-random`.
    pub points: &'a str,
    /// What is kept where several plays are equilibria.
    pub rule: Told<'a>,
    /// How many different equilibria the verifier passed, each at the draw where it was met first.
    pub verified: u64,
    /// Whether it was stopped before its end.
    pub stopped: bool,
}

/// A rule of choice among several plays.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// As it is asked for; `bounds` chooses nothing.
    pub name: &'a str,
    /// What it keeps, as a clause: "those that … are kept".
    pub phrase: &'a str,
}

impl Told<'_> {
    /// Whether it keeps everything.
    #[must_use]
    pub fn keeps_all(&self) -> bool {
        self.name == "bounds"
    }
}

/// Plays that are listed before the rest is counted.
const LISTED: usize = 12;

/// The screen.
#[must_use]
pub fn screen(shown: &Shown<'_>, look: &Look) -> String {
    let totals = shown.totals;
    let kind = words::concept(shown.concept);
    let title = format!("{} of {}", words::count(totals.members as usize, "draw"), kind);
    let pure = if shown.mixed { "" } else { "pure " };
    let mut out = look.title(&format!("{title}, all {pure}equilibria of each"));
    out.push('\n');
    for (count, share) in totals.shares_by_count() {
        let many = match count {
            0 => format!("no {pure}equilibrium"),
            1 => "one play".to_owned(),
            many => format!("{many} plays"),
        };
        out.push_str(&look.labelled(3, &many, 26, &percent(share)));
    }
    out.push_str(&plays(shown, look));
    out.push_str(&quantities(shown, look));
    out.push('\n');
    for (label, text) in notes(shown) {
        out.push_str(&look.labelled(0, label, 11, &text));
    }
    out
}

fn plays(shown: &Shown<'_>, look: &Look) -> String {
    let totals = shown.totals;
    let mut ranked: Vec<(usize, Estimate)> =
        (0..totals.plays.len()).map(|play| (play, totals.share_of_play(play))).collect();
    ranked.sort_by(|a, b| b.1.mean.total_cmp(&a.1.mean).then(a.0.cmp(&b.0)));
    let mut out = format!("\n{}\n", look.paint(Role::Label, "how often a play is an equilibrium"));
    for (number, share) in ranked.iter().take(LISTED) {
        let label = format!("{:>3}  {}", number + 1, percent(*share));
        let mut text = play(shown.form, &totals.plays[*number]);
        if !shown.rule.keeps_all() {
            text.push_str(&format!("\nkept at {}", percent(totals.share_kept(*number))));
        }
        out.push_str(&look.labelled(1, &label, 29, &text));
    }
    if ranked.len() > LISTED {
        let rest = format!("and {} rarer ones", ranked.len() - LISTED);
        out.push_str(&look.labelled(6, "", 6, &rest));
    }
    out
}

/// What each player does on the path.
#[must_use]
pub fn play(form: &GameForm, path: &Path) -> String {
    let mut parts = Vec::new();
    for player in form.player_ids() {
        let own = path.iter().filter(|(set, _)| form.info_set(*set).player == player);
        let actions: Vec<ActionId> =
            own.filter_map(|(set, option)| form.actions(*set).nth(*option as usize)).collect();
        if !actions.is_empty() {
            let does = strategy(form, &ReducedStrategy { actions, name: String::new() });
            parts.push(format!("{}: {does}", form.player(player).name));
        }
    }
    if parts.is_empty() { "nobody decides anything".to_owned() } else { parts.join("\n") }
}

fn quantities(shown: &Shown<'_>, look: &Look) -> String {
    let form = shown.form;
    let names: Vec<String> = shown.quantities.iter().map(|one| one.name(form)).collect();
    let room = look.width.saturating_sub(48).max(20);
    let widest = names.iter().map(|name| width(name)).max().unwrap_or(0).min(room);
    let over = if shown.rule.keeps_all() { "over the equilibria" } else { "over those kept" };
    let mut out = format!(
        "\n   {}\n",
        look.paint(
            Role::Label,
            &format!("{}  {}  mean of greatest", padded(over, widest), padded("mean of least", 20))
        )
    );
    for (place, (name, quantity)) in names.iter().zip(shown.quantities).enumerate() {
        let text = |value| if quantity.is_share() { percent(value) } else { number(value) };
        let range = shown.totals.mean_range(place, *quantity);
        let (low, high) = range
            .map_or(("not known".to_owned(), String::new()), |(low, high)| (text(low), text(high)));
        for (line, part) in wrap(name, widest).iter().enumerate() {
            let (low, high) = if line == 0 { (&*low, &*high) } else { ("", "") };
            let row = format!("   {}  {}  {high}", padded(part, widest), padded(low, 20));
            out.push_str(row.trim_end());
            out.push('\n');
        }
    }
    out
}

fn percent(value: Estimate) -> String {
    let error = value.error.map(|error| format!(" ± {:.3}", 100.0 * error));
    format!("{:.3}%{}", 100.0 * value.mean, error.unwrap_or_default())
}

fn number(value: Estimate) -> String {
    let error = value.error.map(|error| format!(" ± {error:.4}"));
    format!("{:.4}{}", value.mean, error.unwrap_or_default())
}

/// What was and was not searched.
pub(crate) fn searched(shown: &Shown<'_>) -> String {
    let concept = words::concept(shown.concept);
    let every = match shown.totals.unfinished {
        0 => "every draw".to_owned(),
        some => format!("every draw but {some}"),
    };
    let unknown = "an outcome counts as anything from 0 to 100%; payoffs are over the other draws.";
    if shown.mixed {
        return format!(
            "All equilibria ({concept}) of {every}, mixed ones included, each draw solved on its \
             own; plays are told apart by which options are taken with positive probability. Where \
             none is known, {unknown}"
        );
    }
    format!(
        "All pure equilibria ({concept}) of {every}; mixed ones were not searched. Where there is no \
         pure one, {unknown}"
    )
}

/// What the rule is and how often it chose.
pub(crate) fn rule(shown: &Shown<'_>) -> String {
    let Told { name, phrase } = shown.rule;
    if shown.rule.keeps_all() {
        return format!("{name}: where several plays are equilibria, all are kept");
    }
    let ruled = &shown.totals.ruled;
    let mut text = format!(
        "{name}: where several plays are equilibria, {phrase}. Of {} with several, one play is kept \
         for certain at {}",
        words::count(ruled.several as usize, "draw"),
        ruled.one,
    );
    if ruled.none > 0 {
        text.push_str(&format!("; no play satisfies the rule at {}", ruled.none));
    }
    if ruled.open > 0 {
        text.push_str(&format!(
            "; at {} plays were kept of which the verifier does not know whether they satisfy it",
            ruled.open
        ));
    }
    text
}

fn checked(shown: &Shown<'_>) -> String {
    let totals = shown.totals;
    if shown.mixed {
        return "every equilibrium verified at its draw, by fractions".to_owned();
    }
    format!(
        "{} verified, each at the draw where it was met first; {} decided by fractions, {} solved \
         alone and verified each",
        words::count(shown.verified as usize, "equilibrium"),
        words::count(totals.close as usize, "draw"),
        words::count(totals.alone as usize, "draw"),
    )
}

/// What ± means.
fn standard_error(shown: &Shown<'_>) -> String {
    let parts = match shown.points {
        "quasi-random" => "shifts of the points",
        _ => "parts of the draws",
    };
    match shown.totals.replicates() {
        0 | 1 => "of one draw no standard error can be told".to_owned(),
        many => format!("± is the standard error, from {many} {parts}"),
    }
}

fn notes(shown: &Shown<'_>) -> Vec<(&'static str, String)> {
    let totals = shown.totals;
    let mut notes = vec![
        (
            "drawn",
            format!(
                "{}; {} points, seed {}; {}",
                shown.drawn.join(", "),
                shown.points,
                shown.seed,
                standard_error(shown)
            ),
        ),
        ("searched", searched(shown)),
        ("rule", rule(shown)),
        ("checked", checked(shown)),
        ("scenario", format!("hash {}", shown.hash)),
    ];
    if totals.no_game > 0 {
        let text = "have no game: a probability is none there, or a payoff is undefined";
        notes
            .push(("no game", format!("{} {text}", words::count(totals.no_game as usize, "draw"))));
    }
    if totals.unfinished > 0 {
        let text = "were not searched to the end and count as unknown";
        let count = words::count(totals.unfinished as usize, "draw");
        notes.push(("unfinished", format!("{count} {text}")));
    }
    if shown.stopped {
        notes.push(("stopped", "by a signal, before all draws were made".to_owned()));
    }
    notes
}
