"""Family members, of whom others see the surname and the relation alone, and residency abroad."""

from typing import Annotated

from shared.programmes import facts
from shared.programmes.dezhou_talent_pool import choices
from shared.programmes.shape import Date, Mask, OneOf, Record, Scans, Text, optional, required

_ALL = Mask.ALL


class FamilyMember(Record):
    """家庭成员情况."""

    name: Annotated[Text, required("家庭成员姓名", "Name of the family member", mask=Mask.SURNAME)]
    relation: Annotated[Text, required("与本人关系", "Relation")]
    born_on: Annotated[Date, optional("家庭成员出生日期", "Date of birth of the family member", mask=_ALL)]
    employer: Annotated[Text, optional("家庭成员工作单位", "Employer of the family member", mask=_ALL)]
    post: Annotated[Text, optional("家庭成员职务", "Post of the family member", mask=_ALL)]
    political_status: Annotated[
        OneOf,
        optional(
            "家庭成员政治面貌",
            "Political status of the family member",
            of=facts.political_statuses,
            mask=_ALL,
        ),
    ]


class OverseasResidency(Record):
    """境外居住权情况."""

    country: Annotated[OneOf, required("国家（地区）", "Country or region", of=facts.countries)]
    kind: Annotated[OneOf, required("居住权类型", "Kind of residency", of=choices.residency_kinds)]
    obtained_on: Annotated[Date, required("取得时间", "Date of the grant")]
    document_number: Annotated[Text, optional("居住证件号码", "Document number")]
    scan: Annotated[Scans, optional("证明材料", "Proof")]
