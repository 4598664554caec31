"""What runs in disposable processes: they are forked, do one kind of work in isolation, and may die."""
