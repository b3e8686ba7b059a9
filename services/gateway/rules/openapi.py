"""Merges the services' OpenAPI documents (3.1) into the public one."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from services.gateway.rules.routes import API, Route

Document = dict[str, Any]
REFERENCE = "#/components/schemas/"
PROBLEM_TYPE = "application/problem+json"

PROBLEM: Document = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457. `code` is stable; `detail` is for people, in Chinese, or English by Accept-Language.",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {"type": "array", "items": {"$ref": f"{REFERENCE}ProblemError"}},
    },
}
PROBLEM_ERROR: Document = {
    "type": "object",
    "title": "ProblemError",
    "required": ["code", "message"],
    "properties": {name: {"type": "string"} for name in ("section", "entry", "field", "code", "message")},
}
WORDS = {
    "401": "Not logged in", "403": "Not allowed", "404": "Not there, or not yours to see",
    "409": "The state does not allow it", "410": "Used, old or unknown", "412": "Changed meanwhile",
    "413": "Too large", "415": "Type not accepted",
    "422": "Invalid", "429": "Too many; Retry-After says when", "503": "A part is down; Retry-After says when",
}  # fmt: skip


def merge(routes: Iterable[Route], documents: Mapping[str, Document]) -> Document:
    """One document of all public routes; a route that its service does not describe is described by the table.

    A component whose name two services use for different things is prefixed with its service's name.
    """
    names = _names(
        {service: document.get("components", {}).get("schemas", {}) for service, document in documents.items()}
    )
    schemas: Document = {"Problem": PROBLEM, "ProblemError": PROBLEM_ERROR}
    for service, document in documents.items():
        for name, schema in document.get("components", {}).get("schemas", {}).items():
            schemas[names[service, name]] = _renamed(schema, service, names)
    paths: Document = {}
    for route in routes:
        own = documents.get(route.service, {}).get("paths", {}).get(route.path, {}).get(route.method.lower(), {})
        operation = _operation(route, _renamed(own, route.service, names))
        paths.setdefault(API + route.path, {})[route.method.lower()] = operation
    used = _reachable(paths, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "聚贤 Juxian",
            "version": "1",
            "description": "人才申报与分级审核平台 · Public API, version 1",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": {name: schemas[name] for name in sorted(used)},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "description": "POST /api/v1/sessions"}},
        },
    }


def _names(schemas: Mapping[str, Document]) -> dict[tuple[str, str], str]:
    """The public name of each service's component."""
    names: dict[tuple[str, str], str] = {}
    taken: dict[str, Document] = {"Problem": PROBLEM, "ProblemError": PROBLEM_ERROR}
    for service, own in schemas.items():
        for name, schema in own.items():
            clashes = taken.setdefault(name, schema) != schema
            names[service, name] = f"{service.capitalize()}{name}" if clashes else name
    return names


def _renamed(value: Any, service: str, names: Mapping[tuple[str, str], str]) -> Any:  # noqa: ANN401 - JSON
    """The same JSON with references to the components' public names."""
    if isinstance(value, dict):
        return {key: _renamed(inner, service, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, service, names) for inner in value]
    if isinstance(value, str) and value.startswith(REFERENCE):
        name = value.removeprefix(REFERENCE)
        return REFERENCE + names.get((service, name), name)
    return value


def _operation(route: Route, own: Document) -> Document:
    """A route's operation: the service's own description, who may call it, and the problems that it may answer."""
    operation: Document = {
        **own,
        "operationId": f"{route.service}_{route.operation}",
        "tags": own.get("tags") or [route.service],
        "x-guard": route.guard,
    }
    headers = {"authorization", "x-request-id"}
    if parameters := [p for p in own.get("parameters", []) if str(p.get("name", "")).lower() not in headers]:
        operation["parameters"] = parameters
    else:
        operation.pop("parameters", None)
    if route.guard != "public":
        operation["security"] = [{"bearer": []}]
    operation["responses"] = {**_good(own), **{status: _problem(status) for status in _statuses(route, own)}}
    return operation


def _good(own: Document) -> Document:
    """The answers that a service describes, its own problems left to us."""
    good = {status: answer for status, answer in own.get("responses", {}).items() if status < "400"}
    return good or {"200": {"description": "OK"}}


def _statuses(route: Route, own: Document) -> Iterator[str]:
    """Which problems a route may answer."""
    names_programme = any(one.get("name") == "programme" for one in own.get("parameters", []))
    if route.guard != "public":
        yield from ("401", "403")
    elif route.path.startswith("/sessions"):
        yield "401"
    if "{" in route.path or route.body != "none" or names_programme:
        yield "404"
    if "{token}" in route.path:
        yield "410"
    if route.method != "GET":
        yield "409"
    if route.method in {"PUT", "PATCH", "DELETE"}:
        yield "412"
    if route.body != "none":
        yield from ("413", "415")
    yield from ("422", "429", "503")


def _problem(status: str) -> Document:
    """A problem document as an answer."""
    return {
        "description": WORDS[status],
        "content": {PROBLEM_TYPE: {"schema": {"$ref": f"{REFERENCE}Problem"}}},
    }


def _reachable(paths: Document, schemas: Document) -> set[str]:
    """The components that some path needs: what only internal routes speak of stays inside."""
    used: set[str] = set()
    waiting = list(_references(paths))
    while waiting:
        name = waiting.pop()
        if name not in used and name in schemas:
            used.add(name)
            waiting.extend(_references(schemas[name]))
    return used


def _references(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    """The names of the components that some JSON refers to."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
    elif isinstance(value, str) and value.startswith(REFERENCE):
        yield value.removeprefix(REFERENCE)
