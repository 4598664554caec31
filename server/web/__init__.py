"""The addresses of the service: each module answers one of them."""
