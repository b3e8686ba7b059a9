"""Facts out of lines: what kind of document a scan is, and what stands on it; pure, without pixels or database."""

from services.profile.scanning.facts.cards import CardBack, CardFront, card_back, card_front
from services.profile.scanning.facts.certificates import Certificate, certificate
from services.profile.scanning.facts.dates import Dated, dates_in
from services.profile.scanning.facts.kinds import Document, document
from services.profile.scanning.facts.mrz import MachineLines, machine_lines
from services.profile.scanning.facts.numbers import citizen_numbers, resembles
from services.profile.scanning.facts.page import Place, find, folded

__all__ = [
    "CardBack",
    "CardFront",
    "Certificate",
    "Dated",
    "Document",
    "MachineLines",
    "Place",
    "card_back",
    "card_front",
    "certificate",
    "citizen_numbers",
    "dates_in",
    "document",
    "find",
    "folded",
    "machine_lines",
    "resembles",
]
