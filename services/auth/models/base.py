"""The base of auth's tables: a registry of its own, so that services in one process never meet."""

from sqlalchemy.orm import registry
from sqlmodel import SQLModel


class Table(SQLModel, registry=registry()):
    """What every table of auth is."""
