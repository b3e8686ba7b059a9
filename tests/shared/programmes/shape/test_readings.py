"""Each type of field takes what it means and refuses the rest."""

from typing import Annotated

import pytest

from shared.programmes.shape import (
    Boolean,
    Email,
    Faults,
    IdNumber,
    Integer,
    Json,
    LongText,
    Mobile,
    OneOf,
    Organization,
    Phone,
    Photo,
    Record,
    Scans,
    Section,
    Text,
    Words,
    listed,
    optional,
)

ID = "01934c1e-5a3b-7c21-9f00-00000000000"


class Everything(Record):
    text: Annotated[Text, optional("文字", "Text")]
    long_text: Annotated[LongText, optional("长文", "Long text")]
    flag: Annotated[Boolean, optional("标记", "Flag")]
    count: Annotated[Integer, optional("数", "Count", minimum=1, maximum=9)]
    colour: Annotated[OneOf, optional("颜色", "Colour", of=listed(("red", "红", "Red")))]
    email: Annotated[Email, optional("电子邮箱", "E-mail address")]
    phone: Annotated[Phone, optional("办公电话", "Office telephone")]
    mobile: Annotated[Mobile, optional("移动电话", "Mobile number")]
    id_number: Annotated[IdNumber, optional("证件号码", "ID number")]
    employer: Annotated[Organization, optional("工作单位", "Employer")]
    photo: Annotated[Photo, optional("照片", "Photo")]
    scan: Annotated[Scans, optional("证明材料", "Proof")]


SECTION = Section("everything", Words("全部", "Everything"), Everything)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("text", " 一 ", "一"),
        ("text", "长" * 200, "长" * 200),
        ("long_text", "一\r\n二", "一\n二"),
        ("flag", True, True),
        ("flag", False, False),
        ("flag", "是", True),
        ("flag", "off", False),
        ("count", "９", 9),
        ("colour", "red", "red"),
        ("email", " Zhang.Wei+1@demo.juxian.test ", "Zhang.Wei+1@demo.juxian.test"),
        ("phone", "0534-2345678", "0534-2345678"),
        ("phone", "(0534)2345678－801", "0534-2345678-801"),
        ("phone", "+81 3 1234 5678", "+81312345678"),
        ("mobile", "138 0534 0001", "13805340001"),
        ("mobile", "+86 138-0534-0001", "13805340001"),
        ("mobile", "+491701234567", "+491701234567"),
        ("id_number", "ｅ１２３４５６７８", "E12345678"),
        ("employer", (ID + "1").upper(), ID + "1"),
        ("photo", ID + "1", ID + "1"),
        ("scan", [ID + "2", "", ID + "1"], [ID + "2", ID + "1"]),
    ],
)
def test_a_value_is_read_as_it_is_meant(field: str, typed: object, kept: Json) -> None:
    assert SECTION.parse({field: typed}) == {field: kept}


@pytest.mark.parametrize("field", [field.field for field in SECTION.fields])
@pytest.mark.parametrize("nothing", [None, "", "  ", []])
def test_an_empty_value_is_left_out(field: str, nothing: object) -> None:
    assert SECTION.parse({field: nothing}) == {}


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("text", "长" * 201, "too_long"),
        ("text", "一\n二", "character_refused"),
        ("text", {"a": 1}, "wrong_type"),
        ("long_text", "长" * 2001, "too_long"),
        ("flag", 1, "wrong_type"),
        ("flag", "maybe", "wrong_type"),
        ("count", True, "wrong_type"),
        ("count", 0, "out_of_range"),
        ("count", 10, "out_of_range"),
        ("colour", "blue", "not_a_choice"),
        ("colour", 1, "wrong_type"),
        ("email", "zhang", "not_an_email"),
        ("email", "a@b", "not_an_email"),
        ("email", "a..b@demo.juxian.test", "not_an_email"),
        ("email", "张@demo.juxian.test", "not_an_email"),
        ("email", "a@" + "b" * 250 + ".test", "too_long"),
        ("phone", "电话", "not_a_phone"),
        ("phone", "123", "not_a_phone"),
        ("mobile", "12345678901", "not_a_mobile"),
        ("mobile", "1380534000", "not_a_mobile"),
        ("mobile", "*******0001", "masked_value"),
        ("id_number", "证件", "not_an_id_number"),
        ("id_number", "****18", "masked_value"),
        ("employer", "鲁北新材料有限公司", "not_an_id"),
        ("employer", "{" + ID + "1}", "not_an_id"),
        ("photo", 7, "not_an_id"),
        ("scan", ID + "1", "wrong_type"),
        ("scan", [ID + str(n) for n in range(6)], "too_many_scans"),
        ("scan", [ID + "1", ID + "1"], "scan_twice"),
        ("scan", [{}], "not_an_id"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused(field: str, typed: object, code: str) -> None:
    with pytest.raises(Faults) as refused:
        SECTION.parse({field: typed})

    assert [(fault.field, fault.code) for fault in refused.value.faults] == [(field, code)]
