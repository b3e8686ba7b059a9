"""Programmes: the shape that they share, the facts they rest on, and one folder for each of them."""
