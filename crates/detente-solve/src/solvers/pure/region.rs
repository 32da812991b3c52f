//! Regions: a subgame without the subgames inside it, with an order in which to assign it.
//!
//! A region's variables are its information sets and the subgames ("blocks") it borders on. They
//! are ordered from the bottom up, so that when an information set is assigned everything below
//! it usually is; each step then lists what has become computable: node values, the existence of
//! a supporting belief, and Bayes' rule once a set's reach is settled. Forms in which two sets
//! lie above each other are served too: the checks only come later. A large region also keeps
//! the reverse order, for a search that follows the path of play and prunes by bounds.

use detente_game::form::{GameForm, NodeKind};
use detente_game::{InfoSetId, NodeId};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What a search assigns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variable {
    /// An action at an information set.
    Set(InfoSetId),
    /// A solution of the subgame with this number.
    Block(usize),
}

/// A check of an information set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Check {
    pub set: InfoSetId,
    /// Whether its reach is settled at this step.
    pub reach_known: bool,
    /// Whether the existence of a belief was checked at an earlier step.
    pub belief_known: bool,
}

/// What becomes computable at a step.
#[derive(Debug, Default)]
pub(crate) struct Step {
    /// Nodes whose value is now determined, children first.
    pub ready: Vec<NodeId>,
    pub checks: Vec<Check>,
    /// Blocks whose reach is now settled.
    pub entries: Vec<usize>,
}

/// A subgame without the subgames inside it.
#[derive(Debug)]
pub(crate) struct Region {
    pub root: NodeId,
    /// In the order of assignment.
    pub variables: Vec<Variable>,
    /// One step before any assignment, then one per variable.
    pub steps: Vec<Step>,
    /// Per unit with a set here, its sets, later ones first.
    pub own: Vec<(u32, Vec<InfoSetId>)>,
    /// Per set here (in the order of `own_below_of`), the same unit's sets below it, later first.
    pub own_below: Vec<(InfoSetId, Vec<InfoSetId>)>,
    /// All nodes, parents first; roots of blocks are the last on their paths.
    pub nodes: Vec<NodeId>,
    /// The same region assigned from the top down, if it is large enough to be worth it.
    pub downward: Option<Box<Region>>,
    /// Roots of the bordering blocks: node and number of the subgame.
    pub blocks: Vec<(NodeId, usize)>,
}

impl Region {
    /// The sets of `set`'s unit below it in this region, later ones first.
    pub fn own_below(&self, set: InfoSetId) -> &[InfoSetId] {
        match self.own_below.binary_search_by_key(&set, |(key, _)| *key) {
            Ok(found) => &self.own_below[found].1,
            Err(_) => &[],
        }
    }

    /// The sets of a unit in this region, later ones first.
    pub fn own_of(&self, unit: u32) -> &[InfoSetId] {
        match self.own.binary_search_by_key(&unit, |(key, _)| *key) {
            Ok(found) => &self.own[found].1,
            Err(_) => &[],
        }
    }

    /// The number of the block that starts at a node.
    pub fn block_at(&self, node: NodeId) -> Option<usize> {
        if node == self.root {
            return None;
        }
        let found = self.blocks.binary_search_by_key(&node, |(root, _)| *root).ok()?;
        Some(self.blocks[found].1)
    }
}

/// What regions are made from.
pub(crate) struct Context<'a> {
    pub form: &'a GameForm,
    pub unit: &'a [u32],
    pub recall: bool,
}

/// Where the subgames start.
pub(crate) struct Layout {
    /// Roots in descending order: inner subgames come before those around them.
    roots: Vec<NodeId>,
    /// Per node, the number of the subgame that starts there.
    starts: Vec<Option<u32>>,
}

impl Layout {
    /// Finds the proper subgames that own an information set, and the whole game.
    pub fn of(form: &GameForm) -> Self {
        let mut broken = vec![false; form.node_count()];
        let mut tops = Vec::with_capacity(form.info_sets().len());
        for set in form.info_set_ids() {
            tops.push(mark_broken(form, set, &mut broken));
        }
        let mut is_root = vec![false; form.node_count()];
        is_root[0] = true;
        for top in tops {
            let mut here = top;
            while broken[here.index()] {
                here = form.parent(here).expect("the whole game is a subgame");
            }
            is_root[here.index()] = true;
        }
        let roots: Vec<NodeId> = form.nodes().rev().filter(|node| is_root[node.index()]).collect();
        let mut starts = vec![None; form.node_count()];
        for (number, root) in roots.iter().enumerate() {
            starts[root.index()] = Some(number as u32);
        }
        Self { roots, starts }
    }
}

