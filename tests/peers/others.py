"""What other programs answer, as lists of profiles: probabilities set by set, in détente's order.

Answers are exact (rationals) or numeric (doubles). A profile of a tree that was found in mixed
strategies becomes the behaviour that does the same (Kuhn 1953), by the strategies' own actions:
Gambit's conversion leaves what a player's own plan does not reach undefined.
"""

import fractions
import shutil
import subprocess
import tempfile
import warnings

import pygambit as gbt

import referee
import trees

Q = {"rational": True}
# Method: what is called, whether it is exact, whether it claims to list all equilibria or all corners.
GAMBIT = {
    "enumpure": (gbt.nash.enumpure_solve, {}, True, "pure"),
    "enummixed": (gbt.nash.enummixed_solve, Q, True, "corners"),
    "lcp": (gbt.nash.lcp_solve, Q, True, None),
    "lp": (gbt.nash.lp_solve, Q, True, None),
    "enumpoly": (gbt.nash.enumpoly_solve, {}, False, "points"),
    "logit": (gbt.nash.logit_solve, {}, False, None),
    "gnm": (gbt.nash.gnm_solve, {}, False, None),
}
# Beyond so many strategies of one player the search by supports seldom ends in seconds.
MOST_FOR_POLYNOMIALS = 5
TWO_PLAYERS = ("enummixed", "lcp", "lp")
NASHPY = {"vertices": "vertex_enumeration", "supports": "support_enumeration"}


class Failed(Exception):
    """Another program gave up."""


def is_exact(method):
    """Whether a method answers in rationals."""
    return method == "lrsnash" or (method in GAMBIT and GAMBIT[method][2])


def claims(method):
    """What a method claims to list in full: `pure`, `corners`, `points` of generic games."""
    if method == "lrsnash":
        return "corners"
    return "points" if method in NASHPY else GAMBIT[method][3]


def methods(game, nashpy, most_strategies):
    """The methods that apply to a game and may end in time."""
    found = list(GAMBIT)
    if len(game.players) != 2:
        found = [name for name in found if name not in TWO_PLAYERS]
    elif not game.is_const_sum:
        found.remove("lp")
    most = strategies(game)
    if most > MOST_FOR_POLYNOMIALS:
        found.remove("enumpoly")
    if most > most_strategies:
        found = [name for name in found if name in ("lcp", "lp", "logit")]
    if not game.is_tree and len(game.players) == 2:
        found += ["lrsnash"] if shutil.which("lrsnash") else []
        found += NASHPY if nashpy else []
    return found


def strategies(game):
    """How many pure strategies a player has at most, sets that do not matter counted too."""
    most = 1
    for player in game.players:
        count = len(player.strategies) if not game.is_tree else 1
        for infoset in player.infosets if game.is_tree else ():
            count *= len(infoset.actions)
        most = max(most, count)
    return most


def read(path):
    """A game of a file, by its ending."""
    return gbt.read_nfg(str(path)) if path.suffix == ".nfg" else gbt.read_efg(str(path))


def ask(path, sets, method):
    """A method's answer on the game of a file: profiles as fractions."""
    warnings.simplefilter("ignore")
    game = read(path)
    if method == "lrsnash":
        return by_lrsnash(tables(game))
    if method in NASHPY:
        return by_nashpy(tables(game), NASHPY[method])
    call, options, _, _ = GAMBIT[method]
    found = guarded(lambda: call(game, **options).equilibria)
    return [rows(profile, game, sets) for profile in found]


def guarded(call):
    """What a call returns; `Failed` if it raises."""
    try:
        return call()
    except Exception as error:  # pylint: disable=broad-exception-caught
        raise Failed(f"{type(error).__name__}: {error}") from error


def rows(profile, game, sets):
    """A profile of Gambit's, set by set."""
    if not game.is_tree:
        players = game.players
        return [[referee.exact(profile[s]) for s in p.strategies] for p in players]
    if isinstance(profile, gbt.MixedBehaviorProfile):
        infosets = trees.choices_by_set(game, sets)
        return [[referee.exact(profile[action]) for action in h.actions] for h in infosets]
    weights = [[(s, referee.exact(profile[s])) for s in p.strategies] for p in game.players]
    likely = [[(s, w) for s, w in own if w] for own in weights]
    return [behaviour(h, likely[h.player.number]) for h in trees.choices_by_set(game, sets)]


def behaviour(infoset, likely):
    """What a mixed strategy does at one set: by the strategies that allow the set to be reached."""
    done = [fractions.Fraction(0)] * len(infoset.actions)
    for strategy, weight in likely:
        if allows(strategy, next(iter(infoset.members))):
            done[strategy.action(infoset).number] += weight
    total = sum(done)
    return [share / total for share in done] if total else done


def allows(strategy, node):
    """Whether a strategy takes every own action on the way to a node."""
    player = node.player
    while node.parent is not None:
        action, node = node.prior_action, node.parent
        if node.player == player and strategy.action(node.infoset) != action:
            return False
    return True


def tables(game):
    """Both payoff tables of a strategic form."""
    first, second = game.players
    cells = [
        [game[row, column] for column in range(len(second.strategies))]
        for row in range(len(first.strategies))
    ]
    return [[[referee.exact(cell[p]) for cell in row] for row in cells] for p in (first, second)]


def by_lrsnash(payoffs):
    """Extreme equilibria: after the second player's strategies comes the first player's."""
    lines = [f"{len(payoffs[0])} {len(payoffs[0][0])}", ""]
    for table in payoffs:
        lines += [" ".join(map(str, row)) for row in table] + [""]
    with tempfile.NamedTemporaryFile("w", suffix=".lrs") as file:
        file.write("\n".join(lines))
        file.flush()
        command = ["lrsnash", file.name]
        said = subprocess.run(command, capture_output=True, text=True, check=True)
    found, seconds = [], []
    for line in said.stdout.splitlines():
        words = line.split()
        if not words:
            seconds = []
        elif words[0] in "12":
            strategy = [referee.exact(word) for word in words[1:-1]]
            if words[0] == "2":
                seconds.append(strategy)
            else:
                found += [[strategy, second] for second in seconds]
    return found


def by_nashpy(payoffs, name):
    """What nashpy lists, in doubles."""
    import nashpy  # Slow to load.
    import numpy

    game = nashpy.Game(*(numpy.array(table, dtype=float) for table in payoffs))
    found = []
    for pair in guarded(lambda: list(getattr(game, name)())):
        lists = [[float(p) for p in strategy] for strategy in pair]
        if all(p == p for own in lists for p in own):  # Not a number: no profile.
            found.append(referee.exactly(lists))
    return found
