//! What of a tree is to be seen: folding, labels, and what is played; no places yet.

use super::TreeOptions;
use super::figures::Face;
use super::fold::{ends_below, folded, reached};
use super::scene::{Ink, Mark, Stroke, Weight};
use super::steps::steps;
use super::text::{caption_lines, shown, shown_title};
use detente_game::form::{Event, EventKind, GameForm, NodeKind};
use detente_game::game::Game;
use detente_game::{GameInstance, InfoSetId, NodeId, PlayerId, Profile, RowId};

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
    /// The column or row it stands in.
    pub step: usize,
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
    /// The caption's lines.
    pub caption: Vec<String>,
    pub options: &'g TreeOptions,
    pub played: bool,
    pub nodes: Vec<Seen>,
    probabilities: Face,
    payoffs: Face,
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
            caption: caption_lines(&options.caption),
            options,
            played: profile.is_some(),
            nodes: Vec::new(),
            probabilities: Face::Fraction,
            payoffs: Face::Fraction,
        };
        view.choose_faces(profile, &folded);
        let ends = ends_below(form);
        let mut open = vec![(GameForm::ROOT, None)];
        while let Some((node, parent)) = open.pop() {
            let index = view.nodes.len();
            if let Some(parent) = parent {
                let parent: &mut Seen = &mut view.nodes[parent];
                parent.children.push(index);
            }
            let fold = folded[node.index()].then_some(ends[node.index()]);
            let seen = view.seen(node, parent, fold, profile, &reached);
            view.nodes.push(seen);
            if fold.is_none() {
                open.extend(form.children(node).rev().map(|child| (child, Some(index))));
            }
        }
        let steps = steps(&view.nodes);
        for (seen, step) in view.nodes.iter_mut().zip(steps) {
            seen.step = step;
        }
        view
    }

    /// How probabilities and payoffs are written, by those that are seen.
    fn choose_faces(&mut self, profile: Option<&Profile>, folded: &[bool]) {
        let (form, instance) = (self.form, self.instance);
        let (mut probabilities, mut payoffs) = (Vec::new(), Vec::new());
        let mut hidden = vec![false; form.node_count()];
        for node in form.nodes() {
            let above = form.parent(node);
            hidden[node.index()] =
                above.is_some_and(|above| hidden[above.index()] || folded[above.index()]);
            if hidden[node.index()] {
                continue;
            }
            probabilities.extend(form.branch_into(node).map(|branch| instance.branch(branch)));
            let action = form.action_into(node).zip(profile);
            probabilities.extend(action.map(|(action, profile)| profile.of(action)));
            if let Some(row) = form.row(node) {
                let paid = form.player_ids().map(|player| instance.row_payoff(row, player));
                payoffs.extend(paid);
            }
        }
        let numbers = self.options.numbers;
        self.probabilities = Face::suiting(numbers, probabilities.into_iter());
        self.payoffs = Face::suiting(numbers, payoffs.into_iter());
    }

    fn seen(
        &self,
        node: NodeId,
        parent: Option<usize>,
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
        let children = Vec::new();
        Seen { node, parent, step: 0, children, content, edge, stroke, mark, head, hover }
    }

    /// The label of the edge into a node, and how it is drawn.
    fn edge(&self, node: NodeId, profile: Option<&Profile>, reached: &[bool]) -> (String, Stroke) {
        let form = self.form;
        let stroke = |ink, weight| Stroke { ink, weight, dashed: false };
        if let Some(branch) = form.branch_into(node) {
            let probability = self.instance.branch(branch);
            let label = format!(
                "{} {}",
                shown(form.branch_label(branch)),
                self.probabilities.text(probability)
            );
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
        let label = if chance.is_one() {
            label
        } else {
            format!("{label} {}", self.probabilities.text(chance))
        };
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
        self.payoffs.aligned(self.instance.row_payoff(row, player))
    }

    /// The outcome of a row, if it has one.
    pub fn outcome(&self, row: RowId) -> Option<String> {
        let outcome = self.form.outcome_of(row)?;
        self.options.outcomes.then(|| shown(&self.form.outcomes()[outcome.index()]))
    }

    /// Whether some number is not shown exactly.
    pub fn rounds(&self) -> bool {
        self.probabilities.rounds() || self.payoffs.rounds()
    }

    /// The last step.
    pub fn deepest(&self) -> usize {
        self.nodes.iter().map(|seen| seen.step).max().unwrap_or(0)
    }

    /// The visible members of each situation that has any, in order of first appearance.
    fn seen_situations(&self) -> Vec<(InfoSetId, Vec<usize>)> {
        let mut places = vec![None; self.form.info_sets().len()];
        let mut situations: Vec<(InfoSetId, Vec<usize>)> = Vec::new();
        for (index, seen) in self.nodes.iter().enumerate() {
            if let Content::Decision(set) = seen.content {
                let place = *places[set.index()].get_or_insert(situations.len());
                if place == situations.len() {
                    situations.push((set, Vec::new()));
                }
                situations[place].1.push(index);
            }
        }
        situations
    }

    /// The situations with more than one visible member.
    pub fn situations(&self) -> Vec<(InfoSetId, Vec<usize>)> {
        let mut situations = self.seen_situations();
        situations.retain(|(_, members)| members.len() > 1);
        situations
    }

    /// How many situations are seen in part only: some of their members are folded away.
    pub fn cut_situations(&self) -> usize {
        let situations = self.seen_situations();
        let cut = |(set, members): &&(InfoSetId, Vec<usize>)| {
            members.len() < self.form.members(*set).len()
        };
        situations.iter().filter(cut).count()
    }

    /// What a reader must know to read the drawing rightly, beyond what the marks mean.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        match self.cut_situations() {
            0 => {}
            1 => remarks.push("one situation shown goes on in folded parts".to_owned()),
            cut => remarks.push(format!("{cut} situations shown go on in folded parts")),
        }
        if self.rounds() {
            remarks.push("decimals are rounded".to_owned());
        }
        remarks
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
        for remark in self.remarks() {
            text.push_str(&format!(" Note: {remark}."));
        }
        if self.played {
            text.push_str(" Thick lines show what is played.");
        }
        if self.caption.is_empty() { text } else { format!("{}. {text}", self.caption.join(" ")) }
    }
}

fn event_text(event: &Event) -> String {
    match event.index {
        Some(index) => format!("{}[{index}]", shown(&event.name)),
        None => shown(&event.name),
    }
}
