"""What callers of auth send and receive."""
