"""A third programme, as somebody might add it: one folder, nothing else."""

from pathlib import Path
from typing import Annotated

from shared.programmes import facts
from shared.programmes.sections import Education
from shared.programmes.shape import (
    Accounts,
    Category,
    IdNumber,
    OneOf,
    Organization,
    Programme,
    Record,
    Seat,
    Section,
    Text,
    Tier,
    Words,
    required,
)


class Basic(Record):
    """基本情况: who declares, and where they work."""

    name: Annotated[Text, required("姓名", "Name")]
    id_type: Annotated[OneOf, required("证件类型", "ID type", of=facts.id_types)]
    id_number: Annotated[IdNumber, required("证件号码", "ID number")]
    employer: Annotated[Organization, required("工作单位", "Employer")]
    field_of_work: Annotated[Text, required("专业领域", "Field of work")]


PROGRAMME = Programme(
    programme="xiongan-young-experts",
    title=Words("雄安青年专家计划", "Xiong'an Young Experts"),
    accounts=Accounts.SELF_REGISTERED,
    sections=(
        Section("basic", Words("基本情况", "Basic facts"), Basic),
        Section("education", Words("教育经历", "Education"), Education, repeated=True),
    ),
    tiers=(
        Tier("employer", Words("所在单位", "Employer")),
        Tier("city_talent_office", Words("市人才办", "City talent office"), classifies=True, seat=Seat.CITY),
    ),
    categories=(Category("gold", Words("金卡", "Gold")), Category("silver", Words("银卡", "Silver"))),
    home=Path(__file__).parent,
)
