"""Education and work: spells with a beginning, an end and a proof."""

from typing import Annotated, ClassVar

from shared.programmes import facts
from shared.programmes.shape import (
    Boolean,
    Date,
    InOrder,
    OneOf,
    OpenEnd,
    Record,
    Rule,
    Scans,
    Text,
    Words,
    optional,
    required,
)

_FROM = Words("起始时间", "Start date")


class Education(Record):
    """学历、教育经历: a spell of study, with the diploma or degree certificate."""

    rules: ClassVar[tuple[Rule, ...]] = (InOrder("started_on", "ended_on", _FROM),)

    school: Annotated[Text, required("毕业院校", "School")]
    degree: Annotated[OneOf, required("学位", "Degree", of=facts.degrees)]
    education_level: Annotated[OneOf, required("学历", "Education level", of=facts.education_levels)]
    major: Annotated[Text, required("专业", "Major")]
    started_on: Annotated[Date, required("起始时间", "Start date")]
    ended_on: Annotated[Date, required("结束时间", "End date")]
    scan: Annotated[Scans, required("证明材料", "Proof", help=("毕业证书、学位证书", "Diploma and degree certificate"))]


class Work(Record):
    """工作经历: a spell of work; the present one has no end."""

    rules: ClassVar[tuple[Rule, ...]] = (
        InOrder("started_on", "ended_on", _FROM),
        OpenEnd("ended_on", "current"),
    )

    started_on: Annotated[Date, required("起始时间", "Start date")]
    ended_on: Annotated[
        Date,
        required("结束时间", "End date", help=("选择“至今”时留空", "Empty while it still lasts")),
    ]
    current: Annotated[Boolean, optional("至今", "To the present")]
    post: Annotated[Text, required("职务", "Post")]
    employer: Annotated[Text, required("工作单位", "Employer")]
    scan: Annotated[
        Scans,
        required(
            "证明材料",
            "Proof",
            help=("劳动合同、聘用文件或单位证明", "Contract, appointment or the employer's statement"),
        ),
    ]
