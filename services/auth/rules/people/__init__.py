"""Lists of people for assigned accounts: their columns, and everything that can be wrong with a row."""

from services.auth.rules.people.against import Employer, Known, against
from services.auth.rules.people.columns import COLUMNS, Column, columns_of
from services.auth.rules.people.rows import Judged, is_blank, judge
from services.auth.rules.people.table import Cell, Odd, Table
from services.auth.rules.people.troubles import Trouble, sentence_of

__all__ = [
    "COLUMNS", "Cell", "Column", "Employer", "Judged", "Known", "Odd", "Table", "Trouble", "against", "columns_of",
    "is_blank", "judge", "sentence_of",
]  # fmt: skip
