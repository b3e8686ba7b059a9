"""Door 2: pages for people. Until the whole portal is there: the way in, and plain pages behind letters' links."""

from services.gateway.portal.door import Portal

__all__ = ["Portal"]
