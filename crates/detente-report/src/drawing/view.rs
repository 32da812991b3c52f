//! What of a tree is to be seen: folding, labels, and what is played; no places yet.

use super::TreeOptions;
use super::scene::{Ink, Mark, Stroke, Weight};
use super::text::{shown, shown_title};
use detente_game::form::{Event, EventKind, GameForm, NodeKind};
use detente_game::game::Game;
use detente_game::{GameInstance, InfoSetId, NodeId, PlayerId, Profile, Rational, RowId};

/// Numbers longer than this are drawn as decimals.
const LONGEST_NUMBER: usize = 9;

/// What is at a visible node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Decision(InfoSetId),
    Chance,
    End(RowId),
    /// So many ends are below.
    Folded(usize),
}

/// A visible node; nodes are listed depth first.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub node: NodeId,
    pub parent: Option<usize>,
    pub depth: usize,
    pub children: Vec<usize>,
    pub content: Content,
    /// What is written on the edge into it.
    pub edge: String,
    pub stroke: Stroke,
    pub mark: Mark,
    /// Who decides what here.
    pub head: String,
    pub hover: String,
}

/// The visible part of a tree.
#[derive(Debug)]
pub(super) struct View<'g> {
    pub form: &'g GameForm,
    pub instance: &'g GameInstance,
    pub title: String,
    pub options: &'g TreeOptions,
    pub played: bool,
    pub nodes: Vec<Seen>,
}

impl<'g> View<'g> {
    pub fn new(
        game: &Game,
        instance: &'g GameInstance,
        profile: Option<&Profile>,
        options: &'g TreeOptions,
    ) -> Self {
        let form = instance.form();
        let title = options.title.clone().unwrap_or_else(|| game.meta.title.clone());
        let reached = reached(instance, profile);
        let folded = folded(form, &reached, profile.is_some(), options);
        let mut view = Self {
            form,
            instance,
            title: shown_title(&title),
            options,
            played: profile.is_some(),
            nodes: Vec::new(),
        };
        let ends = ends_below(form);
        let mut open = vec![(GameForm::ROOT, None, 0)];
        while let Some((node, parent, depth)) = open.pop() {
            let index = view.nodes.len();
            if let Some(parent) = parent {
                let parent: &mut Seen = &mut view.nodes[parent];
                parent.children.push(index);
            }
            let fold = folded[node.index()].then_some(ends[node.index()]);
            let seen = view.seen(node, parent, depth, fold, profile, &reached);
            view.nodes.push(seen);
            if fold.is_none() {
                open.extend(form.children(node).rev().map(|child| (child, Some(index), depth + 1)));
            }
        }
        view
    }

    fn seen(
        &self,
        node: NodeId,
        parent: Option<usize>,
        depth: usize,
        fold: Option<usize>,
        profile: Option<&Profile>,
        reached: &[bool],
    ) -> Seen {
        let form = self.form;
        let (content, mark, head) = match (fold, form.kind(node)) {
            (Some(ends), _) => (Content::Folded(ends), Mark::Folded, String::new()),
            (None, NodeKind::Decision(set)) => {
                let player = form.info_set(set).player;
                (Content::Decision(set), Mark::Player(player.index()), self.question(set))
            }
            (None, NodeKind::Chance(lottery)) => (
                Content::Chance,
                Mark::Chance,
                self.chance_head(form.event(form.lottery(lottery).event)),
            ),
            (None, NodeKind::End(row)) => (Content::End(row), Mark::End, String::new()),
        };
        let (edge, stroke) = self.edge(node, profile, reached);
        let hover = self.hover(node, content);
        Seen { node, parent, depth, children: Vec::new(), content, edge, stroke, mark, head, hover }
    }

