"""The law of accounts, passwords, limits and organizations: pure functions over plain values."""
