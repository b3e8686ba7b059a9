"""Reads of notify."""
