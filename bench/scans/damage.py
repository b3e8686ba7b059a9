"""What scanners, phones and mail do to a paper: turned, blurred, grainy, shaded, seen askew, stamped, squeezed."""

from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageEnhance, ImageFilter

from cli.demo.drawing.seals import seal

_TABLE = (92, 84, 76)


def damaged(image: Image.Image, chance: Random) -> Image.Image:
    """Moderately: askew on a table, shaded, a little out of focus, grainy, a seal over text, JPEG at 40 to 60."""
    image = _stamped(image, chance)
    image = _askew(image, chance)
    image = _shaded(image, chance)
    image = image.filter(ImageFilter.GaussianBlur(chance.uniform(0.4, 1.2)))
    image = _grainy(image, chance)
    return _squeezed(image, chance.randint(40, 60)).rotate(90 * chance.choice((0, 0, 0, 1, 2, 3)), expand=True)


def _stamped(image: Image.Image, chance: Random) -> Image.Image:
    print_ = seal("示例核验专用章", size=image.width // 5)
    left = chance.randint(image.width // 4, image.width - print_.width)
    top = chance.randint(image.height // 2, image.height - print_.height)
    under = image.crop((left, top, left + print_.width, top + print_.height))
    stamped = image.copy()
    stamped.paste(ImageChops.multiply(under, print_.convert("RGB")), (left, top), print_.getchannel("A"))
    return stamped


def _askew(image: Image.Image, chance: Random) -> Image.Image:
    """Seen from the side by a phone: corners moved by up to three in a hundred, turned by up to three degrees."""
    width, height = image.size
    quad = [
        value + sign * chance.uniform(0.0, 0.03) * side
        for value, sign, side in (
            (0, -1, width), (0, -1, height), (0, -1, width), (height, 1, height),
            (width, 1, width), (height, 1, height), (width, 1, width), (0, -1, height),
        )
    ]  # fmt: skip
    seen = image.transform(image.size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC, fillcolor=_TABLE)
    return seen.rotate(chance.uniform(-3, 3), Image.Resampling.BICUBIC, expand=True, fillcolor=_TABLE)


def _shaded(image: Image.Image, chance: Random) -> Image.Image:
    shade = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270))).resize(image.size)
    dark = ImageEnhance.Brightness(image).enhance(chance.uniform(0.55, 0.8))
    return Image.composite(image, dark, shade)


def _grainy(image: Image.Image, chance: Random) -> Image.Image:
    grain = Image.effect_noise(image.size, chance.uniform(8, 20)).convert("RGB")
    return ImageChops.add(image, grain, scale=1, offset=-128)


def _squeezed(image: Image.Image, quality: int) -> Image.Image:
    file = BytesIO()
    image.save(file, "JPEG", quality=quality)
    return Image.open(file).convert("RGB")
