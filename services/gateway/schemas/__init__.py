"""What passes the door: requests on their way, their bodies, and the sessions that they show."""

from services.gateway.schemas.exchange import Exchange
from services.gateway.schemas.incoming import BodyStalled, ClientGone, Incoming
from services.gateway.schemas.session import Session, visitor

__all__ = ["BodyStalled", "ClientGone", "Exchange", "Incoming", "Session", "visitor"]
