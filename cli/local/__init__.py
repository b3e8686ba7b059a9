"""The platform on one machine: servers from wheels, a supervisor, and the way up and down.

The runner itself stays light: it imports no web framework, no ORM and no Celery, so that a second start takes
seconds. What needs those runs in processes of its own.
"""
