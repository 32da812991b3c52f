"""Random scenarios, compiled by détente and judged by Gambit.

1,000 programs: Gambit's own test must find perfect recall in every tree, and count the same nodes,
ends and information sets. 200 small ones: the outcomes of all pure Nash equilibria must be the
same set.

    python tests/peers/random_games.py COMMAND [--programs N] [--small N]

COMMAND is the example `peers` of the command's crate, already built.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import pygambit as gbt

import random_programs

SEED = "peers 1"
# Gambit enumerates all contingencies: beyond so many a game is left out and counted as such.
MOST_CONTINGENCIES = 3_000


def compile_all(command, texts, folder, *words):
    """Lets détente write what it claims of every text; pairs of a tree's file and the claims."""
    for number, text in enumerate(texts):
        (folder / f"{number:04}.dtn").write_text(text)
    subprocess.run([command, str(folder), *words], check=True)
    paths = sorted(folder.glob("*.efg"))
    if len(paths) != len(texts):
        sys.exit(f"{len(texts)} programs became {len(paths)} trees")
    return [(path, json.loads(path.with_suffix(".json").read_text())) for path in paths]


def portrait(game):
    """What Gambit says of a tree."""
    nodes = list(game.nodes)
    return {
        "nodes": len(nodes),
        "ends": sum(node.is_terminal for node in nodes),
        "situations": [len(player.infosets) for player in game.players],
        "perfect_recall": game.is_perfect_recall,
    }


def ends_in_order(game):
    """All ends, depth first."""
    found, open_nodes = [], [game.root]
    while open_nodes:
        node = open_nodes.pop()
        if node.is_terminal:
            found.append(node)
        else:
            open_nodes.extend(reversed(list(node.children)))
    return found


def outcomes(game):
    """The outcomes of all pure Nash equilibria: which ends, how likely."""
    ends = ends_in_order(game)
    found = set()
    for strategies in gbt.nash.enumpure_solve(game).equilibria:
        behaviour = strategies.as_behavior()
        likely = [(number, behaviour.realiz_prob(end)) for number, end in enumerate(ends)]
        found.add(tuple((n, str(gbt.Rational(p))) for n, p in likely if p != 0))
    return found


def contingencies(game):
    """How many pure strategy profiles Gambit would go through."""
    product = 1
    for player in game.players:
        product *= len(player.strategies)
    return product


def check_trees(command, count):
    """Complaints about perfect recall and sizes."""
    complaints, nodes, situations = [], 0, 0
    with tempfile.TemporaryDirectory() as place:
        texts = random_programs.programs(count, SEED)
        for path, claimed in compile_all(command, texts, pathlib.Path(place)):
            seen = portrait(gbt.read_efg(path))
            nodes += seen["nodes"]
            situations += sum(seen["situations"])
            if seen != claimed or not seen["perfect_recall"]:
                complaints.append(f"{path.name}: Gambit sees {seen}, détente says {claimed}")
    print(f"{count} programs, {nodes} nodes, {situations} situations: {len(complaints)} differ")
    return complaints


def check_equilibria(command, count):
    """Complaints about pure Nash equilibria."""
    complaints, compared, found, empty, largest = [], 0, 0, 0, 0
    with tempfile.TemporaryDirectory() as place:
        texts = random_programs.programs(4 * count, f"{SEED} small", most_ends=8, players=(2, 3))
        for path, claimed in compile_all(command, texts, pathlib.Path(place), "nash"):
            # Small ones only: the size of the strategic form is a product over situations.
            if compared == count or sum(claimed["situations"]) > 12:
                continue
            game = gbt.read_efg(path)
            size = contingencies(game)
            if size > MOST_CONTINGENCIES:
                continue
            ours = {tuple(map(tuple, outcome)) for outcome in claimed["nash"]}
            theirs = outcomes(game)
            compared, found, empty = compared + 1, found + len(theirs), empty + (not theirs)
            largest = max(largest, size)
            if ours != theirs:
                complaints.append(
                    f"{path.name}: {len(ours - theirs)} outcomes are ours only, "
                    f"{len(theirs - ours)} Gambit's only\n{path.with_suffix('.dtn').read_text()}"
                )
    print(
        f"{compared} small games (up to {largest} contingencies, {empty} without a pure "
        f"equilibrium), {found} outcomes of pure Nash equilibria: {len(complaints)} games differ"
    )
    if compared < count:
        complaints.append(f"only {compared} of {count} games were small enough")
    return complaints


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command")
    parser.add_argument("--programs", type=int, default=1000)
    parser.add_argument("--small", type=int, default=200)
    arguments = parser.parse_args()
    complaints = check_trees(arguments.command, arguments.programs)
    complaints += check_equilibria(arguments.command, arguments.small)
    print(*complaints[:10], sep="\n")
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()
