"""Brings auth's database to its newest shape."""

from services.auth.models import Table
from services.auth.settings import settings
from shared.kit.migrations import run

run(Table.metadata, settings())
