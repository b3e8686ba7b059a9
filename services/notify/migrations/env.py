"""Brings notify's database to its newest shape."""

from services.notify.models import Table
from services.notify.settings import settings
from shared.kit.migrations import run

run(Table.metadata, settings())
