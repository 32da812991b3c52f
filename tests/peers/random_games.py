"""Random scenarios, compiled by détente and judged by Gambit.

- Gambit finds perfect recall in every tree and counts the same nodes, ends, players and
  information sets.
- The outcomes of all pure Nash equilibria are the same set, and so are their numbers in the
  strategic form.
- Zero-sum games have the same value, and our optimal strategies leave nobody any regret.
- In two-stage games each of our mixed equilibria leaves no regret, and each of Gambit's is one of
  ours and passes our verifier.

    python tests/peers/random_games.py COMMAND [--seed TEXT] [--programs N] [--pure N] ...

COMMAND is the example `peers` of the command's crate, already built. Every game has a process of
its own, with bounds on time and memory; what Gambit does not finish is counted, never passed over
in silence.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import pygambit as gbt

import bounded
import random_programs
import trees

# Gambit enumerates all contingencies: beyond so many a game is left out and counted as such.
MOST_CONTINGENCIES = 3_000
# Seconds Gambit may take over one game.
PATIENCE = 6
# The share of games that Gambit may leave unfinished before a check says nothing any more.
MOST_UNFINISHED = 0.1


def compile_all(command, texts, folder, word=""):
    """Lets détente write what it claims of every text; pairs of a tree's file and the claims."""
    for number, text in enumerate(texts):
        (folder / f"{number:05}.dtn").write_text(text)
    subprocess.run([command, str(folder), *filter(None, [word])], check=True, timeout=300)
    paths = sorted(folder.glob("*.efg"))
    if len(paths) != len(texts):
        sys.exit(f"{len(texts)} programs became {len(paths)} trees")
    return [(path, claims(path)) for path in paths]


def claims(path):
    """What détente says of a tree."""
    return json.loads(path.with_suffix(".json").read_text())


def source(path):
    """The scenario of a tree, for complaints."""
    return path.with_suffix(".dtn").read_text()


def told(what, results, least):
    """Complaints about results that are missing: `least` games must have been finished."""
    unfinished = [r for r in results if isinstance(r, bounded.Unfinished)]
    if unfinished:
        reasons = collections.Counter(r.why for r in unfinished)
        print(f"  Gambit did not finish {len(unfinished)} of {len(results)}: {dict(reasons)}")
    if len(results) - len(unfinished) < least:
        return [f"{what}: only {len(results) - len(unfinished)} games compared, not {least}"]
    return []


# Perfect recall and sizes


def what_gambit_counts(item):
    """What Gambit says of a tree, and whether labels are unique."""
    path, claimed = item
    game = gbt.read_efg(path)
    nodes = list(game.nodes)
    trees.choices_by_set(game, claimed["sets"])
    labels = [[infoset.label for infoset in player.infosets] for player in game.players]
    return {
        "nodes": len(nodes),
        "ends": sum(node.is_terminal for node in nodes),
        "players": len(game.players),
        "situations": [len(player.infosets) for player in game.players],
        "perfect_recall": game.is_perfect_recall,
    }, all(len(own) == len(set(own)) for own in labels)


def check_trees(command, seed, count):
    """Complaints about perfect recall, sizes and labels."""
    used = collections.Counter()
    texts = random_programs.programs(count, seed, used)
    if texts != random_programs.programs(count, seed):
        return ["the same seed wrote other programs"]
    complaints, sizes, hidden = [], [], 0
    with tempfile.TemporaryDirectory() as place:
        games = compile_all(command, texts, pathlib.Path(place))
        results = bounded.each(what_gambit_counts, games, PATIENCE)
        for (path, claimed), result in zip(games, results):
            if isinstance(result, bounded.Unfinished):
                complaints.append(f"{path.name}: {result}")
                continue
            seen, unique = result
            sizes.append(seen["nodes"])
            hidden += len(claimed["sets"]) > sum(claimed["situations"])
            if any(claimed[key] != seen[key] for key in seen) or not seen["perfect_recall"]:
                complaints.append(f"{path.name}: Gambit sees {seen}, détente says {claimed}")
            if not unique:
                complaints.append(f"{path.name}: labels of information sets are not unique")
    print(f"{count} programs, {len(set(texts))} different ones: {len(complaints)} complaints")
    tell_census(used, sizes, hidden)
    if count >= 500 and min(used[word] for word in WANTED) < count // 100:
        complaints.append(f"the programs are too plain: {used}")
    return complaints


