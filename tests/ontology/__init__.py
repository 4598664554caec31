"""What the ontology declares and its shapes demand."""
