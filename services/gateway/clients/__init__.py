"""Whom the door asks: the services, Redis, auth for sessions."""

from services.gateway.clients.cache import Cache, CacheAway
from services.gateway.clients.limits import Limiter
from services.gateway.clients.services import Call, Services
from services.gateway.clients.sessions import Sessions, digest_of

__all__ = ["Cache", "CacheAway", "Call", "Limiter", "Services", "Sessions", "digest_of"]
