//! Recognising a two-stage game and writing it as two families of linear functions.
//!
//! On every path the first mover decides at most once, then the second mover at most once, with
//! chance anywhere. Hence the first mover's payoff from an action is linear in the second mover's
//! behaviour strategy, and what a reply is worth is linear in the first mover's.

use detente_game::form::{GameForm, InfoSet, NodeKind};
use detente_game::ids::{ActionId, BranchId, InfoSetId, NodeId, PlayerId};
use detente_game::{GameInstance, Rational};
use std::ops::Range;

/// Reply sets are bit masks of one word.
const MOST_REPLIES: u32 = 64;
/// All sets of messages are tried.
const MOST_MESSAGES: u32 = 12;

/// An action of the first mover.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) id: ActionId,
    /// What it pays where the second mover has no say.
    pub(super) constant: Rational,
    /// What it pays through replies: for a set of the second mover, one coefficient per reply.
    pub(super) through: Vec<(usize, Vec<Rational>)>,
}

/// An information set of the first mover; its messages are consecutive.
#[derive(Debug)]
pub(super) struct SenderSet {
    pub(super) messages: Range<usize>,
}

/// A member of an information set of the second mover.
#[derive(Debug)]
pub(super) struct Member {
    /// The message on the way, if the first mover decided.
    pub(super) message: Option<usize>,
    /// The node right after the last move on the way whose probability may be zero: the message,
    /// or a chance that is never expected.
    pub(super) launched: Option<NodeId>,
    /// The nodes after such moves before that one, all of them more plausible.
    pub(super) before: Vec<NodeId>,
    /// Probability of all chance on the way, in the second mover's eyes.
    pub(super) weight: Rational,
    /// The chance that comes after `launched`.
    pub(super) weight_since: Rational,
    /// What each reply is worth to the second mover here.
    pub(super) worth: Vec<Rational>,
}

/// An information set of the second mover; its replies are consecutive.
#[derive(Debug)]
pub(super) struct ReceiverSet {
    pub(super) replies: Range<usize>,
    pub(super) members: Vec<Member>,
}

impl ReceiverSet {
    pub(super) fn reply_count(&self) -> usize {
        self.replies.len()
    }
}

/// The game in the form the search works on.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) messages: Vec<Message>,
    pub(super) sender_sets: Vec<SenderSet>,
    pub(super) reply_ids: Vec<ActionId>,
    pub(super) receiver_sets: Vec<ReceiverSet>,
}

/// What is known of a path on the way down.
#[derive(Debug, Clone)]
struct Path {
    message: Option<usize>,
    launched: Option<NodeId>,
    before: Vec<NodeId>,
    member: Option<(usize, usize)>,
    reply: Option<usize>,
    /// All chance in the first mover's eyes, and since his decision.
    sender: Rational,
    sender_since: Rational,
    /// All chance in the second mover's eyes, since `launched`, and since his own decision.
    receiver: Rational,
    receiver_since: Rational,
    receiver_after: Rational,
}

struct Builder<'a> {
    instance: &'a GameInstance,
    sender: PlayerId,
    receiver: Option<PlayerId>,
    /// Position of each information set among its owner's.
    local: Vec<usize>,
    /// Whether a set of the first mover has probability zero in his own eyes.
    unlikely: Vec<bool>,
    stage: Stage,
}

impl Stage {
    /// The stage form of an instance, or `None` if it is not such a game. `everywhere` asks for
    /// best play at sets of the first mover that chance never reaches, too.
    pub(super) fn recognise(instance: &GameInstance, everywhere: bool) -> Option<Self> {
        let form = instance.form();
        let mut movers: Vec<PlayerId> = form.info_sets().iter().map(|set| set.player).collect();
        movers.sort_unstable();
        movers.dedup();
        match movers[..] {
            [only] => Self::with_roles(instance, only, None, everywhere),
            [one, other] => Self::with_roles(instance, one, Some(other), everywhere)
                .or_else(|| Self::with_roles(instance, other, Some(one), everywhere)),
            _ => None,
        }
    }

