"""What profile asks of others: of other services, signed; and of the partner that people share with."""

from services.profile.clients.partner import PartnerAway, tell_partner
from services.profile.clients.peers import AUTH, REVIEW, Origin, kept_elsewhere, origin, undecided

__all__ = ["AUTH", "REVIEW", "Origin", "PartnerAway", "kept_elsewhere", "origin", "tell_partner", "undecided"]
