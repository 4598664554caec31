"""Programs that take longer than tests: attacks and faults, the W3C suites, the bench."""
