"""What a release looks like: all that the loader, which publishes, and the server, which reads, share."""