    /// The label of the edge into a node, and how it is drawn.
    fn edge(&self, node: NodeId, profile: Option<&Profile>, reached: &[bool]) -> (String, Stroke) {
        let form = self.form;
        let stroke = |ink, weight| Stroke { ink, weight, dashed: false };
        if let Some(branch) = form.branch_into(node) {
            let probability = self.instance.branch(branch);
            let label = format!("{} {}", shown(form.branch_label(branch)), number(probability));
            let stroke = match (profile.is_some(), reached[node.index()]) {
                (false, _) => stroke(Ink::Dark, Weight::Normal),
                (true, true) => stroke(Ink::Dark, Weight::Medium),
                (true, false) => stroke(Ink::Grey, Weight::Thin),
            };
            return (label, stroke);
        }
        let Some(action) = form.action_into(node) else {
            return (String::new(), stroke(Ink::Dark, Weight::Normal));
        };
        let label = shown(form.action_label(action));
        let Some(profile) = profile else { return (label, stroke(Ink::Dark, Weight::Normal)) };
        let player = form.info_set(form.set_of_action(action)).player.index();
        let chance = profile.of(action);
        if chance.is_zero() {
            return (label, stroke(Ink::Grey, Weight::Thin));
        }
        let label = if chance.is_one() { label } else { format!("{label} {}", number(chance)) };
        let weight = if reached[node.index()] { Weight::Thick } else { Weight::Medium };
        (label, stroke(Ink::Player(player), weight))
    }

    /// `Sender: breakfast`.
    fn question(&self, set: InfoSetId) -> String {
        let form = self.form;
        let set_data = form.info_set(set);
        let player = shown(&form.player(set_data.player).name);
        let event = form.event(set_data.question);
        // Imported sets without a label, and strategic forms, have no question worth a name.
        let unnamed = set_data.log.is_none() && form.set_label(set).is_none();
        if unnamed { player } else { format!("{player}: {}", event_text(event)) }
    }

    fn chance_head(&self, event: &Event) -> String {
        match (event.kind, event.owner) {
            (EventKind::Type, Some(owner)) => {
                format!("type of {}", shown(&self.form.player(owner).name))
            }
            _ if event.name.starts_with("set ") => "chance".to_owned(),
            _ => event_text(event),
        }
    }

    fn hover(&self, node: NodeId, content: Content) -> String {
        let form = self.form;
        let path: Vec<String> =
            form.history(node).iter().map(|(_, value)| shown(form.value(*value))).collect();
        let path = if path.is_empty() { "start".to_owned() } else { path.join(", ") };
        match content {
            Content::Decision(set) => format!("{} after {path}", self.question(set)),
            Content::Chance => format!("chance after {path}"),
            Content::End(_) => path,
            Content::Folded(ends) => format!("{path}: {ends} ends, folded"),
        }
    }

    /// What a row pays a player, as drawn.
    pub fn payoff(&self, row: RowId, player: PlayerId) -> String {
        number(self.instance.row_payoff(row, player))
    }

    /// The outcome of a row, if it has one.
    pub fn outcome(&self, row: RowId) -> Option<String> {
        let outcome = self.form.outcome_of(row)?;
        self.options.outcomes.then(|| shown(&self.form.outcomes()[outcome.index()]))
    }

    /// Number of steps of the longest visible path.
    pub fn deepest(&self) -> usize {
        self.nodes.iter().map(|seen| seen.depth).max().unwrap_or(0)
    }

    /// The members of each situation with more than one visible member, in order of first
    /// appearance.
    pub fn situations(&self) -> Vec<(InfoSetId, Vec<usize>)> {
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); self.form.info_sets().len()];
        let mut order = Vec::new();
        for (index, seen) in self.nodes.iter().enumerate() {
            if let Content::Decision(set) = seen.content {
                if members[set.index()].is_empty() {
                    order.push(set);
                }
                members[set.index()].push(index);
            }
        }
        order.retain(|set| members[set.index()].len() > 1);
        order.into_iter().map(|set| (set, std::mem::take(&mut members[set.index()]))).collect()
    }

    /// The tree in words, for readers who do not see it.
    pub fn description(&self) -> String {
        let form = self.form;
        let names: Vec<String> = form.players().iter().map(|p| shown(&p.name)).collect();
        let mut text = format!(
            "Game tree with {} nodes, {} ends and {} situations; players: {}.",
            form.node_count(),
            form.end_count(),
            form.info_sets().len(),
            names.join(", ")
        );
        let folded: usize = self
            .nodes
            .iter()
            .map(|seen| if let Content::Folded(ends) = seen.content { ends } else { 0 })
            .sum();
        if folded > 0 {
            text.push_str(&format!(" {folded} ends are folded."));
        }
        if self.played {
            text.push_str(" Thick lines show what is played.");
        }
        text
    }
}

