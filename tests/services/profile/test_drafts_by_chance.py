"""Drafts by chance: whatever is saved in whatever order, what is read is what was saved last."""

import contextlib
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings, strategies as some

from services.profile.actions import entries
from services.profile.queries.profiles import profile
from shared.contracts.identity import Caller
from shared.contracts.refusals import Changed, Invalid, Missing
from shared.kit.ids import new_id
from tests.services.profile.world import DEZHOU, World

TEXTS = some.text(max_size=30)
STEPS = some.lists(
    some.one_of(
        some.tuples(some.just("save"), some.integers(-1, 3), TEXTS),
        some.tuples(some.just("add"), some.just(0), TEXTS),
        some.tuples(some.just("replace"), some.integers(0, 3), TEXTS),
        some.tuples(some.just("remove"), some.integers(0, 3), TEXTS),
    ),
    max_size=12,
)


class Model:
    """What the draft should hold: the post of `basic`, and the titles of `honours` in their order."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.post: str | None = None
        self.revision = 0
        self.titles: list[list[Any]] = []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_a_draft_holds_what_was_saved_last(world: World, steps: list[tuple[str, int, str]]) -> None:
    caller, model = world.applicant(), Model()
    await world.database.act(entries.save_sections, caller, DEZHOU, {})
    for step, number, text in steps:
        with contextlib.suppress(Invalid):  # characters that no text may hold
            await _take(world, caller, model, step, number, text)

    shown = await world.database.read(profile, caller.person, DEZHOU, "zh")
    parts = {part["section"]: part for part in (shown or {})["sections"]}
    assert parts["basic"]["values"].get("post") == model.post
    assert parts["basic"]["etag"] == f'"{model.revision}"'
    held = [[UUID(entry["entry_id"]), entry["values"].get("title")] for entry in parts["honours"]["entries"]]
    assert held == [[entry, title] for entry, title, _revision in model.titles]


async def _take(world: World, caller: Caller, model: Model, step: str, number: int, text: str) -> None:
    """Take one step on the draft and, where it was taken, on the model."""
    act = world.database.act
    if step == "save":
        if_match = None if number < 0 else number
        try:
            saved = await act(entries.save_section, caller, DEZHOU, "basic", {"post": text}, if_match)
        except Changed:
            assert if_match != model.revision
        else:
            assert if_match in {None, model.revision}
            model.revision += 1
            model.post = saved["values"].get("post")
    elif step == "add":
        added = await act(entries.add_entry, caller, DEZHOU, "honours", {"title": text})
        model.titles.append([UUID(added["entry_id"]), added["values"].get("title"), 1])
    else:
        await _take_at(world, caller, model, step, number, text)


async def _take_at(world: World, caller: Caller, model: Model, step: str, number: int, text: str) -> None:
    """Replace or remove an entry; one that is not there is not found."""
    act = world.database.act
    if number >= len(model.titles):
        try:
            await act(entries.remove_entry, caller, DEZHOU, "honours", new_id(), None)
        except Missing:
            return
        raise AssertionError
    entry, _title, revision = model.titles[number]
    if step == "remove":
        await act(entries.remove_entry, caller, DEZHOU, "honours", entry, revision)
        del model.titles[number]
    else:
        saved = await act(entries.replace_entry, caller, DEZHOU, "honours", entry, {"title": text}, revision)
        model.titles[number] = [entry, saved["values"].get("title"), revision + 1]
