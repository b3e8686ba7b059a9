"""A small world for profile's tests: organizations, applicants, complete drafts, and what review would tell."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from services.profile.actions import entries
from services.profile.actions.submit import submit
from services.profile.clients import Origin
from services.profile.events import HEARS
from services.profile.models import Scan
from shared.contracts.events import Event, OrganizationChanged, SubmissionFiled
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit.database import Database, Session
from shared.kit.ids import new_id
from shared.programmes.catalogue import PROGRAMMES
from shared.programmes.facts import citizen_id
from shared.programmes.shape import Field, Json, Section, Type

DEZHOU, HEBEI = "dezhou-talent-pool", "hebei-professional-title"
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
BODY = "37140219880512356"
ID_NUMBER = BODY + citizen_id.check_digit(BODY)


def organization(name: str, kind: str, region: str, *, municipal: bool = False, programme: str = DEZHOU) -> Event:
    """An organization as auth tells it for the first time."""
    return OrganizationChanged(
        organization_id=new_id(),
        version=1,
        name=name,
        pinyin=name,
        kind=kind,
        region=region,
        municipal=municipal,
        programmes=(programme,),
    )


@dataclass
class World:
    """The world of one test, on profile's own database."""

    database: Database
    told: Callable[[Database], Awaitable[list[Event]]]
    organizations: dict[str, UUID] = field(default_factory=dict)
    origins: dict[UUID, Origin] = field(default_factory=dict)
    sequence: int = 0

    async def settle(self) -> None:
        """Make the organizations of a county, its city, and an employer of the Hebei programme."""
        for name, event in {
            "lubei": organization("鲁北新材料有限公司", "employer", "371402"),
            "institute": organization("德州市应用技术研究院", "employer", "371400", municipal=True),
            "hr": organization("德城区人力资源和社会保障局", "county_hr_bureau", "371402"),
            "office": organization("德城区人才工作办公室", "county_talent_office", "371402"),
            "centre": organization("德州市人才综合服务中心", "city_service_centre", "371400"),
            "city": organization("德州市人才工作办公室", "city_talent_office", "371400"),
            "hebei": organization("河北示范工程设计院", "employer", "130100", programme=HEBEI),
        }.items():
            self.organizations[name] = event.aggregate_id
            await self.hear(event)

    async def disable(self, name: str, kind: str, region: str = "371402") -> None:
        """Disable an organization."""
        await self.hear(
            OrganizationChanged(
                organization_id=self.organizations[name],
                version=2,
                name=name,
                pinyin=name,
                kind=kind,
                region=region,
                municipal=False,
                programmes=(DEZHOU,),
                disabled=True,
            )
        )

    def applicant(self, programmes: tuple[str, ...] = (), opened_by: str = "registration", **facts: Json) -> Caller:
        """A new account that auth knows."""
        account_id = new_id()
        self.origins[account_id] = Origin(frozenset(programmes), opened_by, facts)
        return Caller(actor="gateway", account_id=account_id, roles=frozenset({"applicant"}))

    async def origin(self, account_id: UUID, programme: str) -> Origin:
        """What auth would answer."""
        if account_id not in self.origins:
            raise Missing
        return self.origins[account_id]

    async def hear(self, event: Event) -> None:
        """Hear an event, as the inbox would let it be heard."""
        await self.database.act(HEARS[type(event)], event)

    async def scan(self, caller: Caller, purpose: str = "proof", status: str = "ready", **columns: object) -> str:
        """A scan that was processed."""
        code = (
            {"code": "corrupt", "reason": "文件已损坏或不完整，无法打开，请检查后重新上传。"}
            if status == "rejected"
            else {}
        )
        scan_id = new_id()

        async def write(session: Session) -> None:
            """Write its row."""
            row = {
                "id": scan_id,
                "account_id": caller.person,
                "purpose": purpose,
                "status": status,
                "media_type": "image/jpeg",
                "size": 1000,
                "sha256": scan_id.hex * 2,
                "pages": 1 if status == "ready" else 0,
                **code,
                **columns,
            }
            await session.execute(insert(Scan).values(**row))

        await self.database.act(write)
        return str(scan_id)

    async def values(self, caller: Caller, section: Section, employer: str) -> dict[str, Any]:
        """Values for every required field of a section, each the plainest of its type."""
        values = {item.field: await self._value(caller, item, employer) for item in section.fields if item.required}
        if "id_number" in values:
            values |= {"id_type": "citizen_id", "id_number": ID_NUMBER, "name": "张伟"}
        return values

    async def _value(self, caller: Caller, item: Field, employer: str) -> object:
        """A value of the field's type."""
        match item.type:
            case Type.PHOTO:
                return await self.scan(caller, "photo")
            case Type.SCANS:
                return [await self.scan(caller, item.purpose or "proof")]
            case Type.ORGANIZATION:
                return str(self.organizations[employer])
            case Type.CHOICE:
                return item.choices[0].value
            case plain:
                return {
                    Type.DATE: "2010-09-01",
                    Type.INTEGER: item.minimum or 1,
                    Type.DECIMAL: 1,
                    Type.BOOLEAN: True,
                    Type.EMAIL: "zhang.wei@demo.juxian.test",
                    Type.PHONE: "13805340001",
                }.get(plain, "德州")

    async def fill(self, caller: Caller, slug: str = DEZHOU, employer: str = "lubei") -> dict[str, str]:
        """Make a draft complete: every single section, and an entry in each that needs one; gives their ids."""
        ids = {}
        for section in PROGRAMMES[slug].sections:
            values = await self.values(caller, section, employer) if not section.repeated or section.minimum else {}
            if not section.repeated:
                await self.database.act(entries.save_section, caller, slug, section.section, values, None)
            elif section.minimum:
                added = await self.database.act(entries.add_entry, caller, slug, section.section, values)
                ids[section.section] = added["entry_id"]
        return ids

    async def filed(self, slug: str = DEZHOU, employer: str = "lubei") -> tuple[Caller, dict[str, Any]]:
        """An applicant whose complete draft was filed."""
        caller = self.applicant((slug,))
        await self.fill(caller, slug, employer)
        return caller, await self.database.act(submit, caller, slug, None)

    async def filing(self, caller: Caller) -> SubmissionFiled:
        """The newest filing that was told of an applicant."""
        events = [event for event in await self.told(self.database) if isinstance(event, SubmissionFiled)]
        return next(event for event in reversed(events) if event.account_id == caller.account_id)

    def of_case(self, filing: SubmissionFiled, tier: str, **more: object) -> dict[str, Any]:
        """What every event of the filing's case carries at that tier; the sequence grows."""
        self.sequence += 1
        step = next(step for step in filing.route if step.tier == tier)
        return {
            "case_id": filing.case_id,
            "submission_id": filing.submission_id,
            "programme": filing.programme,
            "account_id": filing.account_id,
            "applicant_name": filing.applicant_name,
            "employer_name": filing.employer_name,
            "version": filing.version,
            "round": filing.round,
            "sequence": self.sequence,
            "tier": tier,
            "organization_id": step.organization_id,
            "organization_name": step.organization_name,
            **more,
        }

    def decided(self, filing: SubmissionFiled, tier: str, **more: object) -> dict[str, Any]:
        """What every decision carries besides."""
        return self.of_case(
            filing, tier, decision_id=new_id(), decided_at=AT, reviewer_id=new_id(), **{"comment": None, **more}
        )


def approval(world: World, filing: SubmissionFiled, **more: object) -> dict[str, Any]:
    """What an approval at the last tier carries."""
    last = filing.route[-1].tier
    given = {"category": "C", "number": "DZ2026000001", "approved_on": date(2026, 11, 20), **more}
    return world.decided(filing, last, **given)


__all__ = ["AT", "DEZHOU", "HEBEI", "ID_NUMBER", "World", "approval", "organization"]
