"""What is wrong with a SPARQL text that the engine refused: its place, and a sentence that helps."""
