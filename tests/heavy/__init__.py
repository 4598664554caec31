"""The heavy suite: attacks, load, faults, durability, memory and isolation, each on a server of its own.

`python -m tests.heavy` runs all of it, `python -m tests.heavy NAME…` some; pytest does not collect it.
"""
