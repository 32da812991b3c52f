"""Exchange formats against Gambit's own reader.

Every game that pygambit ships is read by détente, written again, and read by pygambit: trees
must agree node by node (players, information sets, labels, probabilities, payoffs, recall),
strategic forms payoff by payoff. Further files can be named on the command line; a scenario
(.dtn) is checked for being readable and for perfect recall.

    python tests/peers/exchange.py [--detente target/release/detente] [FILE ...]
"""

import argparse
import itertools
import pathlib
import re
import subprocess
import sys
import tempfile

import pygambit as gbt


def export(detente, source, kind, target):
    """Lets détente write `source` as `kind`; its message if it refuses."""
    command = [detente, "export", str(source), f"--{kind}", "-o", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else done.stderr.strip() or "no message"


def children(node):
    """The children of a node, in the order of its actions."""
    return list(node.children)


def accumulated(node):
    """Payoffs of all outcomes from the root to a node."""
    total = [0] * len(node.game.players)
    while node is not None:
        if node.outcome:
            for index, player in enumerate(node.game.players):
                total[index] += gbt.Rational(node.outcome[player])
        node = node.parent
    return total


def tree_portrait(game):
    """A tree as a list of lines that depend on no numbering."""
    lines, open_nodes, numbers = [], [game.root], {}
    while open_nodes:
        node = open_nodes.pop()
        if node.is_terminal:
            lines.append(("end", node.label, tuple(accumulated(node))))
            continue
        actions = node.infoset.actions
        if node.player.is_chance:
            chances = tuple((a.label, gbt.Rational(a.prob)) for a in actions)
            lines.append(("chance", node.label, chances))
        else:
            key = (node.player.number, node.infoset.number)
            number = numbers.setdefault(key, len(numbers))
            labels = tuple(a.label for a in actions)
            lines.append((node.player.label, node.label, number, labels))
        open_nodes.extend(reversed(children(node)))
    return lines


def plain(labels):
    """Labels without the numbers by which a reader told empty or double ones apart: Gambit
    writes x_1, x_2, détente x, x (2)."""
    filled = [label or str(position + 1) for position, label in enumerate(labels)]
    stems = [re.sub(r"(_\d+| \(\d+\))$", "", label) for label in filled]
    doubled = [stems.count(stem) > 1 for stem in stems]
    return tuple(s if double else f for f, s, double in zip(filled, stems, doubled))


def relabelled(lines):
    """The same with plain labels of actions."""
    result = []
    for line in lines:
        if line[0] == "chance":
            labels = plain([label for label, _ in line[2]])
            line = (*line[:2], tuple(zip(labels, [p for _, p in line[2]])))
        elif len(line) == 4:
            line = (*line[:3], plain(line[3]))
        result.append(line)
    return result


def strategic_payoffs(game):
    """Payoffs of all pure profiles, in the order of the players' strategies."""
    players = list(game.players)
    found = []
    for profile in itertools.product(*[list(player.strategies) for player in players]):
        support = dict(zip(players, profile))
        labels = {player.label: support[player] for player in players}
        row = game[tuple(labels[player.label].number for player in players)]
        found.append(tuple(gbt.Rational(row[player]) for player in players))
    return found


def check_tree(detente, source, folder):
    """Complaints about one .efg file."""
    complaints = []
    target = folder / "tree.efg"
    refusal = export(detente, source, "efg", target)
    if refusal:
        return [f"refused: {refusal}"]
    before, after = gbt.read_efg(source), gbt.read_efg(target)
    if relabelled(tree_portrait(before)) != relabelled(tree_portrait(after)):
        complaints.append("the trees differ")
    if before.is_perfect_recall != after.is_perfect_recall:
        complaints.append("perfect recall differs")
    if before.title != after.title:
        complaints.append("the titles differ")
    again = folder / "again.efg"
    export(detente, target, "efg", again)
    if target.read_text() != again.read_text():
        complaints.append("the text is not stable")
    json, back = folder / "game.json", folder / "back.efg"
    export(detente, target, "json", json)
    export(detente, json, "efg", back)
    if target.read_text() != back.read_text():
        complaints.append("the way through JSON changes the text")
    return complaints + check_reduced(detente, source, before, folder)


def check_reduced(detente, source, before, folder):
    """Complaints about the reduced strategic form of a tree."""
    # Gambit lists all strategies when asked for one: bound their number first.
    bound = 1
    for player in before.players:
        for infoset in player.infosets:
            bound *= len(infoset.actions)
    if bound > 5000:
        return []
    sizes = [len(player.strategies) for player in before.players]
    target = folder / "reduced.nfg"
    refusal = export(detente, source, "nfg", target)
    if refusal:
        return [f"strategic form refused: {refusal}"]
    after = gbt.read_nfg(target)
    if [len(player.strategies) for player in after.players] != sizes:
        return [f"{sizes} strategies became {[len(p.strategies) for p in after.players]}"]
    if sorted(strategic_payoffs(before)) != sorted(strategic_payoffs(after)):
        return ["the payoffs of the strategic form differ"]
    return []


def check_strategic(detente, source, folder):
    """Complaints about one .nfg file."""
    target = folder / "form.nfg"
    refusal = export(detente, source, "nfg", target)
    if refusal:
        return [f"refused: {refusal}"]
    before, after = gbt.read_nfg(source), gbt.read_nfg(target)
    complaints = []
    if strategic_payoffs(before) != strategic_payoffs(after):
        complaints.append("the payoffs differ")
    for one, other in zip(before.players, after.players):
        if [s.label for s in one.strategies] != [s.label for s in other.strategies]:
            complaints.append("the strategies' names differ")
    tree = folder / "form.efg"
    refusal = export(detente, source, "efg", tree)
    if refusal:
        return complaints + [f"as a tree refused: {refusal}"]
    if sorted(strategic_payoffs(gbt.read_efg(tree))) != sorted(strategic_payoffs(before)):
        complaints.append("the tree's payoffs differ")
    return complaints


def check_scenario(detente, source, folder):
    """Complaints about the tree of a scenario."""
    target = folder / "scenario.efg"
    refusal = export(detente, source, "efg", target)
    if refusal:
        return [f"refused: {refusal}"]
    game = gbt.read_efg(target)
    complaints = [] if game.is_perfect_recall else ["Gambit finds imperfect recall"]
    for player in game.players:
        labels = [infoset.label for infoset in player.infosets]
        if len(labels) != len(set(labels)):
            complaints.append(f"labels of {player.label} are not unique")
    return complaints


CHECKS = {".efg": check_tree, ".nfg": check_strategic, ".dtn": check_scenario}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--detente", default="target/release/detente")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    arguments = parser.parse_args()
    shipped = pathlib.Path(gbt.__file__).parent
    files = sorted(path for path in shipped.rglob("*") if path.suffix in (".efg", ".nfg"))
    failures = 0
    for source in files + arguments.files:
        with tempfile.TemporaryDirectory() as folder:
            check = CHECKS[source.suffix]
            complaints = check(arguments.detente, source, pathlib.Path(folder))
        name = source.relative_to(shipped) if source in files else source
        print(f"{'FAIL' if complaints else 'ok':5}{name}", *complaints, sep="\n      ")
        failures += bool(complaints)
    print(f"{len(files) + len(arguments.files)} games, {failures} failures")
    if not files:
        print("pygambit ships no games: nothing was checked")
    sys.exit(1 if failures or not files else 0)


if __name__ == "__main__":
    main()
