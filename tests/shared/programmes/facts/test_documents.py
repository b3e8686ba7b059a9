"""Each kind of document has its own rule."""

import pytest

from shared.programmes.catalogue import PROGRAMMES
from shared.programmes.facts import documents, id_types
from shared.programmes.shape import Faults, Programme


@pytest.mark.parametrize(
    ("id_type", "number", "code"),
    [
        ("citizen_id", "11010519491231002X", None),
        ("citizen_id", "E12345678", "id_number_length"),
        ("passport", "E12345678", None),
        ("passport", "L01X00T471", None),
        ("passport", "1234", "id_number_form"),
        ("residence_permit", "810000199003077518", None),
        ("residence_permit", "830000199003077510", None),
        ("residence_permit", "371402199003077518", "id_number_form"),
        ("travel_permit", "H12345678", None),
        ("travel_permit", "M1234567801", None),
        ("travel_permit", "12345678", None),
        ("travel_permit", "K12345678", "id_number_form"),
        ("permanent_residence", "USA110080010012", None),
        ("permanent_residence", "911123199003077510", None),
        ("permanent_residence", "371402199003077518", "id_number_form"),
    ],
)
def test_a_number_is_judged_by_the_rule_of_its_document(id_type: str, number: str, code: str | None) -> None:
    assert documents.fault(id_type, number) == code


def test_every_kind_of_document_has_a_rule() -> None:
    assert [documents.fault(kind.value, "?") for kind in id_types()] == ["id_number_length", *["id_number_form"] * 4]


@pytest.mark.parametrize("programme", PROGRAMMES.values(), ids=lambda programme: programme.programme)
def test_the_number_follows_the_document_that_was_chosen(programme: Programme) -> None:
    basic = programme.section("basic")

    assert basic.parse({"id_number": "e1234567"}) == {"id_number": "E1234567"}
    assert (
        basic.parse({"id_type": "citizen_id", "id_number": " 11010519491231002x"})["id_number"] == "11010519491231002X"
    )
    with pytest.raises(Faults) as refused:
        basic.parse({"id_type": "citizen_id", "id_number": "110105194912310021"})
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("id_number", "id_number_checksum")]
