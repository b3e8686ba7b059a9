"""Door 1: HTTP in, action, answer out."""

from services.review.api.admin import routes as admin
from services.review.api.cases import routes as cases
from services.review.api.change_requests import routes as change_requests
from services.review.api.decisions import routes as decisions
from services.review.api.desk import routes as desk
from services.review.api.internal import routes as internal
from services.review.api.statistics import routes as statistics

ROUTERS = (cases, desk, decisions, change_requests, statistics, admin, internal)

__all__ = ["ROUTERS"]
