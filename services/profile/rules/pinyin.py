"""How an applicant's name reads in Latin letters: syllables apart, the surname first, for the search in worklists."""

import re

SURNAMES = {
    "万俟": "mo qi", "尉迟": "yu chi", "单于": "chan yu", "长孙": "zhang sun", "澹台": "tan tai", "夏侯": "xia hou",
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "翟": "zhai", "区": "ou", "查": "zha", "任": "ren",
    "华": "hua", "盖": "ge", "朴": "piao", "冼": "xian", "乐": "yue", "员": "yun", "黑": "he", "重": "chong",
    "秘": "bi", "折": "she", "祭": "zhai", "覃": "qin", "缪": "miao", "尉": "wei", "逄": "pang", "逯": "lu",
    "晁": "chao", "郗": "xi", "佘": "she", "牟": "mu", "那": "na", "宓": "mi", "卜": "bu", "种": "chong",
    "燕": "yan", "应": "ying", "纪": "ji", "葛": "ge", "谌": "chen", "幺": "yao", "句": "gou", "召": "shao",
    "繁": "po", "撒": "sa", "曲": "qu", "藏": "zang", "车": "che", "能": "nai", "都": "du", "相": "xiang",
    "占": "zhan",
}  # fmt: skip
"""Surnames that a dictionary of single characters reads wrongly (checked by hand)."""


def of_person(name: str) -> str:
    """A person's name in pinyin without tones, in lower case: `zhang wei`, `ou yang min`."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its dictionary takes a tenth of a second

    surname = next((name[:length] for length in (2, 1) if name[:length] in SURNAMES), "")
    read = lazy_pinyin(name[len(surname) :], errors=_words)
    return " ".join(part.lower() for part in (SURNAMES.get(surname, ""), *read) if part)


def _words(run: str) -> str:
    """What is no 汉字: its Latin words, in one piece."""
    return " ".join(re.findall(r"[A-Za-z0-9]+", run))
