"""The desk of the profile service: every action, by its name."""
