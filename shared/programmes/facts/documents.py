"""The numbers of identity documents: each kind has its own rule, only the citizen's a check digit."""

import re

from shared.programmes.facts import citizen_id

_FORMS = {
    # ICAO Doc 9303 gives nine characters; a few issuers print more.
    "passport": re.compile(r"[A-Z0-9]{5,15}"),
    # 港澳台居民居住证: eighteen characters that begin with 81 (Hong Kong), 82 (Macao) or 83 (Taiwan).
    "residence_permit": re.compile(r"8[123]0000[0-9]{11}[0-9X]"),
    # H or M and eight digits (ten on older ones) from Hong Kong and Macao; eight digits (ten) from Taiwan.
    "travel_permit": re.compile(r"[HM]?[0-9]{8}(?:[0-9]{2})?"),
    # Three letters and twelve digits until 2023, eighteen characters that begin with 9 since.
    "permanent_residence": re.compile(r"[A-Z]{3}[0-9]{12}|9[0-9]{16}[0-9X]"),
}


def fault(id_type: str, number: str) -> str | None:
    """What is wrong with a document's number in upper case, as a code; null where nothing is."""
    if id_type == "citizen_id":
        return citizen_id.fault(number)
    return None if _FORMS[id_type].fullmatch(number) else "id_number_form"
