"""Files that are no RDF as plain triples, piece by piece: the meta-model Facade-X of SPARQL Anything."""
