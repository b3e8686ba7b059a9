"""The plumbing that every service stands on; it knows no service and no programme by name."""
