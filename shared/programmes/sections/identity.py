"""The rule that an identity number follows the document that it is of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shared.programmes.facts import documents
from shared.programmes.shape import Json, Rule, Unfit


@dataclass(frozen=True)
class IdNumberFits(Rule):
    """The number is one of its document's kind; while the kind is not chosen, nothing is said of it."""

    id_type: str = "id_type"
    id_number: str = "id_number"

    def breaches(self, values: Mapping[str, Json]) -> Iterator[tuple[str, Unfit]]:
        """What the document's own rule says of the number."""
        kind, number = values.get(self.id_type), values.get(self.id_number)
        if isinstance(kind, str) and isinstance(number, str) and (code := documents.fault(kind, number)):
            yield self.id_number, Unfit(code)
