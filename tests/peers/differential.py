"""Equilibrium by equilibrium: détente against Gambit, lrsnash and nashpy.

Games: all that pygambit ships, random strategic forms of two to five players, random trees. On each:

- every equilibrium of ours is one by `referee.py`, in exact arithmetic;
- our verifier and the referee say the same of every exact answer of another program;
- if our list is complete, everything that another program finds and that is an equilibrium is on it;
- a program that lists all pure equilibria or all corners exactly lists all of ours.

What breaks one of these is a complaint. What another program gets wrong, or does not find although
it looks for everything, is counted, and kept with `--keep`.

    python tests/peers/differential.py COMMAND [--seed TEXT] [--forms N] [--many N] [--trees N]

COMMAND is the example `peers` of the command's crate, already built.
"""

import argparse
import collections
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import pygambit as gbt

import bounded
import others
import random_forms
import random_programs
import referee

# Gambit goes through the pure strategies of the reduced strategic form.
MOST_STRATEGIES = 40
# Doubles: distances of probabilities, and regrets as shares of the range of payoffs.
CLOSE, EXACT_ENOUGH, WRONG = 1e-3, 1e-9, 1e-3

Answer = collections.namedtuple("Answer", "profiles regrets outside lacking")


def judged(path, claimed):
    """The referee for a game, and our components: pieces as lists of each player's plans."""
    judge = referee.Referee(others.read(path), claimed["sets"])
    components = []
    for pieces in claimed["nash"]["components"]:
        plans = [[judge.plan(referee.exactly(c)) for c in piece["corners"]] for piece in pieces]
        components.append(plans)
    return judge, components


def our_regrets(item):
    """What the referee finds in our own equilibria."""
    path, claimed = item
    judge = referee.Referee(others.read(path), claimed["sets"])
    found = []
    for pieces in claimed["nash"]["components"]:
        profiles = [p for piece in pieces for p in (*piece["corners"], piece["inside"])]
        found += [p for p in profiles if judge.regret(referee.exactly(p)) != 0]
    for middle in claimed["nash"]["boxes"]:
        profile = referee.filled(referee.exactly(middle))
        if judge.regret(profile) > judge.range * referee.exact(EXACT_ENOUGH):
            found.append(middle)
    return found


def their_answer(task):
    """Another program's answer, weighed against ours."""
    path, claimed, method = task
    judge, components = judged(path, claimed)
    try:
        profiles = [referee.filled(p) for p in others.ask(path, claimed["sets"], method)]
    except others.Failed as error:
        return bounded.Unfinished(str(error))
    regrets = [judge.regret(profile) / judge.range for profile in profiles]
    plans = [judge.plan(profile) for profile in profiles]
    boxes = [judge.plan(referee.filled(referee.exactly(m))) for m in claimed["nash"]["boxes"]]
    exact = others.is_exact(method)
    good = 0 if exact else EXACT_ENOUGH
    outside = [
        texts(profile)
        for profile, regret, plan in zip(profiles, regrets, plans)
        if regret <= good and not any(distance(plan, c) < CLOSE for c in [*components, *points(boxes)])
    ]
    lacking = missing(others.claims(method), components, boxes, plans)
    return Answer([texts(p) for p in profiles], list(map(float, regrets)), outside, lacking)


def texts(profile):
    """A profile as lists of texts."""
    return [list(map(str, own)) for own in profile]


def points(plans):
    """Plans as components of one piece with one corner."""
    return [[[plan]] for plan in plans]


def missing(claim, components, boxes, plans):
    """How many of ours a program does not list although it looks for everything of the kind."""
    corners = {plan for pieces in components for piece in pieces for plan in piece}
    if claim == "pure":
        corners = {plan for plan in corners if all(w in (0, 1) for own in plan for w in own)}
    if claim in ("pure", "corners"):
        return len(corners - set(plans))
    alone = [pieces[0][0] for pieces in components if len(pieces) == 1 and len(pieces[0]) == 1]
    if claim != "points" or len(alone) < len(components):
        return 0
    return sum(all(distance(p, [[one]]) > CLOSE for p in plans) for one in alone + boxes)


def distance(plan, pieces):
    """How far a plan is from the nearest of some products of convex sets, in the worst entry."""
    return min(max(map(from_hull, plan, zip(*piece))) for piece in pieces)


