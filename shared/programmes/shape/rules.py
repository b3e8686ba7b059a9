"""Rules between the fields of one section; each says what breaks it and what it excuses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shared.programmes.shape.faults import Unfit
from shared.programmes.shape.words import Json, Words


class Rule:
    """A law between fields, asked of values that were each read well already."""

    def breaches(self, values: Mapping[str, Json]) -> Iterator[tuple[str, Unfit]]:  # noqa: ARG002 - breaks nothing yet
        """The field at fault and the verdict, for each breach; a field left out is null."""
        yield from ()

    def excuses(self, values: Mapping[str, Json]) -> frozenset[str]:  # noqa: ARG002 - most rules excuse nothing
        """Required fields that these values make unnecessary."""
        return frozenset()


@dataclass(frozen=True)
class InOrder(Rule):
    """The end is not before the start; `called` is the start's title."""

    start: str
    end: str
    called: Words

    def breaches(self, values: Mapping[str, Json]) -> Iterator[tuple[str, Unfit]]:
        """Compare two dates in ISO form, whose order is that of their text."""
        start, end = values.get(self.start), values.get(self.end)
        if isinstance(start, str) and isinstance(end, str) and end < start:
            yield self.end, Unfit("end_before_start", start=self.called)


@dataclass(frozen=True)
class OpenEnd(Rule):
    """An end date is required exactly while the flag is not true, and empty while it is (至今)."""

    end: str
    current: str

    def breaches(self, values: Mapping[str, Json]) -> Iterator[tuple[str, Unfit]]:
        """An end together with the flag."""
        if values.get(self.current) is True and values.get(self.end) is not None:
            yield self.end, Unfit("end_while_current")

    def excuses(self, values: Mapping[str, Json]) -> frozenset[str]:
        """The end, while the flag is true."""
        return frozenset({self.end}) if values.get(self.current) is True else frozenset()
