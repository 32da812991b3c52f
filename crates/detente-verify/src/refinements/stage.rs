//! Recognising signalling stages, and best replies to beliefs over the sender's types.

use super::layers::{Layer, Layers};
use crate::lp::{self, Broken};
use crate::reach::View;
use detente_game::form::NodeKind;
use detente_game::{
    ActionId, GameForm, GameInstance, InfoSetId, NodeId, PlayerId, Profile, Rational,
};
use detente_linear::{Program, RowRelation};
use std::collections::{BTreeMap, BTreeSet};

/// One of the sender's types: an information set at which he has seen only chance's moves.
pub(super) struct Type {
    pub set: InfoSetId,
    /// His expected payoff in each profile looked at.
    pub payoffs: Vec<Rational>,
}

/// How likely each sender of a message is, in the order of `Message::senders`.
pub(super) type Belief = Vec<Rational>;

/// One message, with what everybody gets after every reply to it.
pub(super) struct Message {
    pub label: String,
    /// The types that can send it, with the action by which they do.
    pub senders: Vec<(usize, ActionId)>,
    /// How likely each of them is before anything is sent, in the eyes of the replier.
    pub prior: Vec<Rational>,
    /// Per profile looked at, whether some type sends it.
    pub sent: Vec<bool>,
    /// Per sender (in the order of `senders`) and reply: the type's payoff. If nobody replies
    /// there is one column.
    pub sender_payoff: Vec<Vec<Rational>>,
    /// The replier's, likewise.
    pub receiver_payoff: Vec<Vec<Rational>>,
}

impl Message {
    pub fn action_of(&self, of: usize) -> ActionId {
        let found = self.senders.iter().find(|(sender, _)| *sender == of);
        found.expect("a deviating type can send the message").1
    }

    /// Whether no type sends it in any profile looked at.
    pub fn is_unsent(&self) -> bool {
        !self.sent.contains(&true)
    }

    pub fn replies(&self) -> usize {
        self.receiver_payoff.first().map_or(0, Vec::len)
    }

    /// The beliefs that it was this sender (a position in `senders`) for sure, for each of these.
    pub fn sure(&self, senders: &[usize]) -> Vec<Belief> {
        let sure = |sender: &usize| {
            let share = |at| if at == *sender { Rational::ONE } else { Rational::ZERO };
            (0..self.senders.len()).map(share).collect()
        };
        senders.iter().map(sure).collect()
    }

    /// What was believed of these senders before, among themselves.
    pub fn prior_among(&self, senders: &[usize]) -> Belief {
        let total: Rational = senders.iter().map(|sender| &self.prior[*sender]).sum();
        let share = |at: usize| {
            if senders.contains(&at) { &self.prior[at] / &total } else { Rational::ZERO }
        };
        (0..self.senders.len()).map(share).collect()
    }

    /// Whether some mixture of these beliefs makes all these replies best at once.
    pub fn jointly_best(&self, beliefs: &[Belief], replies: &[usize]) -> Result<bool, Broken> {
        let mut program = Program::new(beliefs.len());
        let ones: Vec<_> = (0..beliefs.len()).map(|at| (at, Rational::ONE)).collect();
        program.row(&ones, RowRelation::Eq, Rational::ONE);
        for &reply in replies {
            for other in (0..self.replies()).filter(|other| *other != reply) {
                let advantage = |belief: &Belief| -> Rational {
                    let believed = belief.iter().zip(&self.receiver_payoff);
                    let believed = believed.filter(|(share, _)| !share.is_zero());
                    believed.map(|(share, row)| share * &(&row[reply] - &row[other])).sum()
                };
                let row: Vec<_> = beliefs.iter().map(advantage).enumerate().collect();
                program.row(&row, RowRelation::Ge, Rational::ZERO);
            }
        }
        Ok(lp::maximum(&program, &[])?.is_some())
    }

    /// The replies that are best for some mixture of these beliefs.
    pub fn best_replies(&self, beliefs: &[Belief]) -> Result<Vec<usize>, Broken> {
        let mut found = Vec::new();
        for reply in 0..self.replies() {
            if self.jointly_best(beliefs, &[reply])? {
                found.push(reply);
            }
        }
        Ok(found)
    }
}

/// A game in which chance draws types, one player sends a message and at most one other replies.
pub(super) struct Stage<'a> {
    pub form: &'a GameForm,
    pub sender: PlayerId,
    pub types: Vec<Type>,
    pub messages: Vec<Message>,
}

