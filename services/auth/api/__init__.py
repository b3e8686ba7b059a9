"""Door 1: HTTP in, action, answer out."""

from services.auth.api import administration, audit, entering, imports, internal, me, organizations, passkeys, passwords

ROUTERS = (
    entering.routes,
    me.routes,
    passkeys.routes,
    passwords.routes,
    organizations.routes,
    administration.routes,
    audit.routes,
    imports.routes,
    internal.routes,
)

__all__ = ["ROUTERS"]
