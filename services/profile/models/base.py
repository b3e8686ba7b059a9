"""The base of every table of the profile service: a registry of its own, so that services never collide."""

from sqlalchemy.orm import registry
from sqlmodel import SQLModel


class Table(SQLModel, registry=registry()):
    """A table of the profile service's database."""
