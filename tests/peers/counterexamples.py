"""What the other programs return on the games of `docs/peers.md`, as that page says.

    python tests/peers/counterexamples.py [--detente target/release/detente]

A line that is no longer true, with the versions of `requirements.txt`, is a failure: the page would
then say something false of another program.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile
import warnings

import pygambit as gbt

import bounded
import others

GAMES = pathlib.Path("docs/peers")
# Seconds for what is said to run on (it was left for longer when the page was written), and for
# what is said to end.
PATIENCE, PATIENCE_TO_END = 10, 60


def found(call, **options):
    """The equilibria that a method of Gambit's lists, as texts."""
    return lambda game: [
        " ".join(f"{number:.4g}" if isinstance(number, float) else str(number) for number in flat(one))
        for one in call(game, **options).equilibria
    ]


def flat(profile):
    """A profile's numbers, one after the other."""
    behaviour = isinstance(profile, gbt.MixedBehaviorProfile)
    for player in profile.game.players:
        if behaviour:
            yield from (profile[a] for infoset in player.infosets for a in infoset.actions)
        else:
            yield from (profile[strategy] for strategy in player.strategies)


def liap(game):
    """How many equilibria minimising a Lyapunov function from the middle finds."""
    return len(gbt.nash.liap_solve(game.mixed_strategy_profile()).equilibria)


def lp_payoff(game):
    """What `lp_solve` says the first player gets, and at how many sets it gives no probabilities."""
    profile = gbt.nash.lp_solve(game, rational=True).equilibria[0]
    sets = [infoset for player in game.players for infoset in player.infosets]
    empty = sum(all(profile[action] == 0 for action in infoset.actions) for infoset in sets)
    return f"{profile.payoff(next(iter(game.players)))}, nothing at {empty} set"


def nashpy(name):
    """What a method of nashpy's lists, as texts."""
    return lambda game: [
        " ".join(f"{float(number):.4g}" for own in profile for number in own)
        for profile in others.by_nashpy(others.tables(game), name)
    ]


def count(method):
    """How many a method lists."""
    return lambda game: len(method(game))


RUNS_ON = "no answer"
N = gbt.nash
CASES = [
    ("entry.efg", "lcp_solve", found(N.lcp_solve), ["0 1 0 1"]),
    ("unfinished.dtn", "lp_solve", lp_payoff, "-1/7, nothing at 1 set"),
    ("goofspiel.dtn", "lp_solve", found(N.lp_solve), RUNS_ON),
    ("vonstengel_1999.nfg", "lcp_solve, doubles", found(N.lcp_solve, rational=False), RUNS_ON),
    ("vonstengel_1999.nfg", "gnm_solve", count(found(N.gnm_solve)), 3),
    ("kuhn", "gnm_solve", found(N.gnm_solve), []),
    ("kuhn", "enummixed_solve", found(N.enummixed_solve), RUNS_ON),
    ("plateau.nfg", "gnm_solve", found(N.gnm_solve), []),
    ("segment.nfg", "gnm_solve", found(N.gnm_solve), ["0 0 1 0 1 0"]),
    ("endless.nfg", "gnm_solve", found(N.gnm_solve), RUNS_ON),
    ("cube.nfg", "enumpoly_solve", found(N.enumpoly_solve), ["0 1 0 1 1 0", "0.6667 0.3333 0.8462 0.1538 0.5 0.5"]),
    ("mixed_with_ties.nfg", "enumpoly_solve", found(N.enumpoly_solve), ["0 1 0 0 1 0"]),
    ("mixed_with_ties.nfg", "enummixed_solve", found(N.enummixed_solve),
     ["1 0 0 0 1/2 1/2", "1 0 0 0 1/2 1/2", "0 1 0 0 1 0"]),
    ("beer_quiche", "liap_solve", liap, 0),
    ("corner.nfg", "nashpy vertices", nashpy("vertex_enumeration"), ["0 1 1 0"]),
    ("mixed_with_ties.nfg", "nashpy supports", nashpy("support_enumeration"), ["0 1 0 0 1 0"]),
    ("three.nfg", "nashpy supports", nashpy("support_enumeration"), ["1 0 0 0 0 1", "0 1 0 0 1 0"]),
]
CATALOGUE = {
    "kuhn": "catalog/books/kuhn_1950_poker.dtn",
    "beer_quiche": "catalog/journals/cho_kreps_1987_beer_quiche.dtn",
}


def answer(task):
    """What a peer returns on the game of a file."""
    path, position = task
    warnings.simplefilter("ignore")
    return CASES[position][2](others.read(path))


def main():
    """Asks, and compares with what is said."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--detente", default="target/release/detente")
    options = parser.parse_args()
    bounded.limit_memory()
    with tempfile.TemporaryDirectory() as place:
        tasks = [
            (as_file(options.detente, name, pathlib.Path(place)), position)
            for position, (name, _, _, _) in enumerate(CASES)
        ]
        on = [task for task, case in zip(tasks, CASES) if case[3] == RUNS_ON]
        answers = dict(zip(on, bounded.each(answer, on, PATIENCE)))
        ending = [task for task in tasks if task not in answers]
        answers |= dict(zip(ending, bounded.each(answer, ending, PATIENCE_TO_END)))
    changed = 0
    for task, (name, method, _, said) in zip(tasks, CASES):
        got = answers[task]
        got = RUNS_ON if isinstance(got, bounded.Unfinished) else got
        changed += got != said
        print(f"{'ok' if got == said else 'CHANGED':8}{name}, {method}: {got}")
    sys.exit(1 if changed else 0)


def as_file(detente, name, folder):
    """A game's file for Gambit; scenarios are written as trees."""
    if name.endswith("fg"):
        return GAMES / name
    target = folder / f"{name}.efg"
    scenario = CATALOGUE.get(name, GAMES / name)
    subprocess.run([detente, "export", scenario, "--efg", "-o", target, "-q"], check=True)
    return target


if __name__ == "__main__":
    main()
