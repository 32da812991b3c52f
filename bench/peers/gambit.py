"""The peer's side: reads tasks as lines of JSON, answers each with seconds and what was found.

A task repeats one thing `times` times; only that is timed. Memory is bounded, since the machine
may have no swap.
"""

import io
import json
import resource
import signal
import sys
import time

import pygambit as gbt

resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))


def read(text):
    return gbt.read_efg(io.StringIO(text))


def reaches(game, profile):
    """The probabilities of the ends, as texts, in the order of the tree."""
    found = []

    def walk(node, probability):
        if not node.children:
            if probability:
                found.append(str(probability))
            else:
                found.append("0")
            return
        for action in node.infoset.actions:
            if node.infoset.is_chance:
                share = gbt.Rational(action.prob)
            else:
                share = gbt.Rational(profile[action])
            walk(node.children[action], probability * share)

    walk(game.root, gbt.Rational(1))
    return tuple(found)


def outcomes(game):
    """How many different outcomes the pure Nash equilibria have."""
    found = gbt.nash.enumpure_solve(game).equilibria
    return len({reaches(game, profile.as_behavior()) for profile in found})


# Seconds for one method on one game; then the process ends.
PATIENCE = 20


def one_method(task):
    """Seconds of one call, and how many equilibria it lists."""
    reader = gbt.read_nfg if task["text"].startswith("NFG") else gbt.read_efg
    game = reader(io.StringIO(task["text"]))
    if task["method"] == "logit":
        call, options = gbt.qre.logit_solve_lambda, {"lam": 1.0}
    else:
        call, options = getattr(gbt.nash, task["method"] + "_solve"), {}
    if task["method"] in ("enummixed", "lcp"):
        options = {"rational": task["exact"]}
    signal.alarm(PATIENCE)
    calls, start = 0, time.perf_counter()
    while not calls or (time.perf_counter() - start < 0.05 and calls < 1_000):
        found = call(game, **options)
        calls += 1
    taken = (time.perf_counter() - start) / calls
    signal.alarm(0)
    return taken, len(getattr(found, "equilibria", found))


def answer(task, state):
    if task["do"] == "method":
        return one_method(task)
    if task["do"] == "shipped":
        game = gbt.catalog.load(task["slug"])
        return 0.0, game.to_efg() if game.is_tree else game.to_nfg()
    times = task["times"]
    if task["do"] == "mixed":
        game = gbt.read_nfg(io.StringIO(task["text"]))
        start = time.perf_counter()
        found = gbt.nash.enummixed_solve(game, rational=True).equilibria
        taken = time.perf_counter() - start
        # With ties the list has some more than once.
        lists = {tuple(str(p[s]) for q in game.players for s in q.strategies) for p in found}
        return taken, len(lists)
    if task["do"] == "read":
        text = task["text"]
        start = time.perf_counter()
        for _ in range(times):
            state["game"] = read(text)
        return time.perf_counter() - start, len(state["game"].nodes)
    start = time.perf_counter()
    for _ in range(times):
        gbt.nash.enumpure_solve(state["game"])
    return time.perf_counter() - start, None


def main():
    state = {}
    for line in sys.stdin:
        task = json.loads(line)
        if task["do"] == "outcomes":
            reply = {"seconds": 0, "found": outcomes(state["game"])}
        else:
            seconds, found = answer(task, state)
            reply = {"seconds": seconds, "found": found}
        print(json.dumps(reply), flush=True)


main()
