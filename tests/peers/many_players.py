"""Games of three and four players, and quantal responses, against Gambit.

- Every equilibrium that Gambit's search by supports (`enumpoly`) finds is one of ours; how many of
  ours it does not find is counted.
- Every one of ours, rounded, leaves nobody a regret that Gambit can see.
- Our logit responses are Gambit's, at several precisions, where both follow the principal branch.

    python tests/peers/many_players.py [--detente target/release/detente] [--seed N] [--games N]

Every game of Gambit's has a process of its own, with bounds on time and memory.
"""

import argparse
import fractions
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import pygambit as gbt

import bounded

SIZES = [(2, 2, 2), (2, 2, 2), (3, 2, 2), (2, 2, 2, 2), (3, 3, 2)]
PATIENCE = 30
# Gambit's numbers are doubles, and its polynomials are solved to about this.
CLOSE = 1e-4


def strategic(sizes, dice):
    """A random game as .nfg text."""
    count = len(sizes)
    for size in sizes:
        count *= size
    payoffs = " ".join(str(dice.randint(-9, 9) * 10 + dice.randint(0, 9)) for _ in range(count))
    players = " ".join(f'"P{k}"' for k in range(len(sizes)))
    shape = " ".join(map(str, sizes))
    return f'NFG 1 R "random" {{ {players} }} {{ {shape} }}\n\n{payoffs}\n'


def ask(detente, *arguments):
    """détente's answer as JSON."""
    command = [detente, *arguments, "--json", "-q"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def ours(answer):
    """All equilibria of an answer, as flat lists of probabilities."""
    found = []
    for card in answer["cards"]:
        found.append([o["probability"]["decimal"] for p in card["plays"] for o in p["options"]])
    for one in answer["enclosed"]:
        middle = [(o["low"]["decimal"] + o["high"]["decimal"]) / 2
                  for p in one["plays"] for o in p["options"]]
        found.append(middle)
    return found


def by_gambit(path):
    """All equilibria of Gambit's search by supports."""
    game = gbt.read_nfg(str(path))
    found = gbt.nash.enumpoly_solve(game).equilibria
    return [[float(e[s]) for p in game.players for s in p.strategies] for e in found]


def regret(path, profiles):
    """The greatest regret of any profile, by Gambit, in shares of the range of payoffs."""
    game = gbt.read_nfg(str(path))
    worst = 0.0
    for probabilities in profiles:
        left = iter(probabilities)
        data = [[next(left) for _ in player.strategies] for player in game.players]
        profile = game.mixed_strategy_profile(data)
        worst = max(worst, float(profile.max_regret()))
    return worst / float(game.max_payoff - game.min_payoff)


def logit(task):
    """Gambit's logit responses at some precisions."""
    path, lambdas = task
    game = gbt.read_nfg(str(path))
    found = gbt.qre.logit_solve_lambda(game, lam=lambdas)
    return [[float(f.profile[s]) for p in game.players for s in p.strategies] for f in found]


def is_near(one, other, close=CLOSE):
    """Whether two profiles agree."""
    return all(abs(a - b) < close for a, b in zip(one, other))


def main():
    """Compares."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--detente", default="target/release/detente")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--games", type=int, default=25)
    options = parser.parse_args()
    bounded.limit_memory()
    dice, wrong = random.Random(options.seed), []
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number in range(options.games):
            path = pathlib.Path(folder) / f"{number:03}.nfg"
            path.write_text(strategic(SIZES[number % len(SIZES)], dice))
            paths.append(path)
        wrong += equilibria(options.detente, paths)
        wrong += responses(options.detente, paths)
    if wrong:
        sys.exit("\n".join(wrong))


def equilibria(detente, paths):
    """Compares all equilibria."""
    wrong, missed, total, unfinished, open_games = [], 0, 0, 0, 0
    answers = [ask(detente, "solve", str(path), "--concept", "nash") for path in paths]
    for path, answer, theirs in zip(paths, answers, bounded.each(by_gambit, paths, PATIENCE)):
        mine = ours(answer)
        total += len(mine)
        open_games += not answer["complete"]
        if answer["complete"] and len(mine) % 2 == 0:
            wrong.append(f"{path.name}: an even number of equilibria\n{path.read_text()}")
        if regret(path, mine) > 1e-9:
            wrong.append(f"{path.name}: Gambit sees a regret\n{path.read_text()}")
        if isinstance(theirs, bounded.Unfinished):
            unfinished += 1
            continue
        for profile in theirs:
            if answer["complete"] and not any(is_near(profile, one) for one in mine):
                wrong.append(f"{path.name}: only Gambit has {profile}\n{path.read_text()}")
        missed += sum(not any(is_near(one, profile) for profile in theirs) for one in mine)
    print(f"  {len(paths)} games, {total} equilibria, {open_games} games left open by us; "
          f"of ours Gambit does not list {missed}, and {unfinished} games it does not finish")
    return wrong


def responses(detente, paths):
    """Compares logit responses, at precisions that are moderate for payoffs of two digits."""
    wrong, compared, unproved = [], 0, 0
    texts = ["1/100", "1/20", "1/10", "1/2"]
    lambdas = [float(fractions.Fraction(text)) for text in texts]
    tasks = [(path, lambdas) for path in paths]
    for path, theirs in zip(paths, bounded.each(logit, tasks, PATIENCE)):
        if isinstance(theirs, bounded.Unfinished):
            continue
        for text, profile in zip(texts, theirs):
            answer = ask(detente, "qre", str(path), "--lambda", text)
            if answer["at"] is None:
                unproved += 1
                continue
            plays = answer["at"]["plays"]
            mine = [o["low"]["decimal"] for p in plays for o in p["options"]]
            compared += 1
            if not is_near(mine, profile, 1e-5):
                wrong.append(f"{path.name} at {text}: {mine}, Gambit {profile}")
    print(f"  {compared} logit responses agree with Gambit's unless said below; "
          f"{unproved} of ours are not proved")
    return wrong


if __name__ == "__main__":
    main()
