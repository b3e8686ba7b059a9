"""Brings review's database to its newest shape."""

from services.review.models import Table
from services.review.settings import settings
from shared.kit.migrations import run

run(Table.metadata, settings())