    fn with_roles(
        instance: &GameInstance,
        sender: PlayerId,
        receiver: Option<PlayerId>,
        everywhere: bool,
    ) -> Option<Self> {
        let mut sets = instance.form().info_sets().iter();
        let too_many = |set: &InfoSet| {
            set.action_count > if set.player == sender { MOST_MESSAGES } else { MOST_REPLIES }
        };
        if sets.any(too_many) {
            return None;
        }
        let mut builder = Builder::new(instance, sender, receiver);
        if !builder.shape_fits() {
            return None;
        }
        builder.find_unlikely(everywhere)?;
        builder.fill();
        Some(builder.stage)
    }
}

impl<'a> Builder<'a> {
    fn new(instance: &'a GameInstance, sender: PlayerId, receiver: Option<PlayerId>) -> Self {
        let form = instance.form();
        let mut stage = Stage {
            messages: Vec::new(),
            sender_sets: Vec::new(),
            reply_ids: Vec::new(),
            receiver_sets: Vec::new(),
        };
        let mut local = Vec::with_capacity(form.info_sets().len());
        for set in form.info_set_ids() {
            if form.info_set(set).player == sender {
                local.push(stage.sender_sets.len());
                let first = stage.messages.len();
                stage.messages.extend(form.actions(set).map(|id| Message {
                    id,
                    constant: Rational::ZERO,
                    through: Vec::new(),
                }));
                stage.sender_sets.push(SenderSet { messages: first..stage.messages.len() });
            } else {
                local.push(stage.receiver_sets.len());
                let first = stage.reply_ids.len();
                stage.reply_ids.extend(form.actions(set));
                let replies = first..stage.reply_ids.len();
                stage.receiver_sets.push(ReceiverSet { replies, members: Vec::new() });
            }
        }
        let unlikely = vec![false; stage.sender_sets.len()];
        Self { instance, sender, receiver, local, unlikely, stage }
    }

    /// Whether every path has at most one decision of each, the first mover's first.
    fn shape_fits(&self) -> bool {
        let form = self.instance.form();
        let mut stack = vec![(GameForm::ROOT, 0u8)];
        while let Some((node, decided)) = stack.pop() {
            let below = match form.kind(node) {
                NodeKind::End(_) => continue,
                NodeKind::Chance(_) => decided,
                NodeKind::Decision(set) => {
                    let stage = if form.info_set(set).player == self.sender { 1 } else { 2 };
                    if decided >= stage {
                        return false;
                    }
                    stage
                }
            };
            stack.extend(form.children(node).map(|child| (child, below)));
        }
        true
    }

    /// Marks the first mover's sets that have probability zero in his eyes. With several members
    /// such a set would need beliefs of its own, which this method does not search.
    fn find_unlikely(&mut self, everywhere: bool) -> Option<()> {
        let form = self.instance.form();
        let mut likely = vec![false; self.stage.sender_sets.len()];
        let mut stack = vec![(GameForm::ROOT, true)];
        while let Some((node, possible)) = stack.pop() {
            match form.kind(node) {
                NodeKind::End(_) => {}
                NodeKind::Chance(lottery) => {
                    for (child, branch) in form.children(node).zip(form.branches(lottery)) {
                        let zero = self.instance.branch_for(self.sender, branch).is_zero();
                        stack.push((child, possible && !zero));
                    }
                }
                NodeKind::Decision(set) => {
                    if form.info_set(set).player == self.sender {
                        likely[self.local[set.index()]] |= possible;
                    }
                }
            }
        }
        if !everywhere {
            return Some(());
        }
        for set in form.info_set_ids().filter(|set| form.info_set(*set).player == self.sender) {
            if !likely[self.local[set.index()]] {
                if form.members(set).len() > 1 {
                    return None;
                }
                self.unlikely[self.local[set.index()]] = true;
            }
        }
        Some(())
    }

