"""The five services: each owns its data, runs by itself and is scaled by itself."""
