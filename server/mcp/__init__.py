"""Tools and resources for language models, by the Model Context Protocol; an optional extra."""
