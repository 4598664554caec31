"""How releases travel from one store directory to others: offered, fetched by digest, refused by name."""
