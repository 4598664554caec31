"""The story of a thing: what its page tells first, in words, each value with the words of the source."""
