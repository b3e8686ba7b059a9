"""Builds the web application of the review service."""

from fastapi import FastAPI

from services.review.api import ROUTERS
from services.review.settings import settings
from shared.kit.database import Database
from shared.kit.web import build as build_app


def build() -> FastAPI:
    """Make the application with its own database."""
    own = settings()
    return build_app("review", ROUTERS, own, Database(own.database_url, pool_size=own.pool_size))