/// Marks the nodes that cannot start a subgame because of `set`; returns the last node above
/// all its members.
fn mark_broken(form: &GameForm, set: InfoSetId, broken: &mut [bool]) -> NodeId {
    let members = form.members(set);
    let Some((&first, rest)) = members.split_first() else { return GameForm::ROOT };
    let mut top = first;
    for &member in rest {
        let mut other = member;
        while top != other {
            // Parents have smaller indices, so the larger of two nodes is not above the other.
            let lower = if top > other { &mut top } else { &mut other };
            *lower = form.parent(*lower).expect("two nodes have a common ancestor");
        }
    }
    if members.len() > 1 {
        for &member in members {
            let mut here = member;
            while here != top {
                broken[here.index()] = true;
                here = form.parent(here).expect("a member lies below the top");
            }
        }
        if members.contains(&top) && top != GameForm::ROOT {
            broken[top.index()] = true;
        }
    }
    top
}

/// One region per subgame.
pub(crate) fn subgames(context: &Context<'_>, layout: &Layout) -> Vec<Region> {
    layout.roots.iter().map(|&root| build(context, root, &layout.starts)).collect()
}

/// The whole game as one region.
pub(crate) fn whole(context: &Context<'_>) -> Region {
    build(context, GameForm::ROOT, &vec![None; context.form.node_count()])
}

fn build(context: &Context<'_>, root: NodeId, starts: &[Option<u32>]) -> Region {
    let form = context.form;
    let block = |node: NodeId| if node == root { None } else { starts[node.index()] };
    let mut nodes = vec![root];
    let mut blocks = Vec::new();
    let mut next = 0;
    while next < nodes.len() {
        let node = nodes[next];
        next += 1;
        match block(node) {
            Some(number) => blocks.push((node, number as usize)),
            None => nodes.extend(form.children(node)),
        }
    }
    nodes.sort_unstable();
    blocks.sort_unstable();
    let variables = Order { form, block: &block, order: Vec::new() }.from(root);
    let downward = (variables.len() >= LARGE).then(|| {
        let reversed = variables.iter().rev().copied().collect();
        Box::new(scheduled(context, root, reversed, blocks.clone(), nodes.clone()))
    });
    Region { downward, ..scheduled(context, root, variables, blocks, nodes) }
}

/// From this number of variables on, a region is prepared for both directions.
const LARGE: usize = 8;

fn scheduled(
    context: &Context<'_>,
    root: NodeId,
    variables: Vec<Variable>,
    blocks: Vec<(NodeId, usize)>,
    nodes: Vec<NodeId>,
) -> Region {
    let mut region = Region {
        root,
        variables,
        steps: Vec::new(),
        own: Vec::new(),
        own_below: Vec::new(),
        nodes: Vec::new(),
        downward: None,
        blocks,
    };
    schedule(context, &mut region, &nodes);
    own_sets(context, &mut region);
    region.nodes = nodes;
    region
}

/// Orders variables from the bottom up.
struct Order<'a> {
    form: &'a GameForm,
    block: &'a dyn Fn(NodeId) -> Option<u32>,
    order: Vec<Variable>,
}

impl Order<'_> {
    fn from(mut self, root: NodeId) -> Vec<Variable> {
        let mut known = HashSet::new();
        let mut stack = vec![(None, self.first_below(&[root]), 0)];
        while let Some((variable, below, position)) = stack.last_mut() {
            if let Some(&next) = below.get(*position) {
                *position += 1;
                let key = match next {
                    Variable::Set(set) => (0, set.index()),
                    Variable::Block(number) => (1, number),
                };
                if known.insert(key) {
                    let entries = self.below(next);
                    stack.push((Some(next), entries, 0));
                }
            } else {
                if let Some(done) = *variable {
                    self.order.push(done);
                }
                stack.pop();
            }
        }
        self.order
    }

    /// The variables met next below a variable.
    fn below(&self, variable: Variable) -> Vec<Variable> {
        let Variable::Set(set) = variable else { return Vec::new() };
        let children: Vec<NodeId> =
            self.form.members(set).iter().flat_map(|&member| self.form.children(member)).collect();
        self.first_below(&children)
    }

    /// The variables met first at or below some nodes.
    fn first_below(&self, from: &[NodeId]) -> Vec<Variable> {
        let mut found = Vec::new();
        let mut stack: Vec<NodeId> = from.iter().rev().copied().collect();
        while let Some(node) = stack.pop() {
            if let Some(number) = (self.block)(node) {
                found.push(Variable::Block(number as usize));
                continue;
            }
            match self.form.kind(node) {
                NodeKind::Decision(set) => found.push(Variable::Set(set)),
                NodeKind::Chance(_) => stack.extend(self.form.children(node).rev()),
                NodeKind::End(_) => {}
            }
        }
        found.dedup();
        found
    }
}

