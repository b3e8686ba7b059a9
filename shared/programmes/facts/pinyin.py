"""How Chinese names read in Latin letters: for sorting, searching, and usernames."""

import re
from functools import lru_cache

SURNAMES = {
    "万俟": "mo qi", "尉迟": "yu chi", "单于": "chan yu", "长孙": "zhang sun", "令狐": "ling hu", "澹台": "tan tai",
    "夏侯": "xia hou", "诸葛": "zhu ge", "欧阳": "ou yang", "司马": "si ma", "上官": "shang guan", "皇甫": "huang fu",
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "翟": "zhai", "区": "ou", "查": "zha", "任": "ren",
    "华": "hua", "盖": "ge", "朴": "piao", "冼": "xian", "尹": "yin", "乐": "yue", "洗": "xian", "员": "yun",
    "黑": "he", "重": "chong", "秘": "bi", "折": "she", "祭": "zhai", "覃": "qin", "缪": "miao", "尉": "wei",
    "逄": "pang", "逯": "lu", "晁": "chao", "郗": "xi", "佘": "she", "臧": "zang", "芮": "rui", "牟": "mu",
    "那": "na", "宓": "mi", "卜": "bu", "种": "chong", "柏": "bai", "燕": "yan", "应": "ying", "纪": "ji",
    "葛": "ge", "谌": "chen", "郇": "xun", "幺": "yao", "句": "gou", "召": "shao", "繁": "po", "撒": "sa",
    "哈": "ha", "曲": "qu", "藏": "zang", "车": "che", "能": "nai", "都": "du", "相": "xiang", "占": "zhan",
}  # fmt: skip
"""Surnames that a dictionary of single characters reads wrongly, or that have two characters (checked by hand)."""


def of_person(name: str) -> str:
    """A person's name without tones, in lower case, syllables apart, the surname first: `ou yang min`."""
    surname, given = _read(name)
    return " ".join((*surname, *given))


def for_username(name: str) -> str:
    """A person's name as usernames write it: surname, a dot, given name (`ouyang.min`); Latin words with dots."""
    surname, given = _read(name)
    if not surname:
        return ".".join(given)
    return ".".join(filter(None, ("".join(surname), "".join(given))))


def of_title(title: str) -> str:
    """A title's reading, for sorting and searching: syllables without tones, in lower case, run together."""
    return "".join(_syllables(title))


def initials(title: str) -> str:
    """The first letter of each syllable of a title (`lbxcl` for 鲁北新材料)."""
    return "".join(syllable[:1] for syllable in _syllables(title))


def _read(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The syllables of surname and given name; a name that begins with no 汉字 has no surname here."""
    if not _is_han(name[:1]):
        return (), _syllables(name)
    surname = next((name[:length] for length in (2, 1) if name[:length] in SURNAMES), name[:1])
    first = SURNAMES.get(surname)
    return tuple(first.split()) if first else _syllables(surname), _syllables(name[len(surname) :])


def _is_han(character: str) -> bool:
    """Whether the character is read by the dictionary."""
    return "\u3400" <= character <= "\u9fff" or character >= "\U00020000"


@lru_cache(4096)
def _syllables(text: str) -> tuple[str, ...]:
    """The syllables of a text; a run of letters and digits is one, everything else is left out."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its dictionary takes a tenth of a second

    read = lazy_pinyin(text, errors=lambda run: re.sub(r"[^A-Za-z0-9]+", " ", run))
    return tuple(" ".join(read).lower().split())
