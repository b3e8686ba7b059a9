"""The law of sharing: which fields go out, and what of approved data the public then sees."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from services.profile.rules.contents import applicant_name, records_of
from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.programmes.shape import Contents, Field, Json, Partner, Programme, Section, Type, Values

TELL_FOR = timedelta(days=14)
"""How long a partner that is away is tried."""


def chosen(partner: Partner, keys: Iterable[str], *, consent: bool) -> list[str]:
    """The fields that shall go out, in the partner's order.

    Refused as Invalid, all at once: no consent, a field that is not offered, one left out that must be there.
    """
    asked = list(dict.fromkeys(keys))
    wrong = [] if consent else [Fault("consent_missing", _("请先阅读并同意分享说明。"), field="consent")]
    if any(key not in partner.offered for key in asked):
        wrong.append(Fault("unknown_field", _("所选内容中有不能分享的项目。"), field="fields"))
    if any(key not in asked for key in partner.required):
        wrong.append(Fault("field_required", _("姓名必须包含在分享内容中。"), field="fields"))
    if wrong:
        raise Invalid(faults=wrong)
    return [key for key in partner.offered if key in asked]


def published(programme: Programme, held: Contents, keys: Sequence[str], names: Mapping[str, str]) -> dict[str, Any]:
    """Exactly what the public sees of approved data: the fields of these keys, and nothing beside them.

    `names` holds organizations by their ids. A photo is told of, never shown here; empty values and records that
    show nothing are left out.
    """
    sections = [_section(section, held, keys, names) for section in programme.sections]
    return {
        "programme": programme.programme,
        "programme_title": programme.title.both(),
        "name": applicant_name(held),
        "sections": [section for section in sections if section["records"]],
    }


def _section(section: Section, held: Contents, keys: Sequence[str], names: Mapping[str, str]) -> dict[str, Any]:
    """One section of what the public sees."""
    shown = [field for field in section.fields if f"{section.section}.{field.field}" in keys]
    words = [field for field in shown if field.type is not Type.PHOTO]
    records = [_record(section, words, values, names) for _entry, values in records_of(section, held)]
    return {
        "section": section.section,
        "title": section.title.both(),
        "repeated": section.repeated,
        "records": [record for record in records if record],
    }


def _record(section: Section, fields: Sequence[Field], values: Values, names: Mapping[str, str]) -> list[Json]:
    """The shown values of one record."""
    return [
        {"key": f"{section.section}.{field.field}", "title": field.title.both(), **_said(field, value, names)}
        for field in fields
        if (value := values.get(field.field)) is not None
    ]


def _said(field: Field, value: Json, names: Mapping[str, str]) -> dict[str, Json]:
    """A value, and how it is read in both languages; of an organization its name alone."""
    if field.type is Type.ORGANIZATION:
        name = names.get(str(value), "")
        return {"value": name, "shown": {"zh": name, "en": name}}
    return {"value": value, "shown": {language: field.say(value, language) for language in ("zh", "en")}}


def previews(programme: Programme, held: Contents, key: str, names: Mapping[str, str]) -> list[str]:
    """What one field would show, a line a record; of a photo the id of its scan."""
    section_name, _dot, field_name = key.partition(".")
    section = programme.section(section_name)
    field = section.field(field_name)
    found = [values.get(field_name) for _entry, values in records_of(section, held)]
    lines = [_line(field, value, names) for value in found if value is not None]
    return [line for line in lines if line]


def _line(field: Field, value: Json, names: Mapping[str, str]) -> str:
    """A value as people read it in Chinese."""
    if field.type is Type.PHOTO:
        return str(value)
    return str(_said(field, value, names)["shown"]["zh"])  # type: ignore[index, call-overload]  # made just above


def shared_photo(programme: Programme, held: Contents, keys: Sequence[str]) -> str | None:
    """The scan of the first photo field that is shared."""
    for section in programme.sections:
        for name in section.photo_fields:
            if f"{section.section}.{name}" in keys:
                value = records_of(section, held)[0][1].get(name)
                return str(value) if value else None
    return None


def structured(partner: Partner, shown: Mapping[str, Any], url: str, photo: str | None) -> dict[str, Any]:
    """What the public sees as machines read it: a Person of schema.org (JSON-LD), from the fields that go out alone."""
    person: dict[str, Any] = {"@context": "https://schema.org", "@type": "Person", "url": url, "name": shown["name"]}
    if photo:
        person["image"] = photo
    for section in shown["sections"]:
        for record in section["records"]:
            for item in record:
                _mean(person, partner.offered[item["key"]].means, str(item["shown"]["zh"]))
    return person


def _mean(person: dict[str, Any], means: str | None, text: str) -> None:
    """Add one value to the person under its meaning."""
    kinds = {"worksFor": "Organization", "alumniOf": "EducationalOrganization", "subjectOf": "CreativeWork",
             "hasCredential": "EducationalOccupationalCredential"}  # fmt: skip
    if means in kinds:
        person.setdefault(means, []).append({"@type": kinds[means], "name": text})
    elif means == "award":
        person.setdefault(means, []).append(text)
    elif means == "jobTitle":
        person[means] = text


def shared_employer(shown: Mapping[str, Any], partner: Partner) -> str | None:
    """The employer's name, for lists; only where it is among what goes out."""
    items = (item for section in shown["sections"] for record in section["records"] for item in record)
    return next((item["shown"]["zh"] for item in items if partner.offered[item["key"]].means == "worksFor"), None)
