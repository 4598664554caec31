"""The ontology as people read it: terms with their texts, demands, uses and questions, and a diagram."""
