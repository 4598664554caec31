"""What runs in disposable processes: holders of releases, workers that answer requests, a writer."""
