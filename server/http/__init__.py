"""One request and its response: parameters, formats, tags, problems, and what all addresses share."""
