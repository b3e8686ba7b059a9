"""Where files are decoded: a child process per file, with little memory, time and sight of the world.

`Zygote` (in `caller`) is the worker's end. It starts one light process that has the libraries loaded
(`zygote`), which forks a child for each file (`child`), which shuts itself in (`confine`, `landlock`) before
it reads a byte.
"""
