"""Masks: how much of a personal value is shown to those who may not see the whole of it."""

from enum import StrEnum

from shared.programmes.shape.words import Json

STAR = "*"
_HIDDEN = STAR * 4
_COMPOUND = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶"
    "太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良"
    "漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌微生梁丘左丘东门西门第五"
)
_COMPOUND_SURNAMES = frozenset(_COMPOUND[at : at + 2] for at in range(0, len(_COMPOUND), 2))


class Mask(StrEnum):
    """What of a value everyone else sees."""

    NONE = "none"
    LAST_TWO = "last_two"
    LAST_FOUR = "last_four"
    SURNAME = "surname"
    ALL = "all"

    def over(self, value: Json) -> Json:
        """The value under this mask; an absent one stays absent."""
        if self is Mask.NONE or value is None:
            return value
        text = str(value)
        if self is Mask.ALL:
            return _HIDDEN
        if self is Mask.SURNAME:
            return surname(text) + STAR * 2
        shown = 2 if self is Mask.LAST_TWO else 4
        return STAR * max(len(text) - shown, shown) + text[-shown:] if len(text) > shown else _HIDDEN

    def is_on(self, value: object) -> bool:
        """Whether what was sent is a masked value: it holds a star where this field is shown masked."""
        return self is not Mask.NONE and isinstance(value, str) and (STAR in value or "＊" in value)


def surname(name: str) -> str:
    """The surname of a Chinese name, compound ones whole; of any other name its first letter."""
    return name[:2] if name[:2] in _COMPOUND_SURNAMES and len(name) > 2 else name[:1]  # noqa: PLR2004 - two 汉字
