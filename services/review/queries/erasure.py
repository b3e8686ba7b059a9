"""What is said where a person's data were erased."""

from collections.abc import Iterator
from contextlib import contextmanager

from shared.contracts.refusals import Gone
from shared.contracts.texts import _
from shared.kit.vault import Erased


@contextmanager
def refusing_erased() -> Iterator[None]:
    """Refuse (410 `data_erased`) what needs the key of a person who was erased; their history stays readable."""
    try:
        yield
    except Erased as error:
        raise Gone("data_erased", _("该申请人的资料已依法删除，无法查看。")) from error
