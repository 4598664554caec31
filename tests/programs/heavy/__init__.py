"""The heavy suite: attacks, load, faults, durability, memory and isolation, each on a server of its own.

`python -m tests.programs.heavy` runs all of it, with names behind it some; pytest does not collect it.
"""
