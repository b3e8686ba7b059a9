"""The shape of a programme: words, fields, sections, tiers and policies, and the law between them."""

from shared.programmes.shape.contents import Contents, Difference, Entries, Missing, Values
from shared.programmes.shape.faults import Fault, Faults, Unfit
from shared.programmes.shape.fields import Field
from shared.programmes.shape.kinds import (
    Boolean,
    Date,
    Decimal,
    Email,
    IdNumber,
    Integer,
    LongText,
    Mobile,
    OneOf,
    Organization,
    Phone,
    Photo,
    Scans,
    Text,
    Type,
    listed,
    optional,
    required,
)
from shared.programmes.shape.masks import Mask
from shared.programmes.shape.policies import Accounts, AfterApproval, Prefill, Support
from shared.programmes.shape.programme import Programme
from shared.programmes.shape.rules import InOrder, OpenEnd, Rule
from shared.programmes.shape.section import NamedScan, Record, Section
from shared.programmes.shape.sharing import Partner, Shared
from shared.programmes.shape.tiers import Category, Membership, Office, Seat, Tier
from shared.programmes.shape.words import Choice, Json, Words

__all__ = [
    "Accounts",
    "AfterApproval",
    "Boolean",
    "Category",
    "Choice",
    "Contents",
    "Date",
    "Decimal",
    "Difference",
    "Email",
    "Entries",
    "Fault",
    "Faults",
    "Field",
    "IdNumber",
    "InOrder",
    "Integer",
    "Json",
    "LongText",
    "Mask",
    "Membership",
    "Missing",
    "Mobile",
    "NamedScan",
    "Office",
    "OneOf",
    "OpenEnd",
    "Organization",
    "Partner",
    "Phone",
    "Photo",
    "Prefill",
    "Programme",
    "Record",
    "Rule",
    "Scans",
    "Seat",
    "Section",
    "Shared",
    "Support",
    "Text",
    "Tier",
    "Type",
    "Unfit",
    "Values",
    "Words",
    "listed",
    "optional",
    "required",
]
