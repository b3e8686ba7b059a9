"""A declared profile as profile answers it, for tests of the applicant's pages: the catalogue is the real one."""

from typing import Any

from shared.programmes.catalogue import PROGRAMMES
from tests.services.gateway.doubles import FakeService
from tests.services.gateway.samples import RECORD

Json = dict[str, Any]
POOL, TITLES = "dezhou-talent-pool", "hebei-professional-title"
UNIT, OTHER = "019a0000-0000-7000-8000-0000000000aa", "019a0000-0000-7000-8000-0000000000bb"
FIRST, SECOND = "019a0000-0000-7000-8000-000000000001", "019a0000-0000-7000-8000-000000000002"
SCAN = "019a0000-0000-7000-8000-0000000000cc"
MUNICIPAL = {"organization_id": UNIT, "name": "德州市应用技术研究院", "region": "371400", "municipal": True}
PRIVATE = {"organization_id": OTHER, "name": "鲁北新材料有限公司", "region": "371402", "municipal": False}
EMPLOYERS: list[Json] = [{**one, "kind": "employer"} for one in (MUNICIPAL, PRIVATE)]


def catalogue(slug: str = POOL) -> Json:
    """A programme's declaration."""
    return {**PROGRAMMES[slug].describe(), "window": None}


def remark(section: str | None, comment: str, **more: Any) -> Json:  # noqa: ANN401 - JSON
    """A remark of a return."""
    place = {"entry": None, "field": None, "scan": None, "page": None, "box": None, "addressed": False}
    return {"section": section, "comment": comment, **place, **more}


def entry(entry_id: str, **values: Any) -> Json:  # noqa: ANN401 - JSON
    """An entry as profile gives it."""
    return {"entry_id": entry_id, "etag": '"1"', "values": values}


def profile(slug: str = POOL, *, status: str = "draft", **held: Any) -> Json:  # noqa: ANN401 - JSON
    """A profile: `held` are the values of single sections, and the entries of repeated ones."""
    parts = []
    for section in catalogue(slug)["sections"]:
        given = held.get(section["section"])
        shown = {"entries": given or []} if section["repeated"] else {"etag": '"1"', "values": given or {}}
        parts.append({"section": section["section"], "complete": True, **shown})
    office = {"organization_id": OTHER, "name": "鲁北新材料有限公司", "kind": "employer", "region": "371402",
              "municipal": False}  # fmt: skip
    returned = {"tier": "employer", "title": {"zh": "所在单位", "en": "Employer"}, "organization": office,
                "decided_at": "2026-11-18T02:05:00Z", "comment": "请修改", "version": 1}  # fmt: skip
    return {
        "programme": slug, "status": status, "last_modified_at": "2026-11-20T08:42:00Z", "submission_id": None,
        "number": None, "version": 0, "lock": None, "can_file": True, "can_withdraw": False, "can_change": False,
        "can_share": False, "shares": False, "window": None, "window_open": True, "file_again_until": None,
        "returned": returned if status == "returned" else None, "remarks": held.get("remarks", []), "scans": {},
        "submission": None, "completeness": {"complete": True, "missing": held.get("missing", [])},
        "confirmed_none": held.get("confirmed_none", []), "registration": held.get("registration", {}),
        "sections": parts,
    }  # fmt: skip


def answering(service: FakeService, found: Json, **also: Json) -> str:
    """Let the services answer with that profile; gives where its pages begin. `also`: further paths of profile."""
    slug = found["programme"]
    me = {"name": "张伟", "roles": ["applicant"], "programmes": [{"programme": slug, "status": found["status"]}]}
    service.answers |= {
        ("GET", f"/profiles/{slug}"): (200, found),
        ("GET", "/profiles"): (200, {"items": [found], "next_cursor": None}),
        ("GET", "/programmes"): (200, {"items": [catalogue(one) for one in PROGRAMMES], "next_cursor": None}),
        ("GET", f"/programmes/{slug}"): (200, catalogue(slug)),
        ("GET", "/organizations"): (200, {"items": EMPLOYERS, "next_cursor": None}),
        ("GET", "/announcements"): (200, {"items": [], "next_cursor": None}),
        ("GET", "/me"): (200, me),
        ("GET", f"/profiles/{slug}/changes"): (200, also.get("changes", {"version": None, "items": []})),
        ("GET", "/scans"): (200, also.get("scans", {"items": [], "next_cursor": None})),
        ("GET", f"/submissions/{RECORD}"): (200, also.get("submission", {})),
    }
    return f"/profiles/{slug}"
