"""Random scenarios for comparison with other programs, the same for the same seed.

`programs` are stories that use what the language has: types, public, secret and partly seen
moves, simultaneous moves, menus that depend on what the chooser saw, chance, draws, noisy signals,
reveals, nested branches, ends of the story, rounds, blocks, gains, teams, differing priors and
probabilities of 0. `two_stage` are games of a sender and a receiver.

A menu may depend only on what its chooser surely saw, a language rule: so each event is kept with
those who saw its value whenever it happened.
"""

import collections
import itertools
import random

PLAYERS = ("Ann", "Bob", "Cid", "Dan", "Eve")
# A story grows no further once its tree would have about so many ends.
MOST_ENDS = 400

Event = collections.namedtuple("Event", "name values seers")


class Program:
    """One random scenario, and how large its tree has become."""

    def __init__(self, seed, most_ends=MOST_ENDS, players=(1, 4), tense=False, zero_sum=False):
        self.random = random.Random(seed)
        # One player alone is a decision problem: seldom wanted.
        fewest, most = players
        number = self.random.randint(fewest, most)
        number = self.random.randint(fewest, most) if number == 1 else number
        self.players = PLAYERS[:number]
        # Many stakes on combinations of events: players' wishes then go against each other.
        self.tense = tense
        self.zero_sum = zero_sum
        self.lines, self.blocks = [], []
        self.ends, self.most_ends = 1, most_ends
        self.count = 0
        # What stakes may ask for.
        self.conditions = []
        self.scaled = []
        # How often each construct was written.
        self.used = collections.Counter()
        self.mates = ()
        if len(self.players) > 2 and self.one_in(4):
            self.mates = tuple(self.random.sample(self.players, 2))

    def text(self):
        """The scenario."""
        head = ['game "random"', "", "players"] + [self.player(name) for name in self.players]
        self.used[f"{len(self.players)} players"] += 1
        head += ["", "settings", "  rounds = 2", "", "scale card: J < Q < K"]
        happened = []
        for name in self.players:
            if self.one_in(3):
                head += self.types(name)
        self.body(1, self.random.randint(3, 7), happened)
        if not any("choose" in line for line in self.lines):
            self.choice("  ", happened)
        return "\n".join(head + self.blocks + ["", "story"] + self.lines + self.stakes()) + "\n"

    def one_in(self, number):
        """True once in so many times."""
        return self.random.randrange(number) == 0

    def player(self, name):
        """A player's line."""
        if name in self.mates:
            self.used["team"] += 1
            return f"  {name}  team West"
        return f"  {name}"

    def types(self, name):
        """The types of a player, now and then with a prior of somebody's own."""
        self.used["types"] += 1
        below, other, belief = self.random.randint(2, 9), self.share(), ""
        others = [player for player in self.players if player != name]
        if others and not self.zero_sum and self.one_in(8):
            self.used["differing priors"] += 1
            belief = f", {self.random.choice(others)} believes {self.random.randint(0, 4)}/4"
        if self.one_in(6) and not belief:
            self.used["three types"] += 1
            self.conditions += [f"{name} is mid"]
            self.ends *= 3
            rows = [f"  high  1/{below}", f"  mid   {other} * {below - 1}/{below}", "  low   rest"]
        else:
            self.ends *= 2
            share = f"1/{below}" if belief else other
            rows = [f"  high  {share}{belief}", "  low   rest"]
        self.conditions += [f"{name} is high", f"{name} is low"]
        return ["", f"types of {name}", *rows]

    def share(self):
        """A probability, seldom 0 or 1."""
        if self.one_in(12):
            self.used["probability 0"] += 1
            return self.random.choice(("0", "1"))
        below = self.random.randint(2, 9)
        return f"{self.random.randint(1, below - 1)}/{below}"

    def name(self, stem):
        """A name that nothing else has."""
        self.count += 1
        return f"{stem}{self.count}"

    def body(self, level, statements, happened):
        """A block of the story; `happened` are the events certain to have happened."""
        indent, start = "  " * level, len(self.lines)
        for _ in range(statements):
            if self.ends > self.most_ends:
                break
            self.random.choice(self.kinds(level, happened))(indent, happened)
        if len(self.lines) == start:
            self.choice(indent, happened)

    def kinds(self, level, happened):
        """What may come next, the likelier the more often it is named."""
        kinds = [self.choice] * 5 + [self.signal, self.chance, self.draw]
        if len(self.players) > 1:
            kinds += [self.together, self.both]
        if happened:
            kinds += [self.reveal] + [self.branch] * (2 if level < 4 else 0)
        if not self.zero_sum:
            kinds += [self.gain]
        if level == 1 and self.ends * 16 <= self.most_ends:
            kinds += [self.rounds, self.call]
        return kinds

    def some(self, names):
        """Some of the names, at least one, as a list for the language."""
        chosen = sorted(self.random.sample(names, self.random.randint(1, len(names))))
        if self.mates and set(chosen) == set(self.mates):
            self.used["seen by a team"] += 1
            return chosen, "West"
        return chosen, ", ".join(chosen)

    def audience(self):
        """Who sees a chance event, and how: the names who see its value, and the text."""
        kind = self.random.randint(0, 3)
        if kind == 0:
            self.used["seen by all"] += 1
            return set(self.players), "all"
        if kind == 1:
            self.used["seen by nobody"] += 1
            return set(), "nobody"
        self.used["seen by some"] += 1
        chosen, text = self.some(self.players)
        return set(chosen), text

    def view(self, event, values, happened):
        """A way to show less than the value; what is shown is no value that a menu may ask."""
        kind = self.random.randint(0, 3)
        self.used[f"as {('happened', 'a word', 'a case', 'an event')[kind]}"] += 1
        if kind == 1:
            return "done"
        if kind == 2:
            return f"if {event} is {self.random.choice(values)} then small else big"
        if kind == 3 and happened and "." not in event:
            return self.random.choice(happened).name
        return "happened"

    def values(self):
        """A menu."""
        return [f"v{number}" for number in range(self.random.choice((2, 2, 2, 3)))]

    def remember(self, event, values, seers, happened):
        """Notes an event that certainly happened here."""
        happened.append(Event(event, values, frozenset(seers)))
        self.conditions += [f"{event} is {value}" for value in values]
        if self.one_in(4):
            self.conditions.append(f"{event} is not {values[0]}")
        if self.one_in(6):
            self.conditions.append(f"{event} happened")

    def menu(self, who, values, happened):
        """Options; the last may depend on what the chooser saw or on a setting."""
        known = [event for event in happened if who in event.seers]
        last = values[-1]
        if len(values) == 3 and known and self.one_in(2):
            self.used["option if"] += 1
            event = self.random.choice(known)
            last += f" if {event.name} is {self.random.choice(event.values)}"
        elif len(values) == 3 and self.one_in(8):
            self.used["option if (setting)"] += 1
            last += " if rounds > 2"
        return " | ".join([*values[:-1], last])

    def choice(self, indent, happened):
        """One player chooses, and nobody, somebody or everybody sees it."""
        who, event, values = self.random.choice(self.players), self.name("move"), self.values()
        others = [name for name in self.players if name != who]
        kind = self.random.randint(0, 3) if others else 0
        secretly, seen, seers = "", "", {who}
        if kind == 0:
            self.used["chooses"] += 1
            seers = set(self.players)
        elif kind == 1:
            self.used["chooses secretly"] += 1
            secretly = "secretly "
        elif kind == 2:
            self.used["chooses, seen by some"] += 1
            chosen, text = self.some(others)
            seen, seers = f" seen by {text}", {who, *chosen}
        else:
            chosen, text = self.some(others)
            seen = f" seen by {text} as {self.view(event, values, happened)}"
        menu = self.menu(who, values, happened)
        self.lines.append(f"{indent}{who} {secretly}chooses {event}: {menu}{seen}")
        self.remember(event, values, seers, happened)
        self.ends *= len(values)

    def both(self, indent, happened):
        """Players make the same choice at once."""
        self.used["A and B choose"] += 1
        number = 3 if len(self.players) > 2 and self.one_in(4) else 2
        chosen = self.random.sample(self.players, number)
        event = self.name("joint")
        self.lines.append(f"{indent}{' and '.join(chosen)} choose {event}: v0 | v1")
        for who in chosen:
            self.remember(f"{who}.{event}", ["v0", "v1"], self.players, happened)
        self.ends *= 2**number

    def together(self, indent, happened):
        """Different choices at once, perhaps with a chance event among them."""
        self.used["together"] += 1
        self.lines.append(f"{indent}together")
        # Nothing of the block is seen before its end: menus ask only for what was before.
        before, inner = list(happened), f"{indent}  "
        for who in self.random.sample(self.players, 2):
            event, values = self.name("move"), self.values()
            menu = self.menu(who, values, before)
            secretly = self.random.choice(("", "", "secretly "))
            self.lines.append(f"{inner}{who} {secretly}chooses {event}: {menu}")
            seers = {who} if secretly else self.players
            self.remember(event, values, seers, happened)
            self.ends *= len(values)
        if self.one_in(4):
            self.used["chance in together"] += 1
            self.chance(inner, happened)

    def chance(self, indent, happened):
        """A lottery."""
        self.used["chance"] += 1
        event, (seers, text) = self.name("luck"), self.audience()
        if seers and self.one_in(4):
            text += f" as {self.view(event, ['v0', 'v1'], happened)}"
            seers = set()
        self.lines.append(f"{indent}chance {event}: v0 {self.share()} | v1 rest seen by {text}")
        self.remember(event, ["v0", "v1"], seers, happened)
        self.ends *= 2

    def draw(self, indent, happened):
        """A card, or two without putting the first back."""
        self.used["draw"] += 1
        first, cards = self.name("card"), ["J", "Q", "K"]
        seers, text = self.audience()
        self.lines.append(f"{indent}draw {first} from J, Q, K seen by {text}")
        self.remember(first, cards, seers, happened)
        self.ends *= 3
        if self.ends * 2 <= self.most_ends and self.one_in(2):
            self.used["draw except"] += 1
            second, (seers, text) = self.name("card"), self.audience()
            self.lines.append(f"{indent}draw {second} from J, Q, K except {first} seen by {text}")
            self.remember(second, cards, seers, happened)
            if indent == "  ":
                self.scaled.append(f"{first} > {second}")
            self.ends *= 2

    def signal(self, indent, happened):
        """Chance whose probabilities depend on what happened."""
        self.used["signal"] += 1
        event, (seers, text) = self.name("news"), self.audience()
        self.lines.append(f"{indent}signal {event} seen by {text}")
        for _ in range(self.random.randint(1, 2) if happened else 0):
            condition = self.condition(happened)
            self.lines.append(f"{indent}  if {condition}: v0 {self.share()} | v1 rest")
        self.lines.append(f"{indent}  otherwise: v0 {self.share()} | v1 rest")
        self.remember(event, ["v0", "v1"], seers, happened)
        self.ends *= 2

    def condition(self, happened):
        """Something to ask of what happened."""
        event = self.random.choice(happened)
        asked = f"{event.name} is {self.random.choice(event.values)}"
        if self.one_in(4):
            self.used["and, or, not"] += 1
            second = self.random.choice(happened)
            word = self.random.choice(("and", "or", "and not", "or not"))
            asked += f" {word} {second.name} is {self.random.choice(second.values)}"
        return asked

    def reveal(self, indent, happened):
        """Shows an earlier event."""
        event = self.random.choice(happened)
        if self.one_in(3):
            self.used["reveal"] += 1
            self.lines.append(f"{indent}reveal {event.name}")
        else:
            self.used["reveal to"] += 1
            self.lines.append(f"{indent}reveal {event.name} to {self.some(self.players)[1]}")

    def gain(self, indent, _happened):
        """A stake that comes by in the story."""
        self.used["gains or loses"] += 1
        who, amount = self.random.choice(self.players), self.amount()
        word = self.random.choice(("gains", "loses"))
        self.lines.append(f"{indent}{who} {word} {amount} as {self.name('gain')}")

    def branch(self, indent, happened):
        """Lines under a condition; what happens in them is not certain after them."""
        self.used["if"] += 1
        level, before = len(indent) // 2 + 1, self.ends
        self.used[f"if, level {level - 1}"] += 1
        self.lines.append(f"{indent}if {self.condition(happened)}")
        self.arm(level, happened)
        if self.one_in(5):
            self.used["else if"] += 1
            self.lines.append(f"{indent}else if {self.condition(happened)}")
            self.arm(level, happened)
        if not self.one_in(3):
            self.used["else"] += 1
            self.lines.append(f"{indent}else")
            self.arm(level, happened)
        self.ends = max(before, self.ends // 2)

    def arm(self, level, happened):
        """One arm of a branch, which may end the story."""
        inner = "  " * level
        if self.one_in(6):
            self.used["stop"] += 1
            self.lines.append(f"{inner}stop")
            return
        self.body(level, self.random.randint(1, 2), list(happened))
        if self.one_in(5):
            self.used["stop"] += 1
            self.lines.append(f"{inner}stop")

    def rounds(self, indent, happened):
        """The same question twice."""
        self.used["repeat"] += 1
        event, number = self.name("round"), min(2, len(self.players))
        chosen = self.random.sample(self.players, number)
        self.lines.append(f"{indent}repeat t in 1..rounds")
        if number == 2 and self.one_in(2):
            self.lines.append(f"{indent}  {chosen[0]} and {chosen[1]} choose {event}[t]: v0 | v1")
            asked = [f"{who}.{event}" for who in chosen]
            self.ends *= 16
        else:
            secretly = self.random.choice(("", "secretly "))
            self.lines.append(f"{indent}  {chosen[0]} {secretly}chooses {event}[t]: v0 | v1")
            asked = [event]
            self.ends *= 4
            if self.one_in(3):
                self.used["stop in repeat"] += 1
                self.lines += [f"{indent}  if {event}[t] is v1", f"{indent}    stop"]
                # Whoever sees the second round knows that the first did not end the story.
        for name, turn in itertools.product(asked, (1, 2)):
            seers = self.players if len(asked) == 2 else (chosen[0],)
            self.remember(f"{name}[{turn}]", ["v0", "v1"], seers, happened)

    def call(self, indent, happened):
        """A block, used once or twice."""
        self.used["block"] += 1
        block, event = self.name("crisis"), self.name("step")
        self.blocks += ["", f"block {block}(A, t)", f"  A chooses {event}[t]: v0 | v1"]
        for turn in range(1, self.random.randint(2, 3)):
            who = self.random.choice(self.players)
            self.lines.append(f"{indent}{block}({who}, {turn})")
            self.remember(f"{who}.{event}[{turn}]", ["v0", "v1"], self.players, happened)
            self.ends *= 2

    def amount(self):
        """A payoff, mostly a small whole number, so that ties happen."""
        if self.one_in(8):
            return self.random.choice(("1/2", "0.25", "5/3", "40%"))
        return str(self.random.choice((1, 1, 2, 2, 3, 4)))

    def stakes(self):
        """What is at stake for everybody."""
        lines, owners = [], [name for name in self.players if name not in self.mates]
        if self.mates:
            owners.append("West")
        if self.zero_sum:
            owners = owners[:1]
        for who in owners:
            lines += ["", f"stakes of {who}"]
            for number in range(self.random.randint(3, 7) * (1 + 3 * self.tense)):
                lines.append(self.stake(number))
        if self.zero_sum:
            lines += ["", f"stakes of {self.players[1]} are the opposite of {self.players[0]}"]
        return lines

    def stake(self, number):
        """One named amount."""
        amount = self.random.choice(("", "-")) + self.amount()
        most = self.random.randint(1, 2 + self.tense)
        asked = self.random.sample(self.conditions, min(len(self.conditions), most))
        if self.scaled and self.one_in(3):
            self.used["comparison of cards"] += 1
            # Where the story ended before the draw there is nothing to compare.
            cards = self.random.choice(self.scaled)
            first, second = cards.split(" > ")
            asked = [f"{first} happened", f"{second} happened", cards]
        return f"  s{number}: {amount} when {' and '.join(asked)}"


def programs(count, seed, used=None, **options):
    """Texts of `count` random scenarios; `used` counts in how many each construct is."""
    texts = []
    for number in range(count):
        program = Program(f"{seed}/{number}", **options)
        texts.append(program.text())
        if used is not None:
            used.update(set(program.used))
    return texts


def two_stage(count, seed):
    """Games of two stages: signalling, with noise or without, Bayesian and bimatrix games."""
    return [TwoStage(f"{seed}/{number}").text() for number in range(count)]


class TwoStage:
    """One random game of two players, of whom each decides at most once on every path."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def text(self):
        """The scenario."""
        kind = self.random.choice(("signalling", "signalling", "noisy", "bayesian", "bimatrix"))
        lines = ['game "two stages"', "", "players", "  Ann", "  Bob"]
        events = [("message", self.menu("m", kind)), ("reply", self.menu("r", kind))]
        for name in {"bimatrix": [], "bayesian": ["Ann", "Bob"]}.get(kind, ["Ann"]):
            sorts = ["high", "low"] if kind == "bayesian" or self.one_in(2) else ["high", "mid", "low"]
            lines += ["", f"types of {name}", *self.priors(sorts)]
            events.append((name, sorts))
        lines += ["", "story", *self.story(kind, events)]
        for who in ("Ann", "Bob"):
            lines += ["", f"stakes of {who}", *self.table(events)]
        return "\n".join(lines) + "\n"

    def one_in(self, number):
        """True once in so many times."""
        return self.random.randrange(number) == 0

    def menu(self, stem, kind):
        """Options: a bimatrix game may have more."""
        most = 4 if kind == "bimatrix" else 2 + self.one_in(4)
        return [f"{stem}{number}" for number in range(self.random.randint(2, most))]

    def priors(self, sorts):
        """Probabilities of types, seldom 0."""
        weights = [self.random.randint(1, 4) for _ in sorts]
        if self.one_in(10):
            weights[0] = 0
        total = sum(weights)
        return [f"  {sort}  {weight}/{total}" for sort, weight in zip(sorts, weights)]

    def story(self, kind, events):
        """The two stages."""
        message, reply = (f"{name}: {' | '.join(menu)}" for name, menu in events[:2])
        if kind in ("bimatrix", "bayesian"):
            return ["  together", f"    Ann chooses {message}", f"    Bob chooses {reply}"]
        if kind == "signalling":
            lines = [f"  Ann chooses {message}"]
            if self.one_in(4):
                lines += [f"  if message is {events[0][1][0]}", "    stop"]
            return [*lines, f"  Bob chooses {reply}"]
        below = self.random.randint(2, 5)
        return [
            f"  Ann secretly chooses {message}",
            "  signal news seen by Bob",
            f"    if message is {events[0][1][0]}: good {below - 1}/{below} | bad rest",
            f"    otherwise: good {self.random.randint(0, 1)}/{below} | bad rest",
            f"  Bob chooses {reply}",
        ]

    def table(self, events):
        """A payoff for every case, small enough for ties, or spread out enough for none."""
        spread = self.random.choice((2, 4, 9))
        for number, case in enumerate(itertools.product(*(menu for _, menu in events))):
            asked = " and ".join(f"{name} is {value}" for (name, _), value in zip(events, case))
            yield f"  s{number}: {self.random.randint(-spread, spread)} when {asked}"