    fn fill(&mut self) {
        let form = self.instance.shared_form();
        let start = Path {
            message: None,
            launched: None,
            before: Vec::new(),
            member: None,
            reply: None,
            sender: Rational::ONE,
            sender_since: Rational::ONE,
            receiver: Rational::ONE,
            receiver_since: Rational::ONE,
            receiver_after: Rational::ONE,
        };
        let mut stack = vec![(GameForm::ROOT, start)];
        while let Some((node, path)) = stack.pop() {
            let children = form.children(node).enumerate();
            match form.kind(node) {
                NodeKind::End(_) => self.pay(node, &path),
                NodeKind::Chance(lottery) => {
                    for ((_, child), branch) in children.zip(form.branches(lottery)) {
                        stack.push((child, self.after_chance(&path, branch, child)));
                    }
                }
                NodeKind::Decision(set) if form.info_set(set).player == self.sender => {
                    let first = self.stage.sender_sets[self.local[set.index()]].messages.start;
                    for (position, child) in children {
                        stack.push((child, after_message(&path, first + position, child)));
                    }
                }
                NodeKind::Decision(set) => {
                    let member = self.add_member(set, &path);
                    for (position, child) in children {
                        stack.push((child, after_reply(&path, member, position)));
                    }
                }
            }
        }
    }

    fn after_chance(&self, path: &Path, branch: BranchId, child: NodeId) -> Path {
        let for_sender = self.instance.branch_for(self.sender, branch);
        let mut next = path.clone();
        next.sender *= for_sender;
        next.sender_since *= for_sender;
        if let Some(receiver) = self.receiver {
            let for_receiver = self.instance.branch_for(receiver, branch);
            next.receiver *= for_receiver;
            next.receiver_since *= for_receiver;
            next.receiver_after *= for_receiver;
            if for_receiver.is_zero() {
                next.before.extend(next.launched.replace(child));
                next.receiver_since = Rational::ONE;
            }
        }
        next
    }

    fn add_member(&mut self, set: InfoSetId, path: &Path) -> (usize, usize) {
        let position = self.local[set.index()];
        let receiver_set = &mut self.stage.receiver_sets[position];
        let worth = vec![Rational::ZERO; receiver_set.reply_count()];
        receiver_set.members.push(Member {
            message: path.message,
            launched: path.launched,
            before: path.before.clone(),
            weight: path.receiver.clone(),
            weight_since: path.receiver_since.clone(),
            worth,
        });
        (position, receiver_set.members.len() - 1)
    }

    fn pay(&mut self, end: NodeId, path: &Path) {
        if let (Some(receiver), Some((set, member)), Some(reply)) =
            (self.receiver, path.member, path.reply)
        {
            let worth = &mut self.stage.receiver_sets[set].members[member].worth[reply];
            *worth += &path.receiver_after * self.instance.payoff(end, receiver);
        }
        let Some(message) = path.message else { return };
        let from = self.stage.sender_sets.partition_point(|set| set.messages.end <= message);
        let weight = if self.unlikely[from] { &path.sender_since } else { &path.sender };
        let amount = weight * self.instance.payoff(end, self.sender);
        let replies = path.member.map(|(set, _)| self.stage.receiver_sets[set].reply_count());
        let message = &mut self.stage.messages[message];
        match (path.member, path.reply, replies) {
            (Some((set, _)), Some(reply), Some(count)) => {
                let at = match message.through.iter().position(|(other, _)| *other == set) {
                    Some(at) => at,
                    None => {
                        message.through.push((set, vec![Rational::ZERO; count]));
                        message.through.len() - 1
                    }
                };
                message.through[at].1[reply] += amount;
            }
            _ => message.constant += amount,
        }
    }
}

fn after_message(path: &Path, message: usize, child: NodeId) -> Path {
    Path {
        message: Some(message),
        launched: Some(child),
        before: path.before.iter().copied().chain(path.launched).collect(),
        sender_since: Rational::ONE,
        receiver_since: Rational::ONE,
        ..path.clone()
    }
}

fn after_reply(path: &Path, member: (usize, usize), reply: usize) -> Path {
    Path { member: Some(member), reply: Some(reply), receiver_after: Rational::ONE, ..path.clone() }
}
