"""Imports of people: judged row by row, run and undone in chunks, handed out once."""

from services.auth.actions.imports.chunks import give_up_chunk, run_chunk
from services.auth.actions.imports.credentials import take_credentials
from services.auth.actions.imports.orders import drop_import, order_run, order_undo
from services.auth.actions.imports.preview import preview
from services.auth.actions.imports.reading import read_table
from services.auth.actions.imports.template import make_template
from services.auth.actions.imports.troubles import list_troubles

__all__ = [
    "drop_import", "give_up_chunk", "list_troubles", "make_template", "order_run", "order_undo", "preview",
    "read_table", "run_chunk", "take_credentials",
]  # fmt: skip
