"""Door 1: HTTP in, action, answer out."""

from services.auth.api import (
    accounts,
    administration,
    audit,
    entering,
    imports,
    internal,
    me,
    organizations,
    passkeys,
    passwords,
)

ROUTERS = (
    entering.routes,
    me.routes,
    passkeys.routes,
    passwords.routes,
    organizations.routes,
    administration.routes,
    accounts.routes,
    audit.routes,
    imports.routes,
    internal.routes,
)

__all__ = ["ROUTERS"]
