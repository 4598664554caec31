"""The engine in this process: no limits, no other process; who calls it may be disposable itself."""
