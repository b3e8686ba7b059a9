"""The law of scans: how many one account may keep, and of which bad ones its owner is told."""

from dataclasses import dataclass

from shared.contracts.refusals import TooMany
from shared.contracts.texts import _

PURPOSES = ("photo", "id_scan", "proof")
UPLOAD_BYTES = 20 * 1024 * 1024
PENDING = ("received", "processing")


@dataclass(frozen=True, slots=True)
class Kept:
    """What an account keeps: files, bytes, and how many files wait to be processed."""

    files: int
    size: int
    waiting: int


def check_quota(kept: Kept, most: Kept, size: int) -> None:
    """Refuse one file more than an account may keep, or one more while too many wait."""
    if kept.waiting >= most.waiting:
        raise TooMany(code="scans_waiting", sentence=_("等待处理的文件过多，请稍后再上传。"), retry_after=60)
    if kept.files >= most.files or kept.size + size > most.size:
        raise TooMany(code="scan_quota", sentence=_("上传的文件已达上限，请先删除不用的文件。"), retry_after=3600)


def is_still_bad(*, named: bool, was_named: bool, has_later: bool) -> bool:
    """Whether the owner should hear of a bad scan: a draft names it, or it was never named and nothing came after.

    One that was named once and is no more, and one whose owner has uploaded another for the same purpose, was replaced.
    """
    return named or not (was_named or has_later)
