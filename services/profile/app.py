"""Builds the profile service's web application."""

from fastapi import FastAPI

from services.profile import api
from services.profile.settings import settings
from shared.kit import web
from shared.kit.database import Database


def build() -> FastAPI:
    """The application of profile's web process."""
    given = settings()
    return web.build("profile", api.ROUTERS, given, Database(given.database_url, pool_size=given.pool_size))
