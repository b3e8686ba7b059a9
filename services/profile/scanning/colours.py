"""Colours of every kind of picture, turned into what all screens show: sRGB or grey, eight bits, no holes."""

import io
from typing import Final

from PIL import Image, ImageCms

_WIDE_GREY: Final = {"I;16": 256, "I;16B": 256, "I;16L": 256, "I;16N": 256}
_SEE_THROUGH: Final = ("RGBA", "LA", "PA", "La", "RGBa")
_PLAIN: Final = ("RGB", "L")
_WITH_PROFILE: Final = ("RGB", "CMYK", "LAB")


def to_srgb(image: Image.Image, icc: bytes | None) -> Image.Image:
    """The same picture as RGB or L; transparent parts become white paper."""
    image = _narrow(image)
    if icc and image.mode in _WITH_PROFILE:
        image = _through_profile(image, icc)
    if image.mode in _SEE_THROUGH or "transparency" in image.info:
        return _on_paper(image)
    if image.mode in _PLAIN:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _narrow(image: Image.Image) -> Image.Image:
    """Sixteen and thirty-two bits a pixel to eight; converting alone would cut off what is bright."""
    if image.mode in _WIDE_GREY:
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode not in {"I", "F"}:
        return image
    low, high = (float(value) for value in image.getextrema() if isinstance(value, int | float))
    scale = 255 / (high - low) if high > low else 0.0
    return image.convert("F").point(lambda value: value * scale + -low * scale).convert("L")


def _through_profile(image: Image.Image, icc: bytes) -> Image.Image:
    """By its embedded profile; one that cannot be read is as if it were not there."""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        if "sRGB" in ImageCms.getProfileDescription(profile):
            return image
        turned = ImageCms.profileToProfile(image, profile, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return turned or image


def _on_paper(image: Image.Image) -> Image.Image:
    layers = image.convert("RGBA")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(layers, mask=layers.getchannel("A"))
    return paper


_SRGB: Final = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
