"""Who is in the demo world: its employers, reviewers and applicants."""

from dataclasses import dataclass

from shared.programmes.facts import divisions

PASSWORD = "Juxian-demo-2026"  # noqa: S105 - the demo world's password is public, and made nowhere else
DOMAIN = "demo.juxian.test"
POOL, TITLES = "dezhou-talent-pool", "hebei-professional-title"


@dataclass(frozen=True, slots=True)
class Employer:
    """An employer, and the account that reviews for it."""

    username: str
    name: str
    region: str
    programme: str
    municipal: bool = False


EMPLOYERS = (
    Employer("unit-lubei", "鲁北新材料有限公司", "371402", POOL),
    Employer("unit-lingcheng", "陵城精密制造有限公司", "371403", POOL),
    Employer("unit-institute", "德州市应用技术研究院", "371400", POOL, municipal=True),
    Employer("unit-hebei", "河北示范工程设计院", "130100", TITLES),
)
REVIEWERS = {"unit-lubei": "刘建国", "unit-lingcheng": "马晓东", "unit-institute": "秦玉兰", "unit-hebei": "韩志强"}
"""Who reviews for the employers."""


@dataclass(frozen=True, slots=True)
class Office:
    """A reviewer of a bureau or office, by kind and region of the organization."""

    username: str
    name: str
    kind: str
    region: str


def offices() -> tuple[Office, ...]:
    """A reviewer for every bureau and office of Dezhou."""
    counties = [county.value for county in divisions.counties_of("371400")]
    return (
        *(Office(f"hr-{code}", "李科长", "county_hr_bureau", code) for code in counties),
        *(Office(f"office-{code}", "王主任", "county_talent_office", code) for code in counties),
        Office("centre-371400", "赵主任", "city_service_centre", "371400"),
        Office("office-371400", "周主任", "city_talent_office", "371400"),
    )


def address(username: str) -> str:
    """The e-mail address of a demo account."""
    return f"{username}@{DOMAIN}"
