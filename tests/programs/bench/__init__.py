"""Measures this server beside the native Oxigraph server, on disk and in memory, in interleaved rounds.

All hold the same quads: a dump of our store as queries see it. `make bench` measures everything;
`python -m tests.programs.bench --quick` the shipped data in a few minutes, `--only pages` a part.
"""
