"""What Gambit says of a tree, in words that depend on no numbering."""

import re

import pygambit as gbt


def in_order(game):
    """All nodes, depth first, children in the order of their actions."""
    open_nodes = [game.root]
    while open_nodes:
        node = open_nodes.pop()
        yield node
        if not node.is_terminal:
            open_nodes.extend(reversed(list(node.children)))


def ends(game):
    """All ends, depth first."""
    return [node for node in in_order(game) if node.is_terminal]


def own_payoffs(node):
    """What the outcome of one node pays."""
    if not node.outcome:
        return None
    return tuple(gbt.Rational(node.outcome[player]) for player in node.game.players)


def portrait(game):
    """A tree as a list of lines: kinds, labels, information sets, probabilities and payoffs.

    A payoff is told at the node where it stands; an outcome that pays nothing to anybody is told
    like none.
    """
    lines, numbers = [tuple(player.label for player in game.players)], {}
    for node in in_order(game):
        paid = own_payoffs(node)
        paid = paid if paid and any(paid) else None
        outcome = node.outcome.label if node.outcome else ""
        if node.is_terminal:
            lines.append(("end", node.label, outcome, paid))
        elif node.player.is_chance:
            chances = tuple((a.label, gbt.Rational(a.prob)) for a in node.infoset.actions)
            lines.append(("chance", node.label, outcome, paid, chances))
        else:
            key = (node.player.number, node.infoset.number)
            number = numbers.setdefault(key, len(numbers))
            labels = tuple(action.label for action in node.infoset.actions)
            place = (node.player.label, node.infoset.label, number)
            lines.append(("choice", node.label, outcome, paid, labels, *place))
    return lines


def shape(game):
    """The portrait without labels: two games with one shape are one game."""
    lines = []
    for line in portrait(game)[1:]:
        kind, _, _, paid, *rest = line
        if kind == "chance":
            rest = [probability for _, probability in rest[0]]
        elif kind == "choice":
            labels, player, _, number = rest
            rest = (len(labels), player, number)
        lines.append((kind, paid, *rest))
    return lines


def plain(labels):
    """Labels without the numbers by which a reader told empty or double ones apart: Gambit
    writes x_1, x_2, détente x, x (2)."""
    filled = [label or str(position + 1) for position, label in enumerate(labels)]
    stems = [re.sub(r"(_\d+| \(\d+\))$", "", label) for label in filled]
    doubled = [stems.count(stem) > 1 for stem in stems]
    return tuple(s if double else f for f, s, double in zip(filled, stems, doubled))


def relabelled(lines):
    """A portrait with plain labels of actions and no numbers after double labels of sets."""
    result = [lines[0]]
    for line in lines[1:]:
        if line[0] == "chance":
            labels = plain([label for label, _ in line[4]])
            line = (*line[:4], tuple(zip(labels, [p for _, p in line[4]])))
        elif line[0] == "choice":
            line = (*line[:4], plain(line[4]), *line[5:])
        result.append(line)
    return result


def choices_by_set(game, sets):
    """Gambit's information sets in détente's order: `sets` has détente's number for every
    decision, depth first."""
    found = [None] * (max(sets, default=-1) + 1)
    decisions = [n for n in in_order(game) if not n.is_terminal and not n.player.is_chance]
    for node, number in zip(decisions, sets, strict=True):
        if found[number] is None:
            found[number] = node.infoset
        elif found[number] != node.infoset:
            raise ValueError(f"set {number} is two sets for Gambit")
    return found


def with_profile(game, sets, profile):
    """The behaviour profile of a list of probabilities, set by set."""
    behaviour = game.mixed_behavior_profile(rational=True)
    for infoset, probabilities in zip(choices_by_set(game, sets), profile, strict=True):
        for action, probability in zip(infoset.actions, probabilities, strict=True):
            behaviour[action] = gbt.Rational(probability)
    return behaviour


def profile_of(behaviour, game, sets):
    """The list of a behaviour profile's probabilities, set by set."""
    return [
        [str(gbt.Rational(behaviour[action])) for action in infoset.actions]
        for infoset in choices_by_set(game, sets)
    ]
