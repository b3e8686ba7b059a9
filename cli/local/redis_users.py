"""Who may do what in Redis: a user for each service, which alone adds to its stream; nobody comes without a name.

A forged event would have to come from its teller's own process. What is in a queue carries a row's id, and the row
decides, so that queues are shared.
"""

from collections.abc import Mapping

EVERYDAY = "+@all -@admin -@dangerous +info"
"""Every command but those that administer or endanger the server; INFO tells which run of the server it is."""
QUEUES = "~q:* ~alive:* &q:*"
"""The queues with their bells, and the pulses of who serves them."""
HEARING = "(%RW~ev:* +xreadgroup +xack +xautoclaim +xpending +xinfo +xgroup +xrange +exists)"
"""What a hearer does with another service's stream; adding and trimming are not among it."""


def _teller(name: str, *others: str) -> str:
    """The rules of a service that tells events and has jobs."""
    return " ".join((EVERYDAY, f"~ev:{name}", QUEUES, *others, HEARING))


RULES: Mapping[str, str] = {
    "gateway": f"{EVERYDAY} ~session:* ~LIMITS* %R~alive:*",
    "auth": _teller("auth", "~session:*", "~captcha:*"),
    "profile": _teller("profile"),
    "review": _teller("review"),
    "notify": _teller("notify"),
    # Workers and the beat: jobs tell their events by the database.
    "worker": f"{EVERYDAY} {QUEUES}",
    # The operator's own commands.
    "operator": f"{EVERYDAY} ~* &*",
    "probe": "-@all +ping",
}
"""User → what it may do, as ACL SETUSER writes it."""


def acl(passwords: Mapping[str, str]) -> list[str]:
    """The lines of an ACL file or configuration: every user with its password, and none without."""
    return ["user default off", *(f"user {name} on >{passwords[name]} {rules}" for name, rules in RULES.items())]


def user_of(kind: str, service: str) -> str:
    """The user of a process of that kind: its service's, or that of all workers."""
    return service if kind in {"web", "events"} else "worker"
