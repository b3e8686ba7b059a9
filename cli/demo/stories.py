"""What happened to the demo applicants: one has filed nothing, one was returned, two are approved, one is new."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cli.demo.cast import EMPLOYERS, POOL, TITLES
from cli.demo.desk import DemoFailedError, Desk, Json, until
from cli.demo.dossiers import Declared, Values, professional_title, talent_pool
from cli.demo.papers import upload_all
from cli.demo.people import DEMO

NAMES = {one.username: one.name for one in EMPLOYERS}
UNDECIDED = {"draft", "withdrawn"}


@dataclass(frozen=True, slots=True)
class Reviewer:
    """An account that decides for an organization."""

    account_id: UUID
    organization_id: UUID

    def desk(self) -> Desk:
        """Where the reviewer works."""
        return Desk(self.account_id, "reviewer", organization_id=self.organization_id)


async def play(
    applicants: Mapping[str, UUID],
    reviewers: Mapping[str, Reviewer],
    employers: Mapping[str, UUID],
    mobiles: Mapping[str, str],
) -> None:
    """Let everything happen, side by side."""
    scenes = {
        name: Scene(name, applicants[name], unit, employers[unit], mobiles[name])
        for name, unit in (
            ("zhang.wei", "unit-lubei"), ("li.na", "unit-institute"), ("wang.fang", "unit-lubei"),
            ("chen.jing", "unit-hebei"),
        )
    }  # fmt: skip
    await asyncio.gather(
        scenes["zhang.wei"].fill(POOL),
        _returned(scenes["li.na"], reviewers),
        _approved(scenes["wang.fang"], reviewers),
        _wants_a_change(scenes["chen.jing"], reviewers),
    )


@dataclass(frozen=True, slots=True)
class Scene:
    """One applicant, and the employer that the dossier goes to."""

    username: str
    account_id: UUID
    unit: str
    employer_id: UUID
    mobile: str

    def desk(self) -> Desk:
        """Where the applicant works."""
        return Desk(self.account_id, "applicant")

    async def fill(self, programme: str) -> None:
        """Fill the whole profile, once."""
        async with self.desk() as desk:
            await until(_has_profile, desk, programme)
            profile = await desk.get("profile", f"/profiles/{programme}")
            if profile["completeness"]["complete"] or profile["status"] != "draft":
                return
            scans = await upload_all(desk, DEMO[self.username], NAMES[self.unit])
            declared = Declared(
                self.username, DEMO[self.username], self.mobile, self.employer_id, NAMES[self.unit], scans
            )
            basic, entries = talent_pool(declared) if programme == POOL else professional_title(declared)
            await self._save(desk, programme, basic, entries, profile)

    async def _save(
        self, desk: Desk, programme: str, basic: Values, entries: Mapping[str, list[Values]], profile: Json
    ) -> None:
        """Save the first section, and every entry of sections that have none yet."""
        path = f"/profiles/{programme}/sections"
        await until(_is_taken, desk, f"{path}/basic", basic)
        filled = {part["section"] for part in profile["sections"] if part.get("entries")}
        for section, values in entries.items():
            for entry in values if section not in filled else ():
                await desk.call("profile", "POST", f"{path}/{section}/entries", entry)

    async def file(self, programme: str) -> Json:
        """File what was filled, unless it was filed already; gives the submission."""
        await self.fill(programme)
        async with self.desk() as desk:
            found = await desk.get("profile", "/submissions")
            if found["items"] and found["items"][0]["status"] not in UNDECIDED:
                return found["items"][0]
            body = {"programme": programme, "organization_id": str(self.employer_id)}
            return await desk.call("profile", "POST", "/submissions", body)


async def _returned(scene: Scene, reviewers: Mapping[str, Reviewer]) -> None:
    """The city's service centre returns with two remarks."""
    filed = await scene.file(POOL)
    await _decide(reviewers[scene.unit], filed, {"decision": "approve", "comment": "情况属实，同意上报。"})
    remarks = [
        {"section": "basic", "field": "address", "comment": "通讯地址请写到门牌号。"},
        {"section": "education", "field": "scan", "comment": "学位证书扫描件编号不清晰，请重新上传。"},
    ]
    body = {"decision": "return", "comment": "请按批注补充材料后重新提交。", "remarks": remarks}
    await _decide(reviewers["centre-371400"], filed, body)


async def _approved(scene: Scene, reviewers: Mapping[str, Reviewer]) -> None:
    """All five tiers approve; class C."""
    filed = await scene.file(POOL)
    for username in (scene.unit, "hr-371402", "office-371402", "centre-371400"):
        await _decide(reviewers[username], filed, {"decision": "approve"})
    await _decide(reviewers["office-371400"], filed, {"decision": "approve", "category": "C"})


async def _wants_a_change(scene: Scene, reviewers: Mapping[str, Reviewer]) -> None:
    """The employer approves; then the mobile number is to change."""
    filed = await scene.file(TITLES)
    await _decide(reviewers[scene.unit], filed, {"decision": "approve", "comment": "同意。"})
    async with scene.desk() as desk:
        await until(_is_approved, desk, filed["submission_id"])
        if not (await desk.get("profile", "/change-requests"))["items"]:
            body = {
                "programme": TITLES, "section": "basic", "changes": {"mobile": "13805342099"},
                "reason": "更换手机号码", "scans": [],
            }  # fmt: skip
            await desk.call("profile", "POST", "/change-requests", body)


async def _decide(reviewer: Reviewer, filed: Json, verdict: Mapping[str, object]) -> None:
    """Decide the case as soon as it has come, unless it was decided already."""
    async with reviewer.desk() as desk:
        await until(_has_come, desk, filed["submission_id"])
        item = await _item(desk, filed["submission_id"], "waiting")
        if item is not None:
            body = {**verdict, "version": item["version"]}
            await desk.call("review", "POST", f"/review/cases/{item['case_id']}/decisions", body)


async def _has_come(desk: Desk, submission_id: str) -> bool:
    """Whether the case has reached the reviewer's organization."""
    return await _item(desk, submission_id, "all") is not None


async def _item(desk: Desk, submission_id: str, state: str) -> Json:
    """The case in the worklist, or None."""
    found = await desk.get("review", f"/review/cases?state={state}&limit=100")
    return next((item for item in found["items"] if item["submission_id"] == submission_id), None)


async def _has_profile(desk: Desk, programme: str) -> bool:
    """Whether profile has heard of the account."""
    try:
        await desk.get("profile", f"/profiles/{programme}")
    except DemoFailedError:
        return False
    return True


async def _is_taken(desk: Desk, path: str, values: Values) -> bool:
    """Whether the section was saved: it names an employer of which profile may not have heard yet."""
    try:
        await desk.call("profile", "PUT", path, values)
    except DemoFailedError:
        return False
    return True


async def _is_approved(desk: Desk, submission_id: str) -> bool:
    """Whether the approval has come back to profile."""
    return bool((await desk.get("profile", f"/submissions/{submission_id}"))["status"] == "approved")
