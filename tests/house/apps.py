"""The services' applications, built once for the tests that only look at them."""

from functools import cache
from importlib import import_module
from typing import Any

from fastapi import FastAPI


@cache
def app_of(service: str) -> FastAPI:
    """A service's application; needs the `installed` settings."""
    app: FastAPI = import_module(f"services.{service}.app").build()
    return app


@cache
def document_of(service: str) -> dict[str, Any]:
    """What the application says of itself; to be read, not changed."""
    return app_of(service).openapi()
