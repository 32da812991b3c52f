"""Random strategic forms with whole payoffs, often with ties and double strategies."""

import itertools
import random


def text(seed, players=(2, 2), most_strategies=7):
    """A form of so many players (fewest, most) in Gambit's format, the same for the same seed."""
    dice = random.Random(seed)
    count = dice.randint(*players)
    sizes = [dice.randint(1, most_strategies) for _ in range(count)]
    most = dice.choice((1, 2, 3, 9, 999))
    low = dice.choice((0, -most))
    cells = {
        cell: [dice.randint(low, most) for _ in sizes]
        for cell in itertools.product(*map(range, sizes))
    }
    kind = dice.choice(("any", "any", "any", "zero sum", "common", "double"))
    for cell, paid in cells.items():
        if kind == "zero sum":
            paid[-1] = -sum(paid[:-1])
        if kind == "common":
            paid[:] = [paid[0]] * count
        if kind == "double":
            # Everybody's last strategy does what the first does.
            twin = tuple(0 if at == size - 1 else at for at, size in zip(cell, sizes))
            paid[:] = cells[twin]
    return written(sizes, cells)


def generic(seed, sizes):
    """A form in which ties are rare."""
    dice = random.Random(seed)
    cells = itertools.product(*map(range, sizes))
    return written(sizes, {cell: [dice.randint(-99, 99) for _ in sizes] for cell in cells})


def written(sizes, cells):
    """As Gambit writes it, the first player's strategy fastest."""
    names = " ".join(f'"P{number + 1}"' for number in range(len(sizes)))
    shape = " ".join(map(str, sizes))
    order = itertools.product(*(range(size) for size in reversed(sizes)))
    numbers = [number for cell in order for number in cells[tuple(reversed(cell))]]
    return f'NFG 1 R "random" {{ {names} }} {{ {shape} }}\n\n{" ".join(map(str, numbers))}\n'
