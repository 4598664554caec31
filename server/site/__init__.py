"""What belongs to no subject: the home page, and what crawlers ask for."""
