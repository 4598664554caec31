"""What holds the sockets: bodies, the cache of answers, departures, streams, and nothing of SPARQL."""
