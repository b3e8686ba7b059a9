"""Draws the papers of invented people: cards, certificates and photos that a scan worker can really read."""

from cli.demo.drawing.certificates import (
    award_certificate,
    degree_certificate,
    diploma,
    employment_proof,
    title_certificate,
)
from cli.demo.drawing.identity import id_card, passport
from cli.demo.drawing.portraits import portrait
from cli.demo.drawing.sheet import Drawing
from cli.demo.people import Person

__all__ = [
    "Drawing",
    "Person",
    "award_certificate",
    "degree_certificate",
    "diploma",
    "employment_proof",
    "id_card",
    "passport",
    "portrait",
    "title_certificate",
]
