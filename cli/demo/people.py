"""Invented people with numbers that check; none of them exists."""

from dataclasses import dataclass
from datetime import date
from random import Random

from shared.programmes import facts
from shared.programmes.shape import Choice

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗凤方"
_GIVEN = {
    "1": "伟强磊洋勇军杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆旭宁安泽瑞",
    "2": "芳娜敏静丽艳娟霞秀燕玲婷雪慧莹洁琳璐颖佳倩萍蕾薇欣怡楠月晴妍",
}
_STREETS = ("东风中路", "湖滨北路", "解放北大道", "新河东路", "三八中路", "天衢东路", "文化路", "康宁街")
_ESTATES = ("槐荫小区", "锦绣花园", "书香苑", "阳光家园", "人才公寓", "翰林雅居")


@dataclass(frozen=True)
class Person:
    """Who stands on the papers; `gender` and `ethnicity` are the codes of GB/T 2261.1 and GB/T 3304."""

    name: str
    gender: str
    ethnicity: str
    born_on: date
    address: str
    id_number: str

    @property
    def gender_said(self) -> str:
        """男 or 女."""
        return _title(facts.genders(), self.gender)

    @property
    def ethnicity_said(self) -> str:
        """The ethnicity as the card says it: 汉, without 族."""
        return _title(facts.ethnicities(), self.ethnicity).removesuffix("族")

    @property
    def seed(self) -> int:
        """The same for the same person, so that every drawing of a face is the same face."""
        return int(self.id_number[:17])


def citizen_number(region: str, born_on: date, gender: str, order: int) -> str:
    """A citizen's number that checks: `order` (0 to 499) is made odd for men (`1`) and even for women (`2`)."""
    sequence = order * 2 + (1 if gender == "1" else 0)
    body = f"{region}{born_on:%Y%m%d}{sequence:03}"
    return body + facts.citizen_id.check_digit(body)


def invented(seed: int, region: str = "371402") -> Person:
    """A person made by chance, the same for the same seed, first registered in `region` (GB/T 2260)."""
    chance = Random(seed)  # noqa: S311 - chance that can be repeated is what is wanted
    gender = chance.choice("12")
    born_on = date(chance.randint(1962, 1996), chance.randint(1, 12), chance.randint(1, 28))
    given = "".join(chance.sample(_GIVEN[gender], chance.choice((1, 2, 2))))
    return Person(
        name=chance.choice(_SURNAMES) + given,
        gender=gender,
        ethnicity=chance.choice(("01",) * 12 + ("03", "11")),
        born_on=born_on,
        address=_address(chance, region),
        id_number=citizen_number(region, born_on, gender, chance.randint(0, 499)),
    )


def _person(name: str, gender: str, born_on: date, region: str, address: str, order: int) -> Person:
    return Person(name, gender, "01", born_on, address, citizen_number(region, born_on, gender, order))


ZHANG_WEI = _person(
    "张伟", "1", date(1985, 4, 16), "371402", "山东省德州市德城区湖滨北路 288 号锦绣花园 6 号楼 2 单元 501 室", 118
)
LI_NA = _person(
    "李娜", "2", date(1988, 9, 3), "371482", "山东省德州市德城区解放北大道 56 号书香苑 3 号楼 1 单元 1102 室", 261
)
WANG_FANG = _person(
    "王芳", "2", date(1979, 12, 21), "371403", "山东省德州市陵城区新河东路 17 号阳光家园 9 号楼 302 室", 74
)
CHEN_JING = _person(
    "陈静", "2", date(1986, 2, 9), "130102", "河北省石家庄市长安区中山东路 430 号院 5 号楼 4 单元 601 室", 305
)
ZHAO_LEI = _person("赵磊", "1", date(1991, 7, 28), "130108", "河北省石家庄市裕华区槐安东路 152 号 2 号楼 1803 室", 42)

DEMO = {
    "zhang.wei": ZHANG_WEI,
    "li.na": LI_NA,
    "wang.fang": WANG_FANG,
    "chen.jing": CHEN_JING,
    "zhao.lei": ZHAO_LEI,
}
"""The demo applicants by username."""


def _address(chance: Random, region: str) -> str:
    county = facts.divisions.name_of(region).zh
    city = facts.divisions.name_of(facts.divisions.city_of(region)).zh
    place = f"{city}{county}" if county != city else city
    house = (
        f"{chance.randint(1, 28)} 号楼 {chance.randint(1, 5)} 单元 {chance.randint(1, 18)}0{chance.randint(1, 4)} 室"
    )
    return f"山东省{place}{chance.choice(_STREETS)} {chance.randint(1, 399)} 号{chance.choice(_ESTATES)} {house}"


def _title(choices: tuple[Choice, ...], value: str) -> str:
    return next(choice.title.zh for choice in choices if choice.value == value)
