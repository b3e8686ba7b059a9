"""What the tests of review tell: organizations, reviewers, filings and their contents, all invented."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import NAMESPACE_DNS, UUID, uuid5

from services.review import actions
from services.review.schemas import Decide, DecisionMade
from shared.contracts.events import ChangeRequested, RouteStep, SubmissionFiled, SubmissionWithdrawn
from shared.contracts.identity import Caller
from shared.kit.database import Database
from shared.kit.ids import new_id
from shared.kit.vault import vault

DEZHOU, HEBEI = "dezhou-talent-pool", "hebei-professional-title"
MORNING = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
"""A Monday, nine o'clock in China; the fixture sets the database's clock an hour later."""
TIERS = ("employer", "county_hr_bureau", "county_talent_office", "city_service_centre", "city_talent_office")
NAMES = ("鲁北新材料有限公司", "德城区人社局", "德城区人才办", "德州市人才综合服务中心", "德州市人才办")


def organization(name: str) -> UUID:
    """The id of an organization of that name."""
    return uuid5(NAMESPACE_DNS, name)


EMPLOYER, BUREAU, OFFICE, CENTRE, CITY = (organization(name) for name in NAMES)
ELSEWHERE = organization("陵城区人社局")


def steps(*tiers: str) -> tuple[RouteStep, ...]:
    """The route over these tiers of Dezhou; over all five when none is named."""
    return tuple(
        RouteStep(
            tier=tier,
            organization_id=organization(name),
            organization_name=name,
            classifies=tier == "city_talent_office",
            working_days=10 if tier.startswith("city") else 5,
        )
        for tier, name in zip(TIERS, NAMES, strict=True)
        if not tiers or tier in tiers
    )


def reviewer(organization_id: UUID, account_id: UUID | None = None) -> Caller:
    """Somebody who decides for the organization."""
    return Caller(
        actor="gateway",
        account_id=account_id or uuid5(organization_id, "reviewer"),
        roles=frozenset({"reviewer"}),
        organization_id=organization_id,
    )


@dataclass
class Story:
    """One applicant's submission as profile tells it, version by version."""

    name: str = "张伟"
    pinyin: str = "zhang wei"
    programme: str = DEZHOU
    route: tuple[RouteStep, ...] = field(default_factory=steps)
    id_number: str = "371402199001011237"
    serial: int = 123
    version: int = 0
    round: int = 1
    employer_id: UUID = EMPLOYER
    employer_name: str = NAMES[0]
    submission_id: UUID = field(default_factory=new_id)
    case_id: UUID = field(default_factory=new_id)
    account_id: UUID = field(default_factory=new_id)

    def filed(self, *, at: datetime = MORNING) -> SubmissionFiled:
        """The next version is filed."""
        self.version += 1
        return SubmissionFiled(
            **self._common(),
            route=self.route,
            filed_at=at + timedelta(minutes=self.version),
            number=f"DZ-2026-{self.serial:06}",
            content_hash=f"{self.version:064x}",
            id_index=vault().index(self.id_number, "id_number"),
            id_last4_index=vault().index(self.id_number[-4:], "id_last4"),
        )

    def withdrawn(self) -> SubmissionWithdrawn:
        """The newest version is taken back; what is filed next is a new round."""
        at = MORNING + timedelta(minutes=self.version, seconds=30)
        told = SubmissionWithdrawn(**self._common(), first_tier=self.route[0], withdrawn_at=at)
        self.round += 1
        return told

    def asked(self, section: str = "basic", fields: tuple[str, ...] = ("mobile",)) -> ChangeRequested:
        """A change of the approved data is asked for."""
        common = self._common()
        for name in ("case_id", "version", "round"):
            common.pop(name)
        last = self.route[-1]
        return ChangeRequested(
            **common,
            change_request_id=new_id(),
            section=section,
            entry_id=None,
            kind="change",
            fields=fields,
            organization_id=last.organization_id,
            organization_name=last.organization_name,
            tier=last.tier,
            filed_at=MORNING,
            id_index=vault().index(self.id_number, "id_number"),
        )

    def _common(self) -> dict[str, Any]:
        return {
            "submission_id": self.submission_id,
            "case_id": self.case_id,
            "programme": self.programme,
            "account_id": self.account_id,
            "applicant_name": self.name,
            "applicant_pinyin": self.pinyin,
            "employer_id": self.employer_id,
            "employer_name": self.employer_name,
            "version": self.version,
            "round": self.round,
        }


def said(decision: Literal["approve", "return"], version: int = 1, **more: object) -> Decide:
    """A decision as a reviewer sends it; a return says why."""
    words = {"comment": "工作单位与劳动合同不一致，请核对。"} if decision == "return" else {}
    return Decide.model_validate({"decision": decision, "version": version, **words, **more})


async def decide(database: Database, story: Story, organization_id: UUID, body: Decide) -> DecisionMade:
    """Somebody of the organization decides."""
    return await database.act(actions.decide, reviewer(organization_id), story.case_id, body)


async def approved(database: Database, story: Story, *, until: str = "city_talent_office") -> None:
    """File a story's next version and approve it tier by tier, up to and with this tier."""
    await database.act(actions.open_case, story.filed())
    for step in story.route:
        category = {"category": "C"} if step.classifies else {}
        await decide(database, story, step.organization_id, said("approve", story.version, **category))
        if step.tier == until:
            return


def content(story: Story, **basic: object) -> list[dict[str, Any]]:
    """The sections of a snapshot: a few fields of `basic`, one school, no family."""
    values = {"name": story.name, "id_number": story.id_number, "mobile": "13953400001", "post": "工程师"}
    school = {"school": "德州学院", "degree": "3", "major": "材料科学", "started_on": "2008-09-01"}
    return [
        {"section": "basic", "values": {**values, **basic}},
        {"section": "education", "entries": [{"entry_id": str(uuid5(story.case_id, "school")), "values": school}]},
        {"section": "family_members", "entries": []},
    ]