/// A place to which a message leads: a node where the reply is chosen, or an end, with its
/// probability given the type in the eyes of the sender and of the replier.
struct Arrival {
    node: NodeId,
    sender_weight: Rational,
    receiver_weight: Rational,
}

impl<'a> Stage<'a> {
    /// The game if it is a stage itself, else the stages among its layers, or why there are none.
    /// What follows a layer is worth what it is worth under the profile.
    pub fn all(instance: &'a GameInstance, profile: &'a Profile) -> Result<Vec<Self>, String> {
        let form = instance.form();
        let mut views = View::all(instance, profile);
        if let Ok(stage) = Self::whole(form, &mut views) {
            return Ok(vec![stage]);
        }
        let layers = Layers::cut(form);
        let mut stages = Vec::new();
        for layer in layers.all(form) {
            if layer.nodes.iter().any(|node| matches!(form.kind(*node), NodeKind::Decision(_))) {
                stages.push(Self::of_layer(form, &layer, &mut views)?);
            }
        }
        if stages.iter().all(|stage| stage.types.len() < 2) {
            return Err("nobody who knows more than others sends a message".to_owned());
        }
        Ok(stages)
    }

    /// The whole game as a stage under several profiles, at least one, or why it is none.
    pub fn recognise(instance: &'a GameInstance, profiles: &[&'a Profile]) -> Result<Self, String> {
        let (first, others) = profiles.split_first().ok_or("no profile is looked at")?;
        let form = instance.form();
        let under = |profile| Self::whole(form, &mut View::all(instance, profile));
        let mut stage = under(first)?;
        for profile in others {
            let other = under(profile)?;
            for (of_type, theirs) in stage.types.iter_mut().zip(other.types) {
                of_type.payoffs.extend(theirs.payoffs);
            }
            for (message, theirs) in stage.messages.iter_mut().zip(other.messages) {
                message.sent.extend(theirs.sent);
            }
        }
        Ok(stage)
    }

    fn whole(form: &'a GameForm, views: &mut [View]) -> Result<Self, String> {
        let uncut = Layers::uncut(form);
        let whole = uncut.all(form);
        let whole = whole.first().ok_or("nobody moves")?;
        Self::of_layer(form, whole, views)
    }

    fn of_layer(form: &'a GameForm, layer: &Layer, views: &mut [View]) -> Result<Self, String> {
        for view in &mut *views {
            view.restart(&layer.nodes, |node| layer.parent(node));
        }
        let sender = players_in_order(layer)?;
        let mut stage = Self { form, sender, types: Vec::new(), messages: Vec::new() };
        let mut messages: BTreeMap<(Option<InfoSetId>, String), Message> = BTreeMap::new();
        let sets = layer.nodes.iter().filter_map(|node| match form.kind(*node) {
            NodeKind::Decision(set) if form.info_set(set).player == sender => Some(set),
            _ => None,
        });
        for set in sets.collect::<BTreeSet<_>>() {
            stage.add_type(layer, views, set, &mut messages)?;
        }
        stage.messages = messages.into_values().collect();
        Ok(stage)
    }

    fn add_type(
        &mut self,
        layer: &Layer,
        views: &[View],
        set: InfoSetId,
        messages: &mut BTreeMap<(Option<InfoSetId>, String), Message>,
    ) -> Result<(), String> {
        let form = self.form;
        let own = &views[self.sender.index()];
        // A type of probability 0 in the sender's eyes is nobody who could deviate.
        let Some(belief) = own.bayes(set) else { return Ok(()) };
        let members = form.members(set);
        let at = self.types.len();
        let payoff = members.iter().zip(&belief);
        let payoff = payoff.map(|(node, share)| share * &own.value[node.index()]).sum();
        self.types.push(Type { set, payoffs: vec![payoff] });
        for (position, action) in form.actions(set).enumerate() {
            let children: Vec<NodeId> =
                members.iter().map(|member| form.child(*member, position)).collect();
            let reply = reply_set(layer, &children)?;
            let receiver = reply.map_or(self.sender, |set| form.info_set(set).player);
            let eyes = &views[receiver.index()];
            let Some(theirs) = eyes.bayes(set) else { continue };
            let mut arrivals = Vec::new();
            for (child, (mine, theirs)) in children.iter().zip(belief.iter().zip(&theirs)) {
                arrive(layer, own, eyes, *child, mine.clone(), theirs.clone(), &mut arrivals);
            }
            // Messages are the same if the replier cannot tell them apart; without a reply, if
            // they are called the same.
            let label = form.action_label(action).to_owned();
            let key = (reply, if reply.is_none() { label.clone() } else { String::new() });
            let message = messages.entry(key).or_insert_with(|| Message::new(label));
            if message.senders.iter().any(|(sender, _)| *sender == at) {
                return Err("two actions of one type look the same to the other side".to_owned());
            }
            message.senders.push((at, action));
            message.prior.push(members.iter().map(|node| &eyes.reach[node.index()]).sum());
            message.sent[0] |= own.profile.of(action).is_positive();
            let replies = reply.map_or(1, |set| form.actions(set).len());
            let worth = |view: &View, of: fn(&Arrival) -> &Rational| -> Vec<Rational> {
                (0..replies)
                    .map(|reply| {
                        arrivals
                            .iter()
                            .map(|arrival| {
                                of(arrival) * value_after(layer, view, arrival.node, reply)
                            })
                            .sum()
                    })
                    .collect()
            };
            message.sender_payoff.push(worth(own, |arrival| &arrival.sender_weight));
            message.receiver_payoff.push(worth(eyes, |arrival| &arrival.receiver_weight));
        }
        Ok(())
    }
}

