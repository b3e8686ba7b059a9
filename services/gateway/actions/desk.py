"""What every action of the door works with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from services.gateway.actions.passes import Passes
from services.gateway.clients import Cache, Limiter, Services, Sessions
from services.gateway.rules.hosts import Network
from services.gateway.rules.limits import TRIAL_WIDTH
from services.gateway.settings import GatewaySettings
from shared.contracts.identity import ServiceName


def urls_of(settings: GatewaySettings) -> Mapping[ServiceName, str]:
    """Where the services behind the door answer."""
    urls: dict[ServiceName, str] = {
        "auth": settings.auth_url,
        "profile": settings.profile_url,
        "review": settings.review_url,
        "notify": settings.notify_url,
    }
    return {name: url.rstrip("/") for name, url in urls.items()}


@dataclass(frozen=True, slots=True)
class Desk:
    """The settings, and the ways to Redis and to the services."""

    settings: GatewaySettings
    cache: Cache
    services: Services
    sessions: Sessions
    limiter: Limiter
    trusted: tuple[Network, ...]
    passes: Passes

    @classmethod
    def of(cls, settings: GatewaySettings, cache: Cache | None = None) -> Self:
        """Set it up; nothing is connected before `start`."""
        cache = cache or Cache.at(settings.redis_url, settings.cache_timeout)
        services = Services(urls_of(settings), settings.patience, settings.answer_timeout)
        width = 1 if settings.captcha else TRIAL_WIDTH
        limiter = Limiter(cache, width=width, enabled=settings.limits)
        return cls(settings, cache, services, Sessions(cache, services), limiter, settings.proxies, Passes())

    async def start(self) -> None:
        """Open the connections, inside the loop that will use them."""
        await self.services.start()

    async def close(self) -> None:
        """Close them."""
        await self.limiter.close()
        await self.services.close()
        await self.cache.close()
