"""What auth's routes are given besides database and caller."""

from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response

from services.auth.actions.captchas import Captchas
from services.auth.actions.fleeting import Fleeting
from services.auth.actions.sheets import MEDIA_TYPE

DEVICE = "Juxian-Device"
"""The header in which a device's mark comes and goes; the gateway keeps it in a cookie."""

SHEET: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA_TYPE: {}}}}
"""What the OpenAPI document says of a route that answers with a spreadsheet."""


def sheet_answer(content: bytes, name: str) -> Response:
    """Hand out a spreadsheet under that name."""
    return Response(content, media_type=MEDIA_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'})


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