def from_hull(own, corners):
    """The distance of one player's plan from the convex hull of some."""
    corners = sorted(set(corners))
    if own in corners:
        return 0.0
    if len(corners) == 1:
        return float(max(abs(a - b) for a, b in zip(own, corners[0])))
    import numpy  # Slow to load, and seldom needed.
    import scipy.optimize

    matrix = numpy.array(corners, dtype=float).T
    wanted = numpy.array(own, dtype=float)
    slack = numpy.ones((len(wanted), 1))
    upper = numpy.block([[matrix, -slack], [-matrix, -slack]])
    cost = numpy.append(numpy.zeros(len(corners)), 1.0)
    whole = numpy.append(numpy.ones(len(corners)), 0.0)[None]
    found = scipy.optimize.linprog(
        cost, upper, numpy.concatenate([wanted, -wanted]), whole, [1.0]
    )
    return found.fun


# Where games come from: each writes files into a folder.


def shipped(folder, _seed, _count):
    """All games of pygambit's catalogue."""
    place = pathlib.Path(gbt.__file__).parent
    for path in place.rglob("*"):
        if path.suffix in (".efg", ".nfg"):
            name = "-".join(path.relative_to(place).parts[1:])
            shutil.copy(path, folder / name)


def forms(folder, seed, count):
    """Strategic forms of two players."""
    for number in range(count):
        (folder / f"{number:05}.nfg").write_text(random_forms.text(f"{seed}/{number}"))


def many(folder, seed, count):
    """Strategic forms of three to five players; every other one has few ties."""
    for number in range(count):
        name = f"{seed} many/{number}"
        if number % 2:
            made = random_forms.text(name, players=(3, 5), most_strategies=2)
        else:
            sizes = ((2, 2, 2), (3, 2, 2), (2, 2, 2, 2), (3, 3, 2))[number // 2 % 4]
            made = random_forms.generic(name, sizes)
        (folder / f"{number:05}.nfg").write_text(made)


def stories(folder, seed, count):
    """Trees, every other one of two players, else of two to five. Chances that players see
    differently have no tree of Gambit's."""
    number = written = 0
    while written < count:
        players = (2, 2) if number % 2 else (2, 5)
        made = random_programs.Program(f"{seed} trees/{number}", most_ends=14, players=players, tense=True)
        story, number = made.text(), number + 1
        if not made.used["differing priors"]:
            (folder / f"{written:05}.dtn").write_text(story)
            written += 1


SOURCES = {"shipped": (shipped, 1), "forms": (forms, 60), "many": (many, 25), "trees": (stories, 50)}
FULL = {"forms": 2_000, "many": 600, "trees": 1_500}


class Tally:
    """What was compared, counted by method."""

    def __init__(self, keep):
        self.keep, self.complaints = keep, []
        self.counts = collections.defaultdict(collections.Counter)

    def complain(self, path, what):
        """Something that must not be."""
        self.complaints.append(f"{path.name}: {what}\n{source(path).read_text()[:1500]}")

    def defect(self, path, method, kind, what):
        """Something that another program gets wrong."""
        self.counts[method][kind] += 1
        if self.keep:
            place = self.keep / f"{method} {kind}"
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, place / path.name)
            (place / path.name).with_suffix(".txt").write_text(str(what))

    def table(self):
        """One line a method."""
        for method, counts in self.counts.items():
            print(f"  {method}:", ", ".join(f"{count} {kind}" for kind, count in counts.items()))


def source(path):
    """What a game was written from."""
    story = path.with_suffix(".dtn")
    return story if story.exists() else path


def check(command, name, folder, seed, count, patience, tally):
    """Compares all games of one source."""
    SOURCES[name][0](folder, f"{seed} {name}", count)
    subprocess.run([command, str(folder), "nash"], check=True, timeout=3_600)
    paths = [p.with_suffix(".nfg") for p in sorted(folder.glob("*.json"))]
    paths = [p if p.exists() else p.with_suffix(".efg") for p in paths]
    games = [(path, json.loads(path.with_suffix(".json").read_text())) for path in paths]
    forgetful = [path.name for path, claimed in games if not claimed["perfect_recall"]]
    games = [(path, claimed) for path, claimed in games if claimed["perfect_recall"]]
    for (path, _), wrong in zip(games, bounded.each(our_regrets, games, 10 * patience)):
        if isinstance(wrong, bounded.Unfinished):
            tally.defect(path, "the referee on ours", "unfinished", wrong)
        elif wrong:
            tally.complain(path, f"ours is no equilibrium: {wrong}")
    nashpy = has_nashpy()
    tasks = [
        (path, claimed, method)
        for path, claimed in games
        for method in others.methods(others.read(path), nashpy, MOST_STRATEGIES)
    ]
    answers = bounded.each(their_answer, tasks, patience)
    for (path, claimed, method), answer in zip(tasks, answers):
        weigh(path, claimed["nash"], method, answer, tally)
    ask_verifier(command, folder, tasks, answers, tally)
    whole = sum(claimed["nash"]["complete"] for _, claimed in games)
    print(f"{name}: {len(games)} games, our list complete in {whole}; left out for imperfect recall: {len(forgetful)}")


