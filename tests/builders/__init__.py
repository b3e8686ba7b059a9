"""Builders of what tests need: files, records, worlds."""
