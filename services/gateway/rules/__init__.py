"""The law of the door: pure functions over plain values."""
