"""What auth reads."""
