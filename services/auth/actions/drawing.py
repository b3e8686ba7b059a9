"""Draws a captcha: digits as a picture and as speech, as data URIs (RFC 2397)."""

import base64
import os
from functools import cache
from typing import Any

SHOWN = (160, 60)
"""Pixels that the picture takes on a page; it is drawn at twice that, for whoever needs it larger."""


def draw(text: str) -> tuple[str, str]:
    """Picture and sound of a text of digits; takes a fifteenth of a second, most of it the sound."""
    image, audio = _artists()
    picture = image.generate(text, format="png").getvalue()
    return _data_uri("image/png", picture), _data_uri("audio/wav", bytes(audio.generate(text)))


@cache
def _artists() -> tuple[Any, Any]:
    """The library's generators, with their fonts and voices read once."""
    from captcha import audio as voices  # noqa: PLC0415 - with its voices it is read when first wanted
    from captcha.image import ImageCaptcha  # noqa: PLC0415 - likewise

    # The library draws a random number for each of 100,000 samples of noise: three quarters of all the time it takes.
    voices.create_noise = _noise
    audio = voices.AudioCaptcha()
    audio.load()
    width, height = SHOWN
    return ImageCaptcha(width=width * 2, height=height * 2, font_sizes=(84, 96, 108)), audio


def _noise(length: int, level: int = 4) -> bytearray:
    """White noise around silence (128), `level` steps wide."""
    steps = bytes(step % level + 128 - level // 2 for step in range(256))
    return bytearray(os.urandom(length).translate(steps))


def _data_uri(media_type: str, content: bytes) -> str:
    """The content inside its own address."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"
