"""The law of the profile service: pure functions over plain values."""
