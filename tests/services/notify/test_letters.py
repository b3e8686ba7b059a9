"""Every letter, for every event, in both languages: whole sentences, one link, nothing left open."""

import re

import pytest

from services.notify.models import Letter
from services.notify.queries import wording
from services.notify.queries.wording import LETTERS, Content
from services.notify.rules import WRITTEN_FOR, Draft, Everyone, Owner, drafts_of, of_announcement
from shared.kit.letters import Rendered
from tests.services.notify import samples

PATHS = samples.LETTERS
NAMES = ("张伟", "鲁北新材料有限公司", "德城区人力资源和社会保障局", "德州市人才工作领导小组办公室")
DIGEST = Draft(
    "daily_digest",
    Owner(samples.REVIEWER),
    "/login",
    {"items": [{"at": samples.NOW.isoformat(), "subject": "待审核：张伟"}], "count": 1, "at": samples.NOW.isoformat()},
    samples.DEZHOU,
)

ANNOUNCED = of_announcement(
    samples.REQUEST, "申报通知", "本年度申报**已经开始**。", samples.NOW, ["申报指南.pdf"],
    Everyone("everybody", samples.DEZHOU),
)  # fmt: skip


def all_drafts() -> list[Draft]:
    """Every draft that the samples make, a digest, and an announcement."""
    return [draft for event in samples.every_event() for draft in drafts_of(event)] + [DIGEST, ANNOUNCED]


def rendered(draft: Draft, language: str) -> Rendered:
    """The letter of a draft, as it would be sent."""
    params = dict(draft.params)
    if "applicant" not in params:
        params = {"username": "zhang.wei", "own_organization": "鲁北新材料有限公司", **params}
    letter = Letter(
        event_key=samples.REQUEST,
        account_id=samples.ACCOUNT,
        letter=draft.letter,
        programme=draft.programme or samples.DEZHOU,
        language=language,
        params=b"",
    )
    return wording.rendered(letter, Content("张伟", draft.link, draft.token, params))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("draft", all_drafts(), ids=lambda draft: draft.letter)
def test_a_letter_has_no_hole_and_one_link(draft: Draft, language: str) -> None:
    letter = rendered(draft, language)
    url = f"http://localhost:8000{PATHS[draft.letter]}"

    for part in (letter.subject, letter.text, letter.html):
        assert not re.search(r"None|%\(|\{\{|\{%|Undefined", part)
    assert re.findall(r"https?://\S+", letter.text) == [url]
    assert re.findall(r'href="([^"]*)"', letter.html) == [url]
    assert set(re.findall(r"https?://[^\s<\"]+", letter.html)) == {url}


@pytest.mark.parametrize("draft", all_drafts(), ids=lambda draft: draft.letter)
def test_a_letter_names_its_programme_and_whom_to_ask(draft: Draft) -> None:
    letter = rendered(draft, "zh")
    title = {samples.DEZHOU: "德州市高层次人才库", samples.HEBEI: "河北省职称"}[draft.programme or samples.DEZHOU]

    assert title in letter.subject
    assert title in letter.text
    assert title in letter.html
    if title.startswith("德州"):
        assert "咨询电话：0531-55575449、0531-55575450" in letter.text
        assert "568699641" in letter.html


def test_every_letter_has_a_sample_and_every_sample_a_letter() -> None:
    written = {draft.letter for draft in all_drafts()}

    assert written == set(LETTERS.names)
    assert written == set(PATHS)
    assert {type(event) for event in samples.every_event()} == set(WRITTEN_FOR)


def test_a_letter_in_english_holds_no_chinese_but_names() -> None:
    for draft in all_drafts():
        letter = rendered(draft, "en")
        text = letter.text
        for said in (*_sentences(draft), *NAMES):
            text = text.replace(said, "")

        assert re.findall(r"[\u4e00-\u9fff：，。]+", text) == [], draft.letter


def _sentences(draft: Draft) -> list[str]:
    """What people wrote in Chinese."""
    remarks = draft.params.get("remarks") or []
    items = draft.params.get("items") or []
    said = [str(draft.params.get(name) or "") for name in ("comment", "title", "excerpt")]
    said += [str(name) for name in draft.params.get("files") or []]  # type: ignore[union-attr]  # a list
    said += [str(remark["comment"]) for remark in remarks]  # type: ignore[index, call-overload, union-attr]
    said += [str(item["subject"]) for item in items]  # type: ignore[index, call-overload, union-attr]
    return [part for whole in said for part in (whole, *whole.split("\n")) if part]
