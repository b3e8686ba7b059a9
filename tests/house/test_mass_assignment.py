"""Nobody sets what the platform keeps for itself: every column of every table, tried on every call that takes JSON."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

import pytest
from pydantic import ValidationError
from sqlmodel import SQLModel

from services.auth.schemas.entering import Register
from shared.contracts.identity import ServiceName
from shared.kit.web import Body
from shared.programmes.catalogue import PROGRAMMES
from shared.programmes.shape import Faults, Section
from tests.house.apps import document_of
from tests.house.test_routes import SERVICES, routes

JUDGED_BY_SECTIONS = {
    ("/profiles/{programme}/sections/{section}", "put"),
    ("/profiles/{programme}/sections/{section}/entries", "post"),
    ("/profiles/{programme}/sections/{section}/entries/{entry_id}", "put"),
    ("/profiles/{programme}/sections", "post"),
    ("/registrations", "post"),
}
"""Bodies that take any name, and hand it to the classes of a programme's sections: see the last test."""
FREE_MAPS = {
    "AskChange.changes",  # likewise, by rules.changes
    "Credential.response",  # what a browser says of a passkey, read by the library alone
    "Credential.clientExtensionResults",
}
SECTIONS = [
    section
    for programme in PROGRAMMES.values()
    for section in (*programme.sections, *filter(None, [programme.registration]))
]
Document = Mapping[str, Any]


@cache
def columns() -> frozenset[str]:
    """The name of every column of every table."""
    bases = [import_module(f"services.{name}.models").Table for name in SERVICES]
    return frozenset(
        column.name
        for metadata in (SQLModel.metadata, *(base.metadata for base in bases))
        for table in metadata.tables.values()
        for column in table.columns
    )


def bodies(document: Document) -> Iterator[tuple[str, str, Document]]:
    """Path, method and schema of each call that takes JSON."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {})
            if schema := content.get("application/json", {}).get("schema"):
                yield path, method, schema


def resolved(document: Document, schema: Document) -> Document:
    """The schema behind a reference."""
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    return schema


def loose(document: Document, schema: Document) -> Iterator[str]:
    """The objects within a schema that take what they do not know."""
    schema = resolved(document, schema)
    for inner in (*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())):
        yield from loose(document, inner)
    for name, inner in schema.get("properties", {}).items():
        yield from (f"{schema['title']}.{name}" if at == "" else at for at in loose(document, inner))
    if schema.get("type") == "object" and schema.get("additionalProperties") is not False:
        yield ""


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("name", SERVICES)
def test_every_object_in_a_body_refuses_what_it_does_not_know(name: ServiceName) -> None:
    document = document_of(name)
    found = {
        (path, method, at)
        for path, method, schema in bodies(document)
        for at in loose(document, schema)
        if at not in FREE_MAPS
    }

    assert found == {(path, method, "") for path, method in JUDGED_BY_SECTIONS if path in document["paths"]}


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("name", SERVICES)
def test_no_call_takes_a_column_that_it_does_not_ask_for(name: ServiceName) -> None:
    taken = []
    for route in routes(name):
        kind = route.body_field and route.body_field.field_info.annotation
        if not isinstance(kind, type) or not issubclass(kind, Body) or kind is Register:
            continue
        forbidden = columns() - set(kind.model_fields)
        with pytest.raises(ValidationError) as refusal:
            kind.model_validate(dict.fromkeys(forbidden, "1"))
        named = {error["loc"][0] for error in refusal.value.errors() if error["type"] == "extra_forbidden"}
        taken += [(route.path, name) for name in forbidden - named]

    assert taken == []


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.section)
def test_no_section_takes_a_column_that_is_no_field_of_it(section: Section) -> None:
    forbidden = columns() - {field.field for field in section.fields}
    with pytest.raises(Faults) as refusal:
        section.parse(dict.fromkeys(forbidden, "1"))

    assert forbidden - {fault.field for fault in refusal.value.faults if fault.code == "unknown_field"} == set()
