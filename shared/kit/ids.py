"""Identifiers: UUID version 7 (RFC 9562), so that keys sort by the moment they were made."""

from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """Make a new id."""
    return UUID(int=uuid_utils.uuid7().int)
