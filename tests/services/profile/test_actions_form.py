"""The declaration form: what it shows, and that it is a readable PDF."""

import pypdfium2

from services.profile.actions.form import draw_form, form_content
from shared.contracts.events import Approved
from tests.services.profile.world import DEZHOU, HEBEI, World, approval


def text_of(pdf: bytes) -> str:
    """All words of a PDF, without blanks."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        words = "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    return "".join(character for character in words if not character.isspace() and character != "\u200b")


async def test_the_form_of_a_draft_shows_values_and_is_marked_as_draft(world: World) -> None:
    caller = world.applicant()
    await world.fill(caller)

    content = await world.database.read(form_content, caller.person, DEZHOU, None)
    words = text_of(await draw_form(content))

    assert content.words["watermark"] == "草稿"
    expected = ["德州市高层次人才库", "张伟", "鲁北新材料有限公司", "教育经历情况"]
    assert [said for said in expected if said in words] == expected


async def test_the_form_of_an_approved_version_names_category_and_tiers(world: World) -> None:
    caller, _filed = await world.filed()
    await world.hear(Approved(**approval(world, await world.filing(caller), comment="材料齐全")))

    content = await world.database.read(form_content, caller.person, DEZHOU, 1)

    assert content.words["watermark"] is None
    assert ["人才编号", "DZ2026000001"] in content.words["meta"]
    assert content.words["tiers"][-1]["verdict"] == "通过　2026-11-20　材料齐全"


async def test_what_people_typed_is_never_read_as_markup(world: World) -> None:
    caller = world.applicant((HEBEI,), opened_by="import")
    await world.fill(caller, HEBEI, "hebei")
    content = await world.database.read(form_content, caller.person, HEBEI, None)
    content.words["sections"][0]["pairs"][0]["value"] = '#read("/etc/passwd") $x$ *b*'

    assert '#read("/etc/passwd")$x$*b*' in text_of(await draw_form(content))
