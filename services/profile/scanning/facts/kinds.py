"""What kind of document a scan is, by the words that such documents print."""

from collections.abc import Sequence
from enum import StrEnum

from services.profile.scanning.facts.mrz import machine_lines
from services.profile.scanning.facts.page import joined
from services.profile.scanning.outcome import Line

_FRONT_WORDS = ("姓名", "性别", "民族", "出生", "住址", "公民身份号码")
_BACK_WORDS = ("居民身份证", "签发机关", "有效期限")
_CERTIFICATES = (
    "毕业证书",
    "学位证书",
    "学位证",
    "任职资格证书",
    "资格证书",
    "荣誉证书",
    "获奖证书",
    "奖状",
    "聘书",
    "专利证书",
)
_ENOUGH_FRONT, _ENOUGH_BACK = 4, 2


class Document(StrEnum):
    """A kind that can be told."""

    CARD_FRONT = "card_front"
    CARD_BACK = "card_back"
    PASSPORT = "passport"
    CERTIFICATE = "certificate"


def document(lines: Sequence[Line]) -> frozenset[Document]:
    """The kinds that a scan holds: both sides of a card may stand on one; empty where none can be told."""
    text, found = joined(lines), set()
    if sum(word in text for word in _FRONT_WORDS) >= _ENOUGH_FRONT and "兹证明" not in text:
        found.add(Document.CARD_FRONT)
    if sum(word in text for word in _BACK_WORDS) >= _ENOUGH_BACK:
        found.add(Document.CARD_BACK)
    if machine_lines(lines) or ("护照" in text and "PASSPORT" in text):
        found.add(Document.PASSPORT)
    if any(word in text for word in _CERTIFICATES):
        found.add(Document.CERTIFICATE)
    return frozenset(found)
