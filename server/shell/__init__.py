"""The thin ASGI shell in front of Flask: bodies, cache, departures, streams, and nothing of SPARQL."""
