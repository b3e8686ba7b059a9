"""How a path finds what is served there: a literal segment wins over a placeholder."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

_PLACEHOLDER = re.compile(r"\{\w+\}")


class Placed(Protocol):
    """Something that is served at a path, such as `/scans/{scan_id}`."""

    @property
    def method(self) -> str:
        """The HTTP method."""
        ...

    @property
    def path(self) -> str:
        """The pattern of its path."""
        ...


Found = TypeVar("Found", bound=Placed)


@dataclass(slots=True)
class _Node(Generic[Found]):
    """A place in the tree of paths."""

    literal: "dict[str, _Node[Found]]" = field(default_factory=dict)
    anything: "_Node[Found] | None" = None
    served: dict[str, Found] = field(default_factory=dict)


class Signpost(Generic[Found]):
    """A tree of paths."""

    def __init__(self, places: Iterable[Found]) -> None:
        """Plant the tree; two for one method and path are refused."""
        self._root: _Node[Found] = _Node()
        for place in places:
            node = self._root
            for segment in place.path.split("/"):
                node = self._branch(node, segment)
            if place.method in node.served:
                message = f"{place.method} {place.path} stands twice in the table"
                raise ValueError(message)
            node.served[place.method] = place

    @staticmethod
    def _branch(node: _Node[Found], segment: str) -> _Node[Found]:
        """The branch for a segment of a pattern; grown where there is none."""
        if not _PLACEHOLDER.fullmatch(segment):
            return node.literal.setdefault(segment, _Node())
        if node.anything is None:
            node.anything = _Node()
        return node.anything

    def find(self, path: str) -> Mapping[str, Found]:
        """What is served at a clean path, by method; empty where there is nothing."""
        return self._walk(self._root, path.split("/"), 0)

    def _walk(self, node: _Node[Found], segments: list[str], depth: int) -> Mapping[str, Found]:
        """Follow the segments; go back to a placeholder where the literal branch leads nowhere."""
        if depth == len(segments):
            return node.served
        segment = segments[depth]
        if (literal := node.literal.get(segment)) is not None and (found := self._walk(literal, segments, depth + 1)):
            return found
        return self._walk(node.anything, segments, depth + 1) if node.anything is not None and segment else {}


def parameters(pattern: str, path: str) -> dict[str, str]:
    """What stands at a pattern's placeholders in a path that it fits."""
    pairs = zip(pattern.split("/"), path.split("/"), strict=True)
    return {name[1:-1]: value for name, value in pairs if _PLACEHOLDER.fullmatch(name)}


def allowed(methods: Iterable[str]) -> str:
    """The Allow header for what is served at a path (RFC 9110, 10.2.1)."""
    known = {*methods, "OPTIONS"}
    return ", ".join(sorted(known | {"HEAD"} if "GET" in known else known))
