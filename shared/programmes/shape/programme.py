"""A programme: its sections, its route, and all that it decides by declaration."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from shared.programmes.shape.contents import Contents, Difference, Missing, differing, lacking
from shared.programmes.shape.policies import Accounts, AfterApproval, Prefill, Support
from shared.programmes.shape.section import Section
from shared.programmes.shape.sharing import Partner
from shared.programmes.shape.tiers import Category, Membership, Office, Tier
from shared.programmes.shape.words import Json, Words


@dataclass(frozen=True, kw_only=True)
class Programme:
    """One declaration scheme. Whoever serves it follows what it declares and never asks which one it is."""

    programme: str
    title: Words
    accounts: Accounts
    sections: tuple[Section, ...]
    tiers: tuple[Tier, ...]
    home: Path
    after_approval: AfterApproval = AfterApproval.CHANGE_REQUESTS
    categories: tuple[Category, ...] = ()
    membership: Membership | None = None
    registration: Section | None = None
    prefill: Prefill = field(default_factory=Prefill)
    support: Support = field(default_factory=Support)
    shares_with: tuple[Partner, ...] = ()
    offices: tuple[Office, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a declaration that contradicts itself."""
        if len({section.section for section in self.sections}) < len(self.sections):
            raise ValueError(f"{self.programme}: two sections have the same name")
        if len({tier.tier for tier in self.tiers}) < len(self.tiers) or not self.tiers:
            raise ValueError(f"{self.programme}: tiers must be there, each once")
        if [tier.classifies for tier in self.tiers] != [False] * (len(self.tiers) - 1) + [bool(self.categories)]:
            raise ValueError(f"{self.programme}: the last tier classifies exactly where there are categories")
        for partner in self.shares_with:
            partner.check(self.programme, self.sections)

    @property
    def letters(self) -> Path:
        """The folder whose letters lie over the common ones, file by file; it need not be there."""
        return self.home / "letters"

    def section(self, name: str) -> Section:
        """The section of that name; KeyError where there is none."""
        return self._by_name[name]

    def tier(self, name: str) -> Tier:
        """The tier of that name; KeyError where there is none."""
        return {tier.tier: tier for tier in self.tiers}[name]

    @property
    def partner(self) -> Partner | None:
        """The site that approved people may share with; None where there is none."""
        return self.shares_with[0] if self.shares_with else None

    def category(self, name: str) -> Category:
        """The category of that name; KeyError where there is none."""
        return {category.category: category for category in self.categories}[name]

    def route_for(self, *, municipal: bool) -> tuple[Tier, ...]:
        """The tiers that a filing passes, by whether its employer is municipal (市属单位)."""
        return tuple(tier for tier in self.tiers if not (municipal and tier.skipped_for_municipal))

    def missing(self, contents: Contents) -> list[Missing]:
        """Everything that keeps the profile from being filed, at once, in the order of the sections."""
        return [miss for section in self.sections for miss in lacking(section, contents)]

    def differences(self, old: Contents, new: Contents) -> list[Difference]:
        """What changed from the old version to the new, in the order of the sections."""
        return [change for section in self.sections for change in differing(section, old, new)]

    def describe(self) -> dict[str, Json]:
        """The programme as the API shows it, but for its window, which the database knows."""
        return {
            "programme": self.programme,
            "title": self.title.both(),
            "accounts": self.accounts.value,
            "registration": {"fields": self.registration.describe()["fields"] if self.registration else []},
            "sections": [section.describe() for section in self.sections],
            "tiers": [tier.describe() for tier in self.tiers],
            "categories": [category.describe() for category in self.categories],
            "support": self.support.describe(),
        }

    @cached_property
    def _by_name(self) -> dict[str, Section]:
        return {section.section: section for section in self.sections}
