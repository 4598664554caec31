"""What crawlers are told: which pages there are, in both languages."""
