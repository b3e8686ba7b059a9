"""Addresses: how much of one is shown to those who look after deliveries."""


def masked(address: str) -> str:
    """The first letter and the domain: z***@demo.juxian.test."""
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}***{at}{domain}"
