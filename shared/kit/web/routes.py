"""Routers whose routes take no query parameter that they do not know, and name themselves after their function."""

import json
from collections.abc import Callable, Coroutine, Iterable, Sequence
from enum import Enum
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.params import Depends as DependsClass
from fastapi.routing import APIRoute

from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.kit.web.bodies import UNSAFE, is_dated, is_numeral, kinds_of
from shared.kit.web.faults import SENTENCES

PAGING = frozenset({"limit", "cursor"})


class StrictRequest(Request):
    """A request whose JSON says each thing once, in numbers that JSON has (RFC 8259, 4 and 6)."""

    async def json(self) -> Any:  # noqa: ANN401 - JSON
        """Read the body; raises ValueError for what could be read in two ways."""
        if not hasattr(self, "_json"):
            self._json = json.loads(await self.body(), object_pairs_hook=_each_once, parse_constant=_no_number)
        return self._json


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, unless it names something twice."""
    made = dict(pairs)
    if len(made) != len(pairs):
        message = "a name stands there twice"
        raise ValueError(message)
    return made


def _no_number(name: str) -> None:
    """Refuse NaN and Infinity, which are no JSON."""
    raise ValueError(name)


class StrictRoute(APIRoute):
    """A route that answers 422 to an unknown, doubled or unsafe query parameter (quality, A54 and A56).

    So it does to a number in place of a date, and to a body that names something twice (A55).
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Look at the query before anything else."""
        handler, known = super().get_route_handler(), frozenset(_names(self.dependant))
        dated = frozenset(_dated(self.dependant))

        async def strict(request: Request) -> Response:
            """Refuse what is unknown, then go on."""
            _refuse_unknown(request, known)
            _refuse_numerals(request, dated)
            return await handler(StrictRequest(request.scope, request.receive))

        return strict


def _names(dependant: Dependant) -> Iterable[str]:
    """The query parameters of a route and of all that it depends on."""
    yield from (field.alias for field in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _names(inner)


def _dated(dependant: Dependant) -> Iterable[str]:
    """The parameters, of path and query, that are dates or moments."""
    for field in (*dependant.path_params, *dependant.query_params):
        if is_dated(set(kinds_of(field.field_info.annotation))):
            yield field.alias
    for inner in dependant.dependencies:
        yield from _dated(inner)


def _refuse_numerals(request: Request, dated: frozenset[str]) -> None:
    """Raise Invalid naming each date that is given as a number, which Pydantic would take for seconds since 1970."""
    given = {**request.query_params, **request.path_params}
    code, sentence = SENTENCES["date_parsing"]
    faults = [
        Fault(code, sentence, field=name, values=(("field", name),))
        for name in sorted(dated & given.keys())
        if is_numeral(given[name])
    ]
    if faults:
        raise Invalid(faults=faults)


def _refuse_unknown(request: Request, known: frozenset[str]) -> None:
    """Raise Invalid naming each query parameter that is unknown, given twice, or holds what no text may hold."""
    given = [name for name, _value in request.query_params.multi_items()]
    faults = [
        Fault(
            "unknown_parameter",
            _("没有名为“{name}”的查询参数。"),
            field=name[:100],
            values=(("name", name[:100]),),
        )
        for name in dict.fromkeys(given)
        if name not in known
    ]
    faults += [
        Fault("parameter_twice", _("查询参数“{name}”只能出现一次。"), field=name, values=(("name", name),))
        for name in dict.fromkeys(given)
        if name in known and given.count(name) > 1
    ]
    faults += [
        Fault("unsafe_characters", _("查询参数“{name}”含有不能使用的字符。"), field=name, values=(("name", name),))
        for name, value in request.query_params.multi_items()
        if name in known and UNSAFE.search(value)
    ]
    if faults:
        raise Invalid(faults=faults)


def router(prefix: str = "", tags: Sequence[str | Enum] = (), dependencies: Sequence[DependsClass] = ()) -> APIRouter:
    """Make a router of strict routes; a route's operation id is its function's name."""
    return APIRouter(
        prefix=prefix,
        tags=list(tags),
        dependencies=list(dependencies),
        route_class=StrictRoute,
        generate_unique_id_function=lambda route: route.name,
        redirect_slashes=False,
    )
