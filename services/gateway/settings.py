"""What an operator may turn at the door."""

from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Self

from pydantic import Field, model_validator

from shared.kit.settings import Settings


class GatewaySettings(Settings):
    """The settings of the gateway beside the common ones."""

    trusted_proxies: str = Field(
        default="",
        description="Addresses or networks of proxies whose X-Forwarded-For is believed, separated by commas.",
    )
    body_timeout: float = Field(
        default=30.0, gt=0, description="Seconds without a byte after which a body is given up."
    )
    answer_timeout: float = Field(default=60.0, gt=0, description="Seconds that a service may take to answer.")
    patience: float = Field(
        default=5.0,
        ge=0,
        description="Seconds that requests wait for a service that has just gone, as in a rolling restart; then 503.",
    )
    cache_timeout: float = Field(
        default=0.25, gt=0, description="Seconds that Redis may take; beyond it the door works without it for a while."
    )

    @model_validator(mode="after")
    def _proxies_are_addresses(self) -> Self:
        """Refuse at start what would be wrong at every request."""
        _ = self.proxies
        return self

    @property
    def proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks of the proxies that we trust."""
        parts = (part.strip() for part in self.trusted_proxies.split(","))
        return tuple(ip_network(part, strict=False) for part in parts if part)

    @property
    def over_tls(self) -> bool:
        """Whether people reach us by TLS."""
        return self.public_url.startswith("https:")

    @property
    def cookie_name(self) -> str:
        """The name of the session's cookie; with TLS it is bound to this very host (RFC 6265bis, 4.1.3.2)."""
        return "__Host-juxian" if self.over_tls else "juxian"

    @property
    def has_clock(self) -> bool:
        """Whether POST /dev/clock is there."""
        return self.installation == "local" and self.clock == "adjustable"


@cache
def settings() -> GatewaySettings:
    """The settings of this process."""
    return GatewaySettings()
