"""The peer as a whole process: import, read the tree named on the command line, solve it."""

import sys

import pygambit as gbt

game = gbt.read_efg(sys.argv[1])
print(len(gbt.nash.enumpure_solve(game).equilibria))
