"""The base of every table of the review service: a registry of its own, so that services never collide."""

from sqlalchemy.orm import registry
from sqlmodel import SQLModel


class Table(SQLModel, registry=registry()):
    """A table of the review service's database."""