fn event_text(event: &Event) -> String {
    match event.index {
        Some(index) => format!("{}[{index}]", shown(&event.name)),
        None => shown(&event.name),
    }
}

/// A number as drawn: a fraction, or a decimal if that is too long; with a true minus sign.
pub(super) fn number(value: &Rational) -> String {
    let exact = value.to_string();
    let text = if exact.chars().count() <= LONGEST_NUMBER {
        exact
    } else {
        format!("≈{}", value.to_decimal(3))
    };
    text.replace('-', "−")
}

/// Whether each node is reached with positive probability.
fn reached(instance: &GameInstance, profile: Option<&Profile>) -> Vec<bool> {
    let form = instance.form();
    let mut reached = vec![true; form.node_count()];
    for node in form.nodes().skip(1) {
        let Some(parent) = form.parent(node) else { continue };
        let open = match (form.branch_into(node), form.action_into(node)) {
            (Some(branch), _) => !instance.branch(branch).is_zero(),
            (_, Some(action)) => profile.is_none_or(|profile| !profile.of(action).is_zero()),
            _ => true,
        };
        reached[node.index()] = open && reached[parent.index()];
    }
    reached
}

fn ends_below(form: &GameForm) -> Vec<usize> {
    let mut ends = vec![0; form.node_count()];
    for node in form.nodes().rev() {
        if matches!(form.kind(node), NodeKind::End(_)) {
            ends[node.index()] = 1;
        }
        if let Some(parent) = form.parent(node) {
            ends[parent.index()] += ends[node.index()];
        }
    }
    ends
}

/// Which nodes are drawn as folded (the nodes below them are not drawn at all): unreached ones
/// in a tree with too many ends, then whatever is below a depth that leaves few enough rows.
fn folded(form: &GameForm, reached: &[bool], played: bool, options: &TreeOptions) -> Vec<bool> {
    let ends = ends_below(form);
    let mut folded = vec![false; form.node_count()];
    if played && ends[0] > options.fold_beyond {
        for node in form.nodes() {
            folded[node.index()] = !reached[node.index()] && ends[node.index()] > 1;
        }
    }
    let mut depth = vec![0_usize; form.node_count()];
    let mut hidden = vec![false; form.node_count()];
    // How many rows end at each depth, and how many nodes with more below there are.
    let (mut rows, mut inner) = (Vec::new(), Vec::new());
    for node in form.nodes() {
        if let Some(parent) = form.parent(node) {
            depth[node.index()] = depth[parent.index()] + 1;
            hidden[node.index()] = hidden[parent.index()] || folded[parent.index()];
        }
        if hidden[node.index()] {
            continue;
        }
        let level = depth[node.index()];
        rows.resize(rows.len().max(level + 1), 0_usize);
        inner.resize(inner.len().max(level + 1), 0_usize);
        let last = folded[node.index()] || ends[node.index()] == 1 && form.child_count(node) == 0;
        if last { rows[level] += 1 } else { inner[level] += 1 }
    }
    let mut above = 0;
    let mut cut = usize::MAX;
    for level in 0..rows.len() {
        // Cutting here shows the rows above, the rows that end here and one for each inner node.
        if level > 0 && above + rows[level] + inner[level] > options.rows_at_most {
            cut = level - 1;
            break;
        }
        above += rows[level];
    }
    for node in form.nodes() {
        if depth[node.index()] >= cut.max(1) && form.child_count(node) > 0 {
            folded[node.index()] = true;
        }
    }
    folded
}