/// Works out at which step what becomes known.
fn schedule(context: &Context<'_>, region: &mut Region, nodes: &[NodeId]) {
    let form = context.form;
    let mut time_of_set = HashMap::new();
    let mut time = HashMap::with_capacity(nodes.len());
    let roots: HashMap<usize, NodeId> =
        region.blocks.iter().map(|(root, number)| (*number, *root)).collect();
    let mut steps: Vec<Step> = Vec::new();
    steps.resize_with(region.variables.len() + 1, Step::default);
    for (position, variable) in region.variables.iter().enumerate() {
        match variable {
            Variable::Set(set) => {
                time_of_set.insert(*set, position + 1);
            }
            Variable::Block(number) => {
                time.insert(roots[number], position + 1);
            }
        }
    }
    for &node in nodes.iter().rev() {
        if time.contains_key(&node) {
            continue;
        }
        let mut ready = form.children(node).map(|child| time[&child]).max().unwrap_or(0);
        match form.kind(node) {
            NodeKind::Decision(set) => ready = ready.max(time_of_set[&set]),
            NodeKind::Chance(_) => {}
            NodeKind::End(_) => {
                time.insert(node, 0);
                continue;
            }
        }
        time.insert(node, ready);
        steps[ready].ready.push(node);
    }
    let above = |node: NodeId| {
        let (mut latest, mut here) = (0, node);
        while here != region.root {
            here = form.parent(here).expect("the region's root is above");
            if let NodeKind::Decision(set) = form.kind(here) {
                latest = latest.max(time_of_set[&set]);
            }
        }
        latest
    };
    for variable in &region.variables {
        match *variable {
            Variable::Set(set) => {
                let members = form.members(set);
                let belief = members.iter().map(|node| time[node]).max().unwrap_or(0);
                let reach = members.iter().map(|node| above(*node)).max().unwrap_or(0);
                let first = Check { set, reach_known: reach <= belief, belief_known: false };
                steps[belief].checks.push(first);
                if reach > belief {
                    let second = Check { set, reach_known: true, belief_known: true };
                    steps[reach].checks.push(second);
                }
            }
            Variable::Block(number) => {
                let root = roots[&number];
                steps[above(root).max(time[&root])].entries.push(number);
            }
        }
    }
    region.steps = steps;
}

/// Lists each unit's sets, and those below each set, later ones first.
fn own_sets(context: &Context<'_>, region: &mut Region) {
    let mut ranked = Vec::new();
    for variable in &region.variables {
        let Variable::Set(set) = *variable else { continue };
        let own = if context.recall { own_above(context, region.root, set) } else { Vec::new() };
        ranked.push((own.len(), set, own));
    }
    ranked.sort_by_key(|(rank, set, _)| (std::cmp::Reverse(*rank), *set));
    let mut own = BTreeMap::<u32, Vec<InfoSetId>>::new();
    let mut below = BTreeMap::<InfoSetId, Vec<InfoSetId>>::new();
    for (_, set, above) in ranked {
        own.entry(context.unit[set.index()]).or_default().push(set);
        for upper in above {
            below.entry(upper).or_default().push(set);
        }
    }
    region.own = own.into_iter().collect();
    region.own_below = below.into_iter().collect();
}

/// With perfect recall every member has the same own sets above it, so the first one will do.
fn own_above(context: &Context<'_>, root: NodeId, set: InfoSetId) -> Vec<InfoSetId> {
    let form = context.form;
    let unit = context.unit[set.index()];
    let mut found = Vec::new();
    let Some(&member) = form.members(set).first() else { return found };
    let mut here = member;
    while here != root {
        here = form.parent(here).expect("the region's root is above");
        if let NodeKind::Decision(upper) = form.kind(here)
            && context.unit[upper.index()] == unit
        {
            found.push(upper);
        }
    }
    found
}
