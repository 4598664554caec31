"""The command line `unmissions`."""
