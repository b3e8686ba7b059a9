"""One's own profile: what it holds, what it lacks, who opened it, the form."""

from typing import Annotated

from fastapi import Query, Response

from services.profile.actions import form
from services.profile.actions.drafts import open_profile
from services.profile.api.answers import PERSON, AskedDep, Day, LanguageDep, answer
from services.profile.queries import accesses as access_reads, history as history_reads, profiles as reads
from services.profile.schemas import Accesses, Changes, Completeness, History, OnDay, ProfileOut, Profiles
from shared.kit.web import CallerDep, DatabaseDep, PageDep, router

everything = router(tags=["profiles"], dependencies=[PERSON])
routes = router(prefix="/profiles/{programme}", tags=["profiles"], dependencies=[PERSON])
Include = Annotated[
    str,
    Query(
        pattern="^((scans|submission|organizations)(,(scans|submission|organizations)){0,2})?$",
        description="What comes along: `scans`, `submission`, `organizations`, or several with commas between.",
    ),
]
PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


@everything.get("/profiles", response_model=Profiles)
async def own_profiles(
    caller: CallerDep, database: DatabaseDep, language: LanguageDep, include: Include = ""
) -> Response:
    """Show every profile that one has begun, the oldest first."""
    along = frozenset(include.split(","))
    return answer(await database.read(reads.own_profiles, caller.person, language, along))


@routes.get("", response_model=ProfileOut)
async def profile(
    programme: str, caller: CallerDep, database: DatabaseDep, language: LanguageDep, include: Include = ""
) -> Response:
    """Show one's own profile with all that its page needs; it is made at the first asking."""
    along = frozenset(include.split(","))
    found = await database.read(reads.profile, caller.person, programme, language, along)
    if found is None:
        await database.act(open_profile, caller.person, programme)
        found = await database.read(reads.profile, caller.person, programme, language, along)
    return answer(found)


@routes.get("/completeness", response_model=Completeness)
async def completeness(programme: str, caller: CallerDep, database: DatabaseDep, language: LanguageDep) -> Response:
    """List everything that keeps the profile from being filed, at once."""
    found = await database.read(reads.completeness, caller.person, programme, language)
    if found is None:
        await database.act(open_profile, caller.person, programme)
        found = await database.read(reads.completeness, caller.person, programme, language)
    return answer(found)


@routes.get("/changes", response_model=Changes)
async def changes(programme: str, caller: CallerDep, database: DatabaseDep) -> Response:
    """Tell what the next filing would change in the version that was filed last."""
    return answer(await database.read(reads.changes, caller.person, programme))


@routes.get("/accesses", response_model=Accesses)
async def accesses(programme: str, caller: CallerDep, database: DatabaseDep, page: PageDep) -> Response:
    """List who saw what of one's own, and when."""
    await database.act(open_profile, caller.person, programme)
    return answer(await database.read(access_reads.accesses, caller.person, programme, page))


@routes.get("/history", response_model=History | OnDay)
async def history(
    programme: str, caller: CallerDep, database: DatabaseDep, page: PageDep, asked: AskedDep, on: Day = None
) -> Response:
    """Tell what each version changed; with `on`, what the approved data said on that day."""
    await database.act(open_profile, caller.person, programme)
    if on is not None:
        return answer(await database.read(history_reads.on_day, caller.person, programme, asked, on))
    return answer(await database.read(history_reads.history, caller.person, programme, asked, page))


@routes.get("/form.pdf", response_class=Response)
async def declaration_form(
    programme: str,
    caller: CallerDep,
    database: DatabaseDep,
    version: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
) -> Response:
    """Give the declaration form (申报表) of the draft, or of a version that was filed."""
    await database.act(open_profile, caller.person, programme)
    content = await database.read(form.form_content, caller.person, programme, version)
    pdf = await form.draw_form(content)
    return Response(pdf, headers={**PRIVATE, "Content-Disposition": "inline"}, media_type="application/pdf")
