"""All Nash equilibria of two-player games, found by détente, lrsnash and Gambit.

- Strategic forms, many with ties: the extreme equilibria of lrsnash and of Gambit's enumeration in
  rationals are exactly the corners of ours.
- Trees: each of our corners is an equilibrium that Gambit finds in the reduced strategic form, and
  our verifier accepts each of Gambit's.

    python tests/peers/two_players.py COMMAND [--seed TEXT] [--forms N] [--trees N]

COMMAND is the example `peers` of the command's crate, already built. Without lrsnash (in Debian's
package lrslib) strategic forms are compared with Gambit alone, and this is said.
"""

import argparse
import fractions
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import pygambit as gbt

import bounded
import random_programs
import trees

# Seconds another program may take over one game.
PATIENCE = 20
# Gambit goes through the pure strategies of the reduced strategic form.
MOST_STRATEGIES = 40


class Form:
    """A random strategic form with whole payoffs, often with ties and double strategies."""

    def __init__(self, seed):
        dice = random.Random(seed)
        self.rows, self.columns = dice.randint(1, 7), dice.randint(1, 7)
        most = dice.choice((1, 2, 3, 9, 999))
        low = dice.choice((0, -most))
        self.payoffs = [
            [[dice.randint(low, most) for _ in range(self.columns)] for _ in range(self.rows)]
            for _ in range(2)
        ]
        kind = dice.choice(("any", "any", "zero sum", "common", "double"))
        if kind == "zero sum":
            self.payoffs[1] = [[-value for value in row] for row in self.payoffs[0]]
        if kind == "common":
            self.payoffs[1] = [list(row) for row in self.payoffs[0]]
        if kind == "double":
            for matrix in self.payoffs:
                matrix[-1] = list(matrix[0])
                for row in matrix:
                    row[-1] = row[0]

    def nfg(self):
        """The form as Gambit writes it, the first player's strategy fastest."""
        cells = [(row, column) for column in range(self.columns) for row in range(self.rows)]
        numbers = [matrix[row][column] for row, column in cells for matrix in self.payoffs]
        head = f'NFG 1 R "random" {{ "A" "B" }} {{ {self.rows} {self.columns} }}\n\n'
        return head + " ".join(map(str, numbers)) + "\n"

    def lrs(self):
        """The form as lrsnash reads it."""
        lines = [f"{self.rows} {self.columns}", ""]
        for matrix in self.payoffs:
            lines += [" ".join(map(str, row)) for row in matrix] + [""]
        return "\n".join(lines)


def exact(numbers):
    """Numbers as fractions."""
    return tuple(fractions.Fraction(str(number)) for number in numbers)


def by_lrsnash(path):
    """Extreme equilibria: after the second player's strategies comes the first player's."""
    said = subprocess.run(["lrsnash", str(path)], capture_output=True, text=True, check=True)
    found, seconds = set(), []
    for line in said.stdout.splitlines():
        words = line.split()
        if not words:
            seconds = []
        elif words[0] == "2":
            seconds.append(exact(words[1:-1]))
        elif words[0] == "1":
            found |= {(exact(words[1:-1]), second) for second in seconds}
    return found


def by_gambit(path):
    """Extreme equilibria of Gambit's enumeration."""
    game = gbt.read_nfg(path)
    found = gbt.nash.enummixed_solve(game, rational=True).equilibria
    return {
        tuple(exact(p[s] for s in player.strategies) for player in game.players) for p in found
    }


def ours(path):
    """What the command wrote of a game."""
    return json.loads(path.with_suffix(".json").read_text())


def corners(claimed):
    """Corners of all components as mixed strategies of players who decide once."""
    return {
        tuple(exact(own) for own in corner)
        for component in claimed["nash"]
        for corner in component["corners"]
    }


def check_forms(command, seed, count):
    """Complaints about strategic forms."""
    with_lrs = shutil.which("lrsnash") is not None
    if not with_lrs:
        print("  lrsnash is not installed: compared with Gambit alone")
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        for number in range(count):
            form = Form(f"{seed}/{number}")
            (folder / f"{number:05}.nfg").write_text(form.nfg())
            (folder / f"{number:05}.lrs").write_text(form.lrs())
        subprocess.run([command, str(folder), "nash"], check=True, timeout=600)
        paths = sorted(folder.glob("*.nfg"))
        complaints = compare(paths, by_gambit, paths, "Gambit")
        if with_lrs:
            texts = [path.with_suffix(".lrs") for path in paths]
            complaints += compare(texts, by_lrsnash, paths, "lrsnash")
        continua = sum(any(len(c["corners"]) > 1 for c in ours(path)["nash"]) for path in paths)
        print(f"{count} strategic forms, {continua} with continua: {len(complaints)} complaints")
        if count >= 100 and continua < count // 5:
            complaints.append("strategic forms: too few continua")
        return complaints


