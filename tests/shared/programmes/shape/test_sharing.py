"""What a programme may offer to share: fields that are there, that nobody sees masked, and never a proof."""

from dataclasses import replace

import pytest

from shared.programmes.hebei_professional_title import PROGRAMME as HEBEI
from shared.programmes.hebei_professional_title.sharing import EXPERT_SITE
from shared.programmes.shape import Shared


@pytest.mark.parametrize("key", ["basic.id_number", "basic.mobile", "education.scan", "basic.id_scan"])
def test_what_is_masked_and_every_proof_may_never_be_shared(key: str) -> None:
    with pytest.raises(ValueError, match="may never be shared"):
        replace(HEBEI, shares_with=(replace(EXPERT_SITE, fields=(Shared(key),)),))


def test_a_field_that_is_not_there_cannot_be_offered() -> None:
    with pytest.raises(ValueError, match="is no field"):
        replace(HEBEI, shares_with=(replace(EXPERT_SITE, fields=(Shared("basic.nickname"),)),))


def test_nothing_is_shared_without_the_name() -> None:
    assert EXPERT_SITE.required == ("basic.name",)
