"""Who may call a profile an equilibrium: exact arithmetic that shares nothing with any solver.

Of Gambit only the tree is taken. A profile is a list of probabilities, information set by
information set, in détente's order of the sets; for a strategic form, player by player.
"""

import collections
import fractions

import trees

# `set` is None at ends and at chance nodes, `chances` is None elsewhere.
Node = collections.namedtuple("Node", "payoffs player set chances children")


class Referee:
    """A game of perfect recall, ready to judge profiles."""

    def __init__(self, game, sets):
        self.players = len(game.players)
        self.root = of_tree(game, sets) if game.is_tree else of_table(game)
        values = [list(map(sum, zip(*path))) for path in payments(self.root, ())]
        self.range = max(max(v) - min(v) for v in zip(*values)) or fractions.Fraction(1)

    def values(self, profile):
        """The expected payoff of every player."""
        total = [fractions.Fraction(0)] * self.players
        open_nodes = [(self.root, fractions.Fraction(1))]
        while open_nodes:
            node, weight = open_nodes.pop()
            total = [have + weight * more for have, more in zip(total, node.payoffs)]
            shares = node.chances or (profile[node.set] if node.children else ())
            open_nodes += [(c, weight * p) for c, p in zip(node.children, shares) if p]
        return total

    def best(self, player, profile, start=None):
        """What a player gets at most against the others' behaviour.

        Nodes reached by the others and by chance are gathered by his information sets; with perfect
        recall all members of a set are met together, so each set's action can be chosen alone.
        """
        open_nodes = start or [(self.root, fractions.Fraction(1))]
        total, own = fractions.Fraction(0), collections.defaultdict(list)
        while open_nodes:
            node, weight = open_nodes.pop()
            total += weight * node.payoffs[player]
            if node.set is not None and node.player == player:
                own[node.set].append((node, weight))
                continue
            shares = node.chances or (profile[node.set] if node.children else ())
            open_nodes += [(c, weight * p) for c, p in zip(node.children, shares) if p]
        for members in own.values():
            count = len(members[0][0].children)
            total += max(
                self.best(player, profile, [(node.children[a], w) for node, w in members])
                for a in range(count)
            )
        return total

    def regret(self, profile):
        """The most that anybody can gain by another plan; 0 for a Nash equilibrium."""
        values = self.values(profile)
        return max(self.best(p, profile) - values[p] for p in range(self.players))

    def plan(self, profile):
        """What matters of a profile: how likely each player's own moves lead to each end that chance
        allows. Elsewhere anything is played in an equilibrium, and lists differ in what they show."""
        found, one = [], fractions.Fraction(1)
        open_nodes = [(self.root, (one,) * self.players)]
        while open_nodes:
            node, weights = open_nodes.pop()
            if not node.children:
                found.append(weights)
            for position, child in enumerate(node.children):
                own = weights
                if node.chances and not node.chances[position]:
                    continue
                if node.set is not None:
                    share = weights[node.player] * profile[node.set][position]
                    own = (*weights[: node.player], share, *weights[node.player + 1 :])
                open_nodes.append((child, own))
        return tuple(zip(*found))


def payments(node, before):
    """For every end, what is paid on the way to it."""
    here = (*before, node.payoffs)
    if not node.children:
        return [here]
    return [path for child in node.children for path in payments(child, here)]


def of_tree(game, sets):
    """The tree, with détente's numbers of the sets: `sets` has them depth first."""
    numbers = {}
    for number, infoset in enumerate(trees.choices_by_set(game, sets)):
        if infoset is not None:
            numbers[infoset.player.number, infoset.number] = number

    def node_of(node):
        paid = trees.own_payoffs(node)
        paid = tuple(map(exact, paid)) if paid else (fractions.Fraction(0),) * len(game.players)
        if node.is_terminal:
            return Node(paid, None, None, None, ())
        children = tuple(node_of(child) for child in node.children)
        if node.player.is_chance:
            return Node(paid, None, None, [exact(a.prob) for a in node.infoset.actions], children)
        who = node.player.number
        return Node(paid, who, numbers[who, node.infoset.number], None, children)

    return node_of(game.root)


def of_table(game):
    """A strategic form as a tree: one player after the other, nobody sees anything."""
    sizes = [len(player.strategies) for player in game.players]
    players, nothing = list(game.players), (fractions.Fraction(0),) * len(sizes)

    def node_of(chosen):
        if len(chosen) == len(sizes):
            outcome = game[tuple(chosen)]
            return Node(tuple(exact(outcome[p]) for p in players), None, None, None, ())
        who = len(chosen)
        children = tuple(node_of((*chosen, option)) for option in range(sizes[who]))
        return Node(nothing, who, who, None, children)

    return node_of(())


def exact(number):
    """A number of another program as a fraction: rationals and doubles alike without loss."""
    if isinstance(number, float):
        return fractions.Fraction(number)
    return fractions.Fraction(str(number))


def exactly(profile):
    """A profile of texts or numbers as fractions."""
    return [[exact(number) for number in own] for own in profile]


def filled(profile):
    """Where a player's own plan never leads, other programs write zeros: there, his first action;
    doubles are made to add up to 1."""
    done = []
    for own in profile:
        total = sum(own)
        done.append([p / total for p in own] if total else [fractions.Fraction(1)] + own[1:])
    return done


