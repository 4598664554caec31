"""Measures this server beside the native Oxigraph server, in interleaved runs that give ratios.

Both hold the same quads: a dump of our store as queries see it. `make bench` runs everything;
`python -m tests.programs.bench --triples 500000 --only look-up` a part.
"""