def weigh(path, ours, method, answer, tally):
    """Counts an answer, and complains if we are to blame."""
    if isinstance(answer, bounded.Unfinished):
        tally.defect(path, method, "unfinished", answer)
        return
    tally.counts[method]["games"] += 1
    tally.counts[method]["answers"] += len(answer.profiles)
    exact = others.is_exact(method)
    bad = [p for p, r in zip(answer.profiles, answer.regrets) if r > (0 if exact else WRONG)]
    if bad:
        tally.defect(path, method, "with a false one", bad)
    if not answer.profiles and others.claims(method) is None:
        tally.defect(path, method, "with nothing", "")
    if ours["complete"] and answer.outside:
        tally.complain(path, f"{method} alone has {answer.outside}")
    if answer.lacking:
        tally.defect(path, method, "with lost ones", answer.lacking)
        if exact:
            tally.complain(path, f"{method} lacks {answer.lacking} of ours")


def ask_verifier(command, folder, tasks, answers, tally):
    """Our verifier and the referee have to agree on every exact answer."""
    place = folder / "judged"
    place.mkdir()
    asked = collections.defaultdict(list)
    for (path, _, method), answer in zip(tasks, answers):
        if others.is_exact(method) and not isinstance(answer, bounded.Unfinished):
            asked[path] += list(zip(answer.profiles, answer.regrets))
    for path, profiles in asked.items():
        shutil.copy(source(path), place)
        written = (place / path.name).with_suffix(".profiles")
        written.write_text(json.dumps([profile for profile, _ in profiles]))
    subprocess.run([command, str(place), "judge"], check=True, timeout=3_600)
    for path, profiles in asked.items():
        said = json.loads((place / path.name).with_suffix(".json").read_text())["verdicts"]
        for (profile, regret), holds in zip(profiles, said, strict=True):
            if holds != (regret == 0):
                tally.complain(path, f"verifier: {holds}, regret {regret}: {profile}")
    tally.counts["our verifier"]["verdicts, all as the referee's"] += sum(map(len, asked.values()))


def has_nashpy():
    """Whether nashpy can be asked."""
    try:
        import nashpy  # noqa: F401
    except ImportError:
        return False
    return True


def main():
    """Compares on all sources."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command")
    parser.add_argument("--seed", default="peers 1")
    parser.add_argument("--full", action="store_true", help="thousands of games")
    parser.add_argument("--patience", type=int, default=2, help="seconds for a game and a method")
    parser.add_argument("--keep", type=pathlib.Path, help="a folder for what others get wrong")
    for name, (_, usual) in SOURCES.items():
        parser.add_argument(f"--{name}", type=int, default=None, help=f"usually {usual}")
    options = parser.parse_args()
    bounded.limit_memory()
    if not shutil.which("lrsnash"):
        print("  lrsnash is not installed (Debian's package lrslib): not compared")
    tally = Tally(options.keep)
    for name, (_, usual) in SOURCES.items():
        asked = getattr(options, name)
        count = asked if asked is not None else FULL.get(name, usual) if options.full else usual
        start = time.monotonic()
        if count:
            with tempfile.TemporaryDirectory() as place:
                check(options.command, name, pathlib.Path(place), options.seed, count, options.patience, tally)
            print(f"  ({time.monotonic() - start:.0f} s)", flush=True)
    tally.table()
    print(*(complaint[:2_000] for complaint in tally.complaints[:5]), sep="\n")
    print(f"{len(tally.complaints)} complaints; largest process {bounded.peak_memory()} MiB")
    sys.exit(1 if tally.complaints else 0)


if __name__ == "__main__":
    main()
