"""Brings the profile service's database to its newest shape."""

from services.profile.models import Table
from services.profile.settings import settings
from shared.kit.migrations import run

run(Table.metadata, settings())
