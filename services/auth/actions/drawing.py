"""Draws a captcha: digits as a picture and as speech, as data URIs (RFC 2397)."""

import base64
from functools import cache
from typing import Any

SHOWN = (160, 60)
"""Pixels that the picture takes on a page; it is drawn at twice that, for whoever needs it larger."""


def draw(text: str) -> tuple[str, str]:
    """Picture and sound of a text of digits; takes a fifth of a second, most of it the sound."""
    image, audio = _artists()
    picture = image.generate(text, format="png").getvalue()
    return _data_uri("image/png", picture), _data_uri("audio/wav", bytes(audio.generate(text)))


@cache
def _artists() -> tuple[Any, Any]:
    """The library's generators, with their fonts and voices read once."""
    from captcha.audio import AudioCaptcha  # noqa: PLC0415 - with its voices it is read when first wanted
    from captcha.image import ImageCaptcha  # noqa: PLC0415 - likewise

    audio = AudioCaptcha()
    audio.load()
    width, height = SHOWN
    return ImageCaptcha(width=width * 2, height=height * 2, font_sizes=(84, 96, 108)), audio


def _data_uri(media_type: str, content: bytes) -> str:
    """The content inside its own address."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"
