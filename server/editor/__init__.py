"""What the editor of queries needs from the server: results to look at, words to complete, links to keep."""
