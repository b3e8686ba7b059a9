"""Facts that programmes rest on: code lists, divisions, and the rules of identity and credit numbers."""

from shared.programmes.facts import citizen_id, credit_code, divisions, documents
from shared.programmes.facts.codes import (
    CodeList,
    code_list,
    countries,
    degrees,
    education_levels,
    ethnicities,
    genders,
    id_types,
    political_statuses,
    title_levels,
    title_series,
)

__all__ = [
    "CodeList",
    "citizen_id",
    "code_list",
    "countries",
    "credit_code",
    "degrees",
    "divisions",
    "documents",
    "education_levels",
    "ethnicities",
    "genders",
    "id_types",
    "political_statuses",
    "title_levels",
    "title_series",
]
