"""What auth's routes are given besides database and caller."""

from typing import Annotated

from fastapi import Depends, Header, Request

from services.auth.actions.captchas import Captchas
from services.auth.actions.fleeting import Fleeting

DEVICE = "Juxian-Device"
"""The header in which a device's mark comes and goes; the gateway keeps it in a cookie."""


def _fleeting(request: Request) -> Fleeting:
    """What Redis carries."""
    fleeting: Fleeting = request.app.state.fleeting
    return fleeting


def _captchas(request: Request) -> Captchas:
    """Captchas, with both of their stores."""
    return Captchas(request.app.state.fleeting, request.app.state.database)


FleetingDep = Annotated[Fleeting, Depends(_fleeting)]
CaptchasDep = Annotated[Captchas, Depends(_captchas)]
DeviceDep = Annotated[str | None, Header(alias=DEVICE, max_length=200, include_in_schema=False)]