impl Message {
    fn new(label: String) -> Self {
        Self {
            label,
            senders: Vec::new(),
            prior: Vec::new(),
            sent: vec![false],
            sender_payoff: Vec::new(),
            receiver_payoff: Vec::new(),
        }
    }
}

/// What a view's player gets at an end, or after a reply at a node; in the layer only chance moves
/// after it.
fn value_after<'v>(layer: &Layer, view: &'v View, node: NodeId, reply: usize) -> &'v Rational {
    match view.form.kind(node) {
        NodeKind::Decision(_) if !layer.is_end(node) => {
            &view.value[view.form.child(node, reply).index()]
        }
        _ => &view.value[node.index()],
    }
}

/// Checks that one player moves first on every path and at most one move of another follows;
/// returns that first player.
fn players_in_order(layer: &Layer) -> Result<PlayerId, String> {
    let form = layer.form;
    let mut moves: BTreeMap<NodeId, u32> = BTreeMap::new();
    let mut sender = None;
    for &node in &layer.nodes {
        let before = layer.parent(node).map_or(0, |parent| {
            moves[&parent] + u32::from(matches!(form.kind(parent), NodeKind::Decision(_)))
        });
        moves.insert(node, before);
        let NodeKind::Decision(set) = form.kind(node) else { continue };
        let player = form.info_set(set).player;
        match (before, sender) {
            (0, None) => sender = Some(player),
            (0, Some(first)) if first != player => {
                return Err("different players move first".to_owned());
            }
            (0, Some(_)) => {}
            (1, Some(first)) if first != player => {}
            (1, _) => return Err("the sender moves twice".to_owned()),
            _ => return Err("what follows the reply turns on more than chance".to_owned()),
        }
    }
    // Node order meets parents first, so a set's members may mix first and second moves only if
    // one player has both, which was refused above.
    sender.ok_or_else(|| "nobody moves".to_owned())
}

/// The set at which a message is answered, the same wherever it leads; `None` if nobody answers.
fn reply_set(layer: &Layer, children: &[NodeId]) -> Result<Option<InfoSetId>, String> {
    let form = layer.form;
    let mut found: Option<Option<InfoSetId>> = None;
    let mut open = children.to_vec();
    while let Some(node) = open.pop() {
        let here = match form.kind(node) {
            _ if layer.is_end(node) => None,
            NodeKind::Chance(_) => {
                open.extend(form.children(node));
                continue;
            }
            NodeKind::Decision(set) => Some(set),
            NodeKind::End(_) => None,
        };
        match found {
            Some(before) if before != here => {
                return Err("what the other side sees is more than the message".to_owned());
            }
            _ => found = Some(here),
        }
    }
    Ok(found.flatten())
}

fn arrive(
    layer: &Layer,
    own: &View,
    eyes: &View,
    node: NodeId,
    mine: Rational,
    theirs: Rational,
    arrivals: &mut Vec<Arrival>,
) {
    if !layer.is_end(node) && matches!(own.form.kind(node), NodeKind::Chance(_)) {
        for child in own.form.children(node) {
            let (mine, theirs) = (&mine * &own.edge(child), &theirs * &eyes.edge(child));
            arrive(layer, own, eyes, child, mine, theirs, arrivals);
        }
    } else {
        arrivals.push(Arrival { node, sender_weight: mine, receiver_weight: theirs });
    }
}
