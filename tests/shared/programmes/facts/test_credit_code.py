"""The credit code of an organization."""

import pytest

from shared.programmes.catalogue import PROGRAMMES
from shared.programmes.facts.credit_code import is_credit_code
from shared.programmes.shape import Faults

COMPANIES = PROGRAMMES["dezhou-talent-pool"].section("companies")
CODE = "91110000600037341L"


@pytest.mark.parametrize(
    ("code", "valid"),
    [(CODE, True), (CODE[:-1] + "A", False), (CODE[:-1], False), ("", False), ("I" * 18, False), (CODE.lower(), False)],
)
def test_form_and_check_character_are_judged(code: str, valid: bool) -> None:
    assert is_credit_code(code) is valid


def test_a_code_is_folded_before_it_is_judged() -> None:
    assert COMPANIES.parse({"credit_code": " ９１１１００００ 600037341l"}) == {"credit_code": CODE}


def test_a_wrong_code_is_refused() -> None:
    with pytest.raises(Faults) as refused:
        COMPANIES.parse({"credit_code": "91110000600037341A"})

    assert [fault.code for fault in refused.value.faults] == ["not_a_credit_code"]
