"""Random scenarios for comparison with other programs, the same for the same seed.

A program has two or three players, types, public, secret and partly seen moves, noisy signals
whose noise depends on what happened, nested branches, reveals, simultaneous moves and rounds.
Choices keep their whole menu everywhere, as the language demands; all else is left to chance.
"""

import random

PLAYERS = ("Ann", "Bob", "Cid")
# A story grows no further once its tree would have about so many ends.
MOST_ENDS = 400


class Program:
    """One random scenario, and how large its tree has become."""

    def __init__(self, seed, most_ends=MOST_ENDS, players=(2, 3)):
        self.random = random.Random(seed)
        self.players = PLAYERS[: self.random.randint(*players)]
        self.lines = []
        self.ends = 1
        self.most_ends = most_ends
        self.count = 0
        # Conditions that are worth asking at the end: (text, needs nothing to have happened).
        self.conditions = []
        self.typed = [name for name in self.players if self.random.random() < 0.5]

    def text(self):
        """The scenario."""
        head = ['game "random"', "", "players"] + [f"  {name}" for name in self.players]
        for name in self.typed:
            head += ["", f"types of {name}", f"  high  {self.share()}", "  low   rest"]
            self.conditions += [f"{name} is high", f"{name} is low"]
            self.ends *= 2
        self.body(1, self.random.randint(2, 4), [], 0)
        if not any("choose" in line for line in self.lines):
            self.choice("  ", [])
        return "\n".join(head + ["", "story"] + self.lines + self.stakes()) + "\n"

    def share(self):
        """A probability strictly between 0 and 1."""
        below = self.random.randint(2, 9)
        return f"{self.random.randint(1, below - 1)}/{below}"

    def name(self, stem):
        """A name that nothing else has."""
        self.count += 1
        return f"{stem}{self.count}"

    def body(self, level, statements, happened, depth):
        """A block of the story; `happened` are the events certain to have happened."""
        indent = "  " * level
        for _ in range(statements):
            if self.ends > self.most_ends:
                break
            kinds = ["choice"] * 4 + ["signal", "chance", "together", "both"]
            kinds += ["branch"] * 2 if happened and depth < 2 else []
            kinds += ["reveal"] if happened else []
            kinds += ["rounds"] if depth == 0 and self.ends * 16 <= self.most_ends else []
            getattr(self, self.random.choice(kinds))(indent, happened)
        if not self.lines or len(self.lines[-1]) - len(self.lines[-1].lstrip()) < len(indent):
            self.choice(indent, happened)

    def audience(self, but=None):
        """Who sees something, as the language writes it."""
        others = [name for name in self.players if name != but]
        kind = self.random.randint(0, 3)
        if kind == 0:
            return "all"
        if kind == 1 and but is None:
            return "nobody"
        return ", ".join(sorted(self.random.sample(others, self.random.randint(1, len(others)))))

    def values(self):
        """A menu."""
        return [f"v{number}" for number in range(self.random.choice((2, 2, 2, 3)))]

    def remember(self, event, values, happened):
        """Notes an event that certainly happened here."""
        happened.append((event, values))
        self.conditions += [f"{event} is {value}" for value in values]

    def choice(self, indent, happened):
        who, event, values = self.random.choice(self.players), self.name("move"), self.values()
        kind = self.random.randint(0, 3)
        secretly = "secretly " if kind == 1 else ""
        seen = f" seen by {self.audience(who)}" if kind == 2 else ""
        if kind == 3:
            other = self.random.choice([name for name in self.players if name != who])
            seen = f" seen by {other} as happened"
        menu = " | ".join(values)
        self.lines.append(f"{indent}{who} {secretly}chooses {event}: {menu}{seen}")
        self.remember(event, values, happened)
        self.ends *= len(values)

    def both(self, indent, happened):
        """Two players make the same choice at once."""
        one, other = self.random.sample(self.players, 2)
        event = self.name("joint")
        self.lines.append(f"{indent}{one} and {other} choose {event}: v0 | v1")
        for who in (one, other):
            self.remember(f"{who}.{event}", ["v0", "v1"], happened)
        self.ends *= 4

    def together(self, indent, happened):
        self.lines.append(f"{indent}together")
        known = list(happened)
        for who in self.random.sample(self.players, 2):
            event, values = self.name("move"), self.values()
            menu = " | ".join(values)
            secretly = self.random.choice(("", "", "secretly "))
            self.lines.append(f"{indent}  {who} {secretly}chooses {event}: {menu}")
            self.remember(event, values, known)
            self.ends *= len(values)
        happened[:] = known

    def chance(self, indent, happened):
        event = self.name("luck")
        head = f"{indent}chance {event}: v0 {self.share()} | v1 rest"
        self.lines.append(f"{head} seen by {self.audience()}")
        self.remember(event, ["v0", "v1"], happened)
        self.ends *= 2

    def signal(self, indent, happened):
        """Chance whose probabilities depend on what happened."""
        event = self.name("news")
        self.lines.append(f"{indent}signal {event} seen by {self.audience()}")
        if happened:
            about, values = self.random.choice(happened)
            value = self.random.choice(values)
            self.lines.append(f"{indent}  if {about} is {value}: v0 {self.share()} | v1 rest")
        self.lines.append(f"{indent}  otherwise: v0 {self.share()} | v1 rest")
        self.remember(event, ["v0", "v1"], happened)
        self.ends *= 2

    def reveal(self, indent, happened):
        event, _ = self.random.choice(happened)
        who = self.random.choice(self.players)
        self.lines.append(f"{indent}reveal {event} to {who}")

    def branch(self, indent, happened):
        event, values = self.random.choice(happened)
        self.lines.append(f"{indent}if {event} is {self.random.choice(values)}")
        before, level = self.ends, len(indent) // 2 + 1
        self.body(level, self.random.randint(1, 2), list(happened), level)
        if self.random.random() < 0.6:
            self.lines.append(f"{indent}else")
            self.body(level, 1, list(happened), level)
        elif self.random.random() < 0.3:
            self.lines.append(f"{indent}  stop")
        self.ends = max(before, self.ends // 2)

    def rounds(self, indent, happened):
        event = self.name("round")
        one, other = self.random.sample(self.players, 2)
        self.lines.append(f"{indent}repeat t in 1..2")
        if self.random.random() < 0.5:
            self.lines.append(f"{indent}  {one} and {other} choose {event}[t]: v0 | v1")
            for who in (one, other):
                for turn in (1, 2):
                    self.remember(f"{who}.{event}[{turn}]", ["v0", "v1"], happened)
            self.ends *= 16
        else:
            secretly = self.random.choice(("", "secretly "))
            self.lines.append(f"{indent}  {one} {secretly}chooses {event}[t]: v0 | v1")
            for turn in (1, 2):
                self.remember(f"{event}[{turn}]", ["v0", "v1"], happened)
            self.ends *= 4

    def stakes(self):
        """Random small payoffs, so that ties happen now and then."""
        lines = []
        for who in self.players:
            lines += ["", f"stakes of {who}"]
            for number in range(self.random.randint(3, 6)):
                asked = self.random.sample(
                    self.conditions, min(len(self.conditions), self.random.randint(1, 2))
                )
                amount = self.random.choice((-3, -2, -1, 1, 2, 3, 4))
                lines.append(f"  s{number}: {amount} when {' and '.join(asked)}")
        return lines


def programs(count, seed, **options):
    """Texts of `count` random scenarios."""
    return [Program(f"{seed}/{number}", **options).text() for number in range(count)]
