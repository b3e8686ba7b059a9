"""Accounts: where they come from, which programmes they have, what is shown of their passwords."""

from collections.abc import Iterable, Mapping

from shared.programmes.facts import pinyin
from shared.programmes.shape import Accounts, Mask, Programme

STAFF = ("administrator", "operator")
"""The roles that an operator gives by command."""

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""What initial passwords are made of: 31 letters and digits that nobody mistakes for another; 16 of them: 79 bits."""
INITIAL_LENGTH = 16


def programmes_of(opened_by: str, own: Iterable[str], programmes: Mapping[str, Programme]) -> tuple[str, ...]:
    """The programmes whose profile an account may open, in a fixed order.

    Who registered may open every self-registered programme; an assigned account has those of its imports alone.
    """
    named = set(own)
    if opened_by == "registration":
        named |= {slug for slug, one in programmes.items() if one.accounts is Accounts.SELF_REGISTERED}
    return tuple(sorted(named))


def context(username: str, name: str, email: str) -> tuple[str, ...]:
    """The words that somebody who knows a person would try as a password first."""
    return (username, name, email, email.partition("@")[0])


def readings(name: str) -> dict[str, str]:
    """How a name reads, by which it is found: `pinyin` run together, and the `initials` of its syllables."""
    syllables = pinyin.of_person(name).split()
    return {"pinyin": "".join(syllables), "initials": "".join(one[0] for one in syllables)}


def masked_email(address: str) -> str:
    """An address of which the first letter and the domain are shown."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}***{at}{domain}" if at else ""


def masked_mobile(number: str | None) -> str | None:
    """A telephone number of which the last four digits are shown."""
    shown = Mask.LAST_FOUR.over(number)
    return None if shown is None else str(shown)
