"""Door 1: HTTP in, the right service, the answer out. `routes.py` is the table of contents."""

from services.gateway.api.door import Api
from services.gateway.api.operations import Operations
from services.gateway.api.routes import MAILBOX, ROUTES

__all__ = ["MAILBOX", "ROUTES", "Api", "Operations"]
