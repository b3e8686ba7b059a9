"""Benchmarks: each figure is a ratio to a floor, both run in turn in one go; run by hand with `make bench`."""