# Constructs that at least every hundredth program must use.
WANTED = (
    "2 players", "3 players", "4 players", "A and B choose", "and, or, not", "as a case",
    "as a word", "as an event", "as happened", "block", "chance", "chance in together", "chooses",
    "chooses secretly", "chooses, seen by some", "comparison of cards", "differing priors", "draw",
    "draw except", "else", "else if", "gains or loses", "if", "if, level 2", "if, level 3",
    "option if", "probability 0", "repeat", "reveal", "reveal to", "seen by a team", "seen by all",
    "seen by nobody", "seen by some", "signal", "stop", "stop in repeat", "team", "three types",
    "together", "types",
)  # fmt: skip


def tell_census(used, sizes, hidden):
    """Prints how rich the programs are."""
    sizes = sorted(sizes)
    if not sizes:
        return
    parts = [sizes[len(sizes) * part // 10] for part in range(10)] + [sizes[-1]]
    print(f"  nodes: {sum(sizes)} in all; each tenth of the games from {parts}")
    print(f"  games in which somebody does not know where he is: {hidden}")
    print("  games with:", ", ".join(f"{word} {number}" for word, number in sorted(used.items())))


# Pure equilibria


def contingencies(game):
    """How many pure strategy profiles Gambit would go through, at most."""
    product = 1
    for player in game.players:
        for infoset in player.infosets:
            product *= len(infoset.actions)
    # Reduced strategies are fewer; Gambit lists them all to count them.
    if product > 200 * MOST_CONTINGENCIES:
        return product
    product = 1
    for player in game.players:
        product *= len(player.strategies)
    return product


def pure_equilibria(path):
    """The shape of a tree, its contingencies and, if these are few, the pure equilibria: their
    outcomes, and how many there are in the tree's and in the written strategic form."""
    game = gbt.read_efg(path)
    size = contingencies(game)
    if size > MOST_CONTINGENCIES:
        return None
    ends, outcomes = trees.ends(game), set()
    equilibria = gbt.nash.enumpure_solve(game).equilibria
    for strategies in equilibria:
        behaviour = strategies.as_behavior()
        likely = [(number, behaviour.realiz_prob(end)) for number, end in enumerate(ends)]
        outcomes.add(tuple((n, str(gbt.Rational(p))) for n, p in likely if p != 0))
    form = path.with_suffix(".nfg")
    written = len(gbt.nash.enumpure_solve(gbt.read_nfg(form)).equilibria) if form.exists() else None
    return repr(trees.shape(game)), size, outcomes, len(equilibria), written


def compare_pure(path, claimed, outcomes, count, written):
    """Complaints about the pure equilibria of one game."""
    complaints = []
    ours = {tuple(map(tuple, outcome)) for outcome in claimed["pure"]}
    if ours != outcomes:
        complaints.append(
            f"{path.name}: {len(ours - outcomes)} outcomes are ours only, "
            f"{len(outcomes - ours)} Gambit's only\n{source(path)}"
        )
    if written not in (None, count):
        complaints.append(
            f"{path.name}: {count} equilibria of the tree, {written} of the strategic form"
            f"\n{source(path)}"
        )
    return complaints


def check_pure(command, seed, count):
    """Complaints about pure Nash equilibria."""
    complaints, shapes, found, empty, largest = [], set(), 0, 0, 0
    counts, plays = collections.Counter(), 0
    with tempfile.TemporaryDirectory() as place:
        options = {"most_ends": 9, "players": (2, 4), "tense": True}
        texts = random_programs.programs(3 * count, f"{seed} pure", **options)
        games = compile_all(command, texts, pathlib.Path(place), "pure")
        games = [(path, claimed) for path, claimed in games if sum(claimed["situations"]) <= 14]
        results = bounded.each(pure_equilibria, [path for path, _ in games], PATIENCE)
        complaints += told("pure equilibria", results, count)
        for (path, claimed), result in zip(games, results):
            if result is None or isinstance(result, bounded.Unfinished):
                continue
            form, size, outcomes, equilibria, written = result
            if form in shapes or claimed["pure"] is None:
                continue
            shapes.add(form)
            counts[claimed["players"]] += 1
            found, empty, largest = found + len(outcomes), empty + (not outcomes), max(largest, size)
            plays += equilibria
            complaints += compare_pure(path, claimed, outcomes, equilibria, written)
    print(
        f"{len(shapes)} different small games (players: {dict(sorted(counts.items()))}; up to "
        f"{largest} contingencies; {empty} without a pure equilibrium), {plays} pure Nash "
        f"equilibria with {found} outcomes: {len(complaints)} complaints"
    )
    if len(shapes) < count:
        complaints.append(f"only {len(shapes)} of {count} games could be compared")
    return complaints


# Values


def zero_sum(item):
    """What Gambit makes of a zero-sum game: the shape, its value, whether its own equilibrium is
    one by its own measure, and whether ours is."""
    path, claimed = item
    game = gbt.read_efg(path)
    profile = trees.with_profile(game, claimed["sets"], claimed["value"]["profile"])
    first = next(iter(game.players))
    theirs = gbt.nash.lp_solve(game, rational=True).equilibria[0]
    return (
        repr(trees.shape(game)),
        str(theirs.payoff(first)),
        is_profile(theirs, game) and theirs.max_regret() == 0,
        str(profile.payoff(first)),
        profile.max_regret() == 0,
    )


def is_profile(behaviour, game):
    """Whether the probabilities add up to 1 at every information set.

    `lp_solve` (16.7.0) also returns lists with a set of zeros, at which play ends in the middle of
    the tree: such a list has no regret, and a payoff that means nothing.
    """
    sets = [infoset for player in game.players for infoset in player.infosets]
    return all(sum(behaviour[action] for action in infoset.actions) == 1 for infoset in sets)


def is_contest(claimed):
    """Whether both decide something, in a game that Gambit's program solves: beyond about 20 sets
    it runs for minutes or out of memory."""
    return min(claimed["situations"]) > 0 and sum(claimed["situations"]) <= 18


def check_values(command, seed, count):
    """Complaints about values of zero-sum games."""
    complaints, shapes, regretted, wrong, mixing = [], set(), 0, [], 0
    with tempfile.TemporaryDirectory() as place:
        options = {"most_ends": 40, "players": (2, 2), "tense": True, "zero_sum": True}
        texts = random_programs.programs(3 * count, f"{seed} value", **options)
        games = compile_all(command, texts, pathlib.Path(place), "value")
        games = [game for game in games if is_contest(game[1])]
        results = bounded.each(zero_sum, games, PATIENCE)
        complaints += told("values", results, int(len(results) * (1 - MOST_UNFINISHED)))
        for (path, claimed), result in zip(games, results):
            if isinstance(result, bounded.Unfinished):
                continue
            form, theirs, theirs_fine, ours, ours_fine = result
            shapes.add(form)
            value = claimed["value"]["value"]
            mixing += any("/" in p for probabilities in claimed["value"]["profile"] for p in probabilities)
            if ours != value or not ours_fine:
                complaints.append(f"{path.name}: our value {value} is not kept\n{source(path)}")
            elif theirs != value and theirs_fine:
                complaints.append(f"{path.name}: {value}, Gambit says {theirs}\n{source(path)}")
            elif theirs != value:
                # By its own measure Gambit's solution is none, and ours is.
                wrong.append(path.name)
            regretted += not theirs_fine
    print(
        f"{len(shapes)} different zero-sum games, {mixing} with mixing: {len(complaints)} "
        f"complaints; Gambit's own solution is no profile or leaves a regret in {regretted}, among "
        f"them another value in {len(wrong)} {wrong}"
    )
    if len(shapes) < count:
        complaints.append(f"only {len(shapes)} of {count} zero-sum games could be compared")
    return complaints


# Mixed equilibria


def regrets(item):
    """The shape of a two-stage game and, for each of our equilibria, whether Gambit finds that
    nobody regrets."""
    path, claimed = item
    game = gbt.read_efg(path)
    fine = []
    for component in claimed["mixed"]:
        for profile in [*component["corners"], component["inside"]]:
            fine.append(trees.with_profile(game, claimed["sets"], profile).max_regret() == 0)
    return repr(trees.shape(game)), fine


def extreme_equilibria(item):
    """All extreme equilibria that Gambit finds, as behaviour."""
    path, claimed = item
    game = gbt.read_efg(path)
    found = gbt.nash.enummixed_solve(game, rational=True).equilibria
    return [behaviour_of(equilibrium, game, claimed["sets"]) for equilibrium in found]


def behaviour_of(equilibrium, game, sets):
    """The behaviour of a mixed strategy profile of a two-stage game, set by set.

    Everybody decides once at most, so an action is as likely as the strategies with it; Gambit's
    own `as_behavior` leaves sets without probability undefined.
    """
    behaviour = []
    for infoset in trees.choices_by_set(game, sets):
        likely = dict.fromkeys([action.label for action in infoset.actions], gbt.Rational(0))
        for strategy in infoset.player.strategies:
            likely[strategy.action(infoset).label] += equilibrium[strategy]
        behaviour.append([str(probability) for probability in likely.values()])
    return behaviour


def flat(profile):
    """All probabilities in one list."""
    return [gbt.Rational(number) for probabilities in profile for number in probabilities]


def belongs(profile, component):
    """Whether a profile is one of a component's corners or a mixture of them.

    A component may have several convex pieces; that it lies in one of them is left to the verdict
    on the profile itself.
    """
    if profile in component["corners"]:
        return True
    if len(component["corners"]) == 1:
        return False
    import numpy  # Slow to load, and seldom needed.
    import scipy.optimize

    corners = [[float(x) for x in flat(corner)] for corner in component["corners"]]
    wanted = [float(x) for x in flat(profile)] + [1.0]
    matrix = numpy.vstack([numpy.array(corners).T, numpy.ones(len(corners))])
    found = scipy.optimize.linprog(numpy.zeros(len(corners)), A_eq=matrix, b_eq=wanted)
    return found.status == 0


def small_enough(claimed):
    """Whether all mixed equilibria can be asked of Gambit in a moment."""
    return claimed["ends"] <= 30 and sum(claimed["situations"]) <= 6


def check_mixed(command, seed, count):
    """Complaints about mixed equilibria of two-stage games."""
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        games = compile_all(command, random_programs.two_stage(count, f"{seed} mixed"), folder, "mixed")
        unfinished = sum(claimed["mixed"] is None for _, claimed in games)
        games = [(path, claimed) for path, claimed in games if claimed["mixed"] is not None]
        complaints = check_ours(games, count)
        small = [(path, claimed) for path, claimed in games if small_enough(claimed)]
        complaints += check_theirs(command, small, folder)
    if unfinished:
        complaints.append(f"our search did not finish {unfinished} two-stage games")
    return complaints


def check_ours(games, count):
    """Complaints about equilibria of ours that Gambit refuses."""
    complaints, shapes, profiles, mixing, continua = [], set(), 0, 0, 0
    results = bounded.each(regrets, games, PATIENCE)
    complaints += told("mixed equilibria", results, int(count * (1 - MOST_UNFINISHED)))
    for (path, claimed), result in zip(games, results):
        if isinstance(result, bounded.Unfinished):
            continue
        shapes.add(result[0])
        profiles += len(result[1])
        mixing += any("/" in str(component["corners"]) for component in claimed["mixed"])
        continua += any(len(component["corners"]) > 1 for component in claimed["mixed"])
        if not claimed["mixed"]:
            complaints.append(f"{path.name}: no equilibrium at all\n{source(path)}")
        if not all(result[1]):
            complaints.append(f"{path.name}: Gambit finds a regret\n{source(path)}")
    print(
        f"{len(shapes)} different two-stage games, {mixing} with mixing, {continua} with continua; "
        f"{profiles} equilibria of ours judged by Gambit: {len(complaints)} complaints"
    )
    return complaints


def check_theirs(command, games, folder):
    """Complaints about equilibria of Gambit's that we refuse or did not list."""
    results = bounded.each(extreme_equilibria, games, PATIENCE)
    complaints = told("equilibria of Gambit's", results, int(len(games) * (1 - MOST_UNFINISHED)))
    judged = folder / "judged"
    judged.mkdir()
    found = 0
    for (path, claimed), result in zip(games, results):
        if isinstance(result, bounded.Unfinished):
            continue
        found += len(result)
        missing = [p for p in result if not any(belongs(p, c) for c in claimed["mixed"])]
        if missing:
            complaints.append(f"{path.name}: not among ours: {missing[:3]}\n{source(path)}")
        (judged / f"{path.stem}.dtn").write_text(source(path))
        (judged / f"{path.stem}.profiles").write_text(json.dumps(result))
    subprocess.run([command, str(judged), "judge"], check=True, timeout=300)
    for path in sorted(judged.glob("*.json")):
        if not all(json.loads(path.read_text())["verdicts"]):
            complaints.append(f"{path.name}: our verifier refuses Gambit's\n{source(path)}")
    print(
        f"  {len(games)} small ones: {found} extreme equilibria of Gambit's are ours and pass the "
        f"verifier: {len(complaints)} complaints"
    )
    return complaints


CHECKS = {
    "programs": (check_trees, 1000),
    "pure": (check_pure, 400),
    "values": (check_values, 200),
    "mixed": (check_mixed, 200),
}


def main():
    """Runs all checks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command")
    parser.add_argument("--seed", default="peers 1")
    for name, (_, usual) in CHECKS.items():
        parser.add_argument(f"--{name}", type=int, default=usual, metavar="N")
    arguments = parser.parse_args()
    bounded.limit_memory()
    print(f"pygambit {gbt.__version__}, seed '{arguments.seed}'")
    complaints = []
    for name, (check, _) in CHECKS.items():
        start, count = time.monotonic(), getattr(arguments, name)
        if count:
            complaints += check(arguments.command, arguments.seed, count)
            print(f"  ({time.monotonic() - start:.0f} s)", flush=True)
    print(*complaints[:10], sep="\n")
    print(f"{len(complaints)} complaints; largest process {bounded.peak_memory()} MiB")
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()
