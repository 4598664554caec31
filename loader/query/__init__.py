"""What a saved query is: its file, its parameters and their values, and where the parts of its text stand."""
