"""Every code has its sentence, in both languages."""

import pytest

from services.profile.scanning import Rejection, finding, reason, texts


@pytest.mark.parametrize("code", Rejection)
def test_each_rejection_says_what_to_do(code: Rejection) -> None:
    assert reason(code).endswith("。")
    assert reason(code.value) == reason(code)


@pytest.mark.parametrize("code", texts.FINDINGS)
def test_each_finding_has_its_sentence(code: str) -> None:
    assert finding(code).endswith("。")
