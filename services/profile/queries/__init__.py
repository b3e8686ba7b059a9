"""The reads of the profile service."""
