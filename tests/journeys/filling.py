"""Fills a profile as its catalogue asks: every section, every required field, plausible values and real scans."""

from collections.abc import Mapping
from typing import Any

from tests.builders.scans import certificate_pdf, id_card_jpeg, portrait_jpeg
from tests.journeys.people import Someone

Json = dict[str, Any]
ID_NUMBER = "371402198805123426"
BASIC: Mapping[str, object] = {
    "name": "周晓燕", "gender": "2", "born_on": "1988-05-12", "id_type": "citizen_id", "ethnicity": "01",
    "nationality": "CHN",
}  # fmt: skip
BY_FIELD: Mapping[str, object] = {
    "started_on": "2012-07-01", "ended_on": "2016-06-30", "author_rank": 1, "inventor_rank": 1, "rank": 2,
    "year": 2025, "hours": 72, "credit_code": "91370100MA3C0AP372", "name": "样例名称", "current": None,
    "office_phone": "0534-2687001", "mobile": "13853401234",
}  # fmt: skip
BY_TYPE: Mapping[str, object] = {
    "text": "示例内容", "long_text": "主持固态电解质中试线建设，形成成套工艺。", "integer": 1, "decimal": "12.50",
    "date": "2018-09-01", "email": "zhou.xiaoyan@mail.test", "phone": "13853401234", "boolean": False,
}  # fmt: skip


class Filler:
    """Fills one applicant's profile through the API."""

    def __init__(self, someone: Someone, programme: str, employer_id: str, **basic: object) -> None:
        """Keep who fills what; `basic` overrides values of the first section."""
        self.someone, self.programme, self.employer_id, self.basic = someone, programme, employer_id, basic
        self.catalogue: Json = someone.get(f"/programmes/{programme}")
        self.scans: dict[str, str] = {}

    def fill(self, *, only_required: bool = False) -> None:
        """Fill every section; with `only_required`, those alone that need something."""
        for section in self.catalogue["sections"]:
            path = f"/profiles/{self.programme}/sections/{section['section']}"
            if not section["repeated"]:
                self.someone.call("PUT", path, self.values(section))
            elif section["minimum"] or not only_required:
                self.someone.call("POST", f"{path}/entries", self.values(section), status=201)

    def values(self, section: Json) -> Json:
        """Values for every field of a section."""
        special: dict[str, object] = (
            {**BASIC, "id_number": ID_NUMBER, **self.basic} if section["section"] == "basic" else {}
        )
        values = {
            field["field"]: special[field["field"]] if field["field"] in special else self._value(field)
            for field in section["fields"]
        }
        return {name: value for name, value in values.items() if value is not None}

    def _value(self, field: Json) -> object:
        """A plausible value of a field."""
        if field["type"] == "photo":
            return self.scan("photo")
        if field["type"] == "scans":
            return [self.scan("id_scan" if field["field"] == "id_scan" else "proof")]
        if field["type"] == "organization":
            return self.employer_id
        if field["field"] in BY_FIELD:
            return BY_FIELD[field["field"]]
        return field["choices"][0]["value"] if field["choices"] else BY_TYPE[field["type"]]

    def scan(self, purpose: str) -> str:
        """A scan of that purpose, uploaded once."""
        if purpose not in self.scans:
            name = str(self.basic.get("name", BASIC["name"]))
            papers = {
                "photo": (portrait_jpeg(), "照片.jpg"),
                "id_scan": (id_card_jpeg(name, ID_NUMBER), "身份证.jpg"),
                "proof": (certificate_pdf(name), "证书.pdf"),
            }
            self.scans[purpose] = self.someone.upload(*papers[purpose], purpose)
        return self.scans[purpose]


def employer(someone: Someone, name: str) -> str:
    """The id of the organization of that name."""
    items = someone.http.get("/api/v1/organizations", params={"query": name, "kind": "employer"}).json()["items"]
    return next(str(item["organization_id"]) for item in items if item["name"] == name)
