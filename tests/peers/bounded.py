"""Bounds on memory and time: a game on which another program runs away ends alone."""

import os
import pickle
import resource
import select
import signal

# Address space of each process, in bytes; well below what a small machine has.
MOST_MEMORY = 2 << 30
# Python's own numbers, Gambit's numbers and files cost little: two workers keep two cores busy.
WORKERS = 2


class Unfinished:
    """In place of a result: the time or the memory was not enough, or the process died."""

    def __init__(self, why):
        self.why = why

    def __repr__(self):
        return f"unfinished ({self.why})"


def limit_memory():
    """Bounds this process and all that it starts from now on."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def each(function, items, seconds):
    """`function(item)` for every item, in order, each in a process of its own.

    Only the end of the process surely stops a solver written in another language, hence no
    threads and no exceptions from signals.
    """
    results = [None] * len(items)
    waiting, running = list(enumerate(items))[::-1], {}
    while waiting or running:
        while waiting and len(running) < WORKERS:
            position, item = waiting.pop()
            child, pipe = _start(function, item, seconds)
            running[pipe] = (position, child, bytearray())
        for pipe in select.select(list(running), [], [])[0]:
            position, child, received = running[pipe]
            piece = os.read(pipe, 1 << 16)
            received += piece
            if not piece:
                os.close(pipe)
                del running[pipe]
                results[position] = _result(child, bytes(received))
    return results


def _start(function, item, seconds):
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds)
    try:
        result = ("fine", function(item))
    except MemoryError:
        result = ("unfinished", "out of memory")
    except BaseException as error:  # pylint: disable=broad-exception-caught
        result = ("failed", f"{type(error).__name__}: {error}")
    with os.fdopen(writing, "wb") as out:
        pickle.dump(result, out)
    os._exit(0)


def _result(child, received):
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return Unfinished("out of time" if number == signal.SIGALRM else f"signal {number}")
    # Without memory a C library may end the process before Python hears of it.
    if status:
        return Unfinished(f"ended with status {os.waitstatus_to_exitcode(status)}")
    kind, value = pickle.loads(received)
    if kind == "failed":
        raise RuntimeError(value)
    return Unfinished(value) if kind == "unfinished" else value


def peak_memory():
    """The most memory that this process or one it waited for has held, in MiB."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) // 1024