def compare(inputs, peer, paths, name):
    """Complaints about extreme equilibria that one side alone lists."""
    complaints, unfinished = [], 0
    for path, theirs in zip(paths, bounded.each(peer, inputs, PATIENCE)):
        if isinstance(theirs, bounded.Unfinished):
            unfinished += 1
        elif (mine := corners(ours(path))) != theirs:
            complaints.append(
                f"{path.read_text()}{name} alone: {theirs - mine}, détente alone: {mine - theirs}"
            )
    print(f"  {name} finished {len(paths) - unfinished} of {len(paths)}")
    if unfinished > len(paths) // 10:
        complaints.append(f"{name} did not finish {unfinished} of {len(paths)} games")
    return complaints


def plans(game, behaviour):
    """What matters of a behaviour profile: how likely each player's own moves lead to each end."""
    found = []
    for end in trees.ends(game):
        weights = [fractions.Fraction(1)] * len(game.players)
        node = end
        while node.parent is not None:
            action, node = node.prior_action, node.parent
            if not node.player.is_chance:
                weights[node.player.number] *= fractions.Fraction(str(behaviour[action]))
        found.append(tuple(weights))
    return tuple(found)


def tree_by_gambit(item):
    """The plans of Gambit's equilibria and of our corners; and Gambit's as behaviour."""
    path, claimed = item
    game = gbt.read_efg(path)
    found = gbt.nash.enummixed_solve(game, rational=True).equilibria
    found = [profile.as_behavior() for profile in found]
    theirs = {plans(game, profile) for profile in found}
    mine = set()
    for component in claimed["nash"]:
        for corner in component["corners"]:
            mine.add(plans(game, trees.with_profile(game, claimed["sets"], corner)))
    lists = [trees.profile_of(profile, game, claimed["sets"]) for profile in found]
    return len(mine), mine - theirs, [[filled(own) for own in sets] for sets in lists]


def filled(probabilities):
    """Where a player's own plan never leads, Gambit writes zeros: there, his first action."""
    if any(fractions.Fraction(p) for p in probabilities):
        return probabilities
    return ["1"] + probabilities[1:]


def strategies(game):
    """How many pure strategies a player has at most, sets that do not matter counted too."""
    most = 1
    for player in game.players:
        count = 1
        for infoset in player.infosets:
            count *= len(infoset.actions)
        most = max(most, count)
    return most


def plain_trees(seed, count):
    """Scenarios without what Gambit's behaviour profiles do not tell: moves after what has
    probability 0, and chances that players see differently."""
    texts, number = [], 0
    while len(texts) < count:
        made = random_programs.Program(f"{seed} trees/{number}", most_ends=20, players=(2, 2))
        text, number = made.text(), number + 1
        if not made.used["probability 0"] and not made.used["differing priors"]:
            texts.append(text)
    return texts


def check_trees(command, seed, count):
    """Complaints about trees."""
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        texts = plain_trees(seed, count)
        for number, text in enumerate(texts):
            (folder / f"{number:05}.dtn").write_text(text)
        subprocess.run([command, str(folder), "nash"], check=True, timeout=600)
        games = [(path, ours(path)) for path in sorted(folder.glob("*.efg"))]
        unfinished = sum(said["nash"] is None for _, said in games)
        complaints = []
        small = [
            (path, said)
            for path, said in games
            if said["nash"] is not None and strategies(gbt.read_efg(path)) <= MOST_STRATEGIES
        ]
        results = bounded.each(tree_by_gambit, small, PATIENCE)
        compared = [
            (path, result)
            for (path, _), result in zip(small, results)
            if not isinstance(result, bounded.Unfinished)
        ]
        judged = folder / "judged"
        judged.mkdir()
        for path, (_, missing, lists) in compared:
            if missing:
                complaints.append(f"{path.with_suffix('.dtn').read_text()}Gambit lacks {missing}")
            shutil.copy(path.with_suffix(".dtn"), judged)
            (judged / path.name).with_suffix(".profiles").write_text(json.dumps(lists))
        subprocess.run([command, str(judged), "judge"], check=True, timeout=600)
        for path, _ in compared:
            verdicts = ours(judged / path.name)["verdicts"]
            if not all(verdicts):
                complaints.append(f"{path.with_suffix('.dtn').read_text()}refused: {verdicts}")
        total = sum(number for _, (number, _, _) in compared)
        print(f"{count} trees, {len(compared)} compared, {total} corners: {len(complaints)} complaints")
        print(f"  too many corners or trials: {unfinished}")
        if unfinished > count // 4:
            complaints.append(f"trees: our search did not finish {unfinished} of {count}")
        if len(compared) < count // 3:
            complaints.append(f"trees: only {len(compared)} of {count} compared")
        return complaints


def main():
    """Runs both checks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command")
    parser.add_argument("--seed", default="peers 1")
    parser.add_argument("--forms", type=int, default=300)
    parser.add_argument("--trees", type=int, default=150)
    arguments = parser.parse_args()
    bounded.limit_memory()
    complaints = check_forms(arguments.command, arguments.seed, arguments.forms)
    complaints += check_trees(arguments.command, arguments.seed, arguments.trees)
    print(*(complaint[:2_000] for complaint in complaints[:5]), sep="\n")
    print(f"{len(complaints)} complaints; largest process {bounded.peak_memory()} MiB")
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()
