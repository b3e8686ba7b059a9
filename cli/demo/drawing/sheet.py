"""A sheet of paper to draw on: text, paragraphs, pictures, frames; and the finished drawing as a file's bytes."""

from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Self

from PIL import Image, ImageChops, ImageDraw

from cli.demo.drawing.fonts import REGULAR, font

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]

INK: Colour = (34, 34, 40)
PALE: Colour = (120, 124, 134)
_DPI = (300, 300)


@dataclass(frozen=True)
class Drawing:
    """A finished drawing; each call gives the bytes of a file."""

    image: Image.Image

    def jpeg(self, quality: int = 90) -> bytes:
        """As JPEG."""
        return self._saved("JPEG", quality=quality, dpi=_DPI)

    def png(self) -> bytes:
        """As PNG."""
        return self._saved("PNG", dpi=_DPI)

    def pdf(self, *further: "Drawing") -> bytes:
        """As PDF: this drawing, and each further one on a page of its own."""
        pages = [page.image for page in further]
        return self._saved("PDF", resolution=_DPI[0], save_all=True, append_images=pages)

    def _saved(self, kind: str, **options: object) -> bytes:
        file = BytesIO()
        self.image.save(file, kind, **options)
        return file.getvalue()


class Sheet:
    """Paper of some size and colour; places are pixels from the upper left corner."""

    def __init__(self, width: int, height: int, paper: Colour = (255, 255, 255)) -> None:
        """Lay a clean sheet."""
        self.image = Image.new("RGB", (width, height), paper)

    @classmethod
    def printed(cls, ground: Drawing) -> Self:
        """A sheet on which a ground is printed already."""
        sheet = cls(*ground.image.size)
        sheet.image.paste(ground.image)
        return sheet

    @cached_property
    def pen(self) -> ImageDraw.ImageDraw:
        """Pillow's own drawing tool over this sheet."""
        return ImageDraw.Draw(self.image)

    def text(
        self, at: tuple[float, float], said: str, size: int, *, weight: int = REGULAR, ink: Colour = INK,
        anchor: str = "ls", gap: float = 0,
    ) -> float:  # fmt: skip
        """Write one line; `anchor` is Pillow's, `gap` the room between characters. Where the line ends."""
        face = font(size, weight)
        if not gap:
            self.pen.text(at, said, ink, font=face, anchor=anchor)
            return at[0] + face.getlength(said)
        width = sum(face.getlength(character) + gap for character in said) - gap
        x = at[0] - {"l": 0.0, "m": width / 2, "r": width}[anchor[0]]
        for character in said:
            self.pen.text((x, at[1]), character, ink, font=face, anchor="l" + anchor[1])
            x += face.getlength(character) + gap
        return x

    def paragraph(
        self, at: tuple[float, float], said: str, size: int, *, width: float, leading: float,
        weight: int = REGULAR, ink: Colour = INK, indent: int = 0,
    ) -> float:  # fmt: skip
        """Write text that breaks between any two 汉字; `indent` is in characters. The baseline that comes next."""
        face, y = font(size, weight), at[1]
        line = "\u3000" * indent
        for piece in pieces(said):
            if face.getlength(line + piece) > width and piece not in "，。、；：）”":
                self.text((at[0], y), line, size, weight=weight, ink=ink)
                line, y = piece.lstrip(), y + leading
            else:
                line += piece
        self.text((at[0], y), line, size, weight=weight, ink=ink)
        return y + leading

    def picture(self, image: Image.Image, box: Box) -> None:
        """Put a picture into a box, resized to fill it; its transparency is honoured."""
        fitted = image.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.LANCZOS)
        self.image.paste(fitted, box[:2], fitted if fitted.mode == "RGBA" else None)

    def stamp(self, image: Image.Image, centre: tuple[int, int]) -> None:
        """Print a transparent picture (a seal) over what is there, as ink does: what is black stays black."""
        left, top = centre[0] - image.width // 2, centre[1] - image.height // 2
        under = self.image.crop((left, top, left + image.width, top + image.height))
        self.image.paste(ImageChops.multiply(under, image.convert("RGB")), (left, top), image.getchannel("A"))

    def finished(self) -> Drawing:
        """The drawing."""
        return Drawing(self.image)


def pieces(said: str) -> list[str]:
    """Text in pieces that a line may break between: each 汉字, each run of letters and digits."""
    found: list[str] = []
    for character in said:
        if found and character.isascii() and found[-1][-1:].isascii() and character != " ":
            found[-1] += character
        else:
            found.append(character)
    return found
