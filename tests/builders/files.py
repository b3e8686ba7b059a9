"""Pictures that people upload, drawn here; each builder gives the bytes of one file."""

import io
import struct
import zlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pillow_heif
from PIL import ExifTags, Image, ImageCms, ImageDraw, ImageFont, PngImagePlugin, TiffImagePlugin

SECRET = "GPS-37.43N-116.35E-张伟的手机"
"""Stands in every piece of metadata below, and must stand in nothing that is served."""
PAYLOAD = b"<?php system($_GET['c']); ?><script>alert(1)</script>"
PORTRAIT = (600, 800)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    spec = find_spec("manimgx_fonts_cjk")
    assert spec is not None
    assert spec.origin is not None
    font = ImageFont.truetype(Path(spec.origin).parent / "NotoSansCJK-VF.otf.ttc", size)
    font.set_variation_by_name("Regular")
    return font


def certificate(size: tuple[int, int] = PORTRAIT, name: str = "张伟") -> Image.Image:
    """An invented certificate on warm paper: a blue mark in its upper left corner, a red seal below."""
    return _certificate(size, name).copy()


@cache
def _certificate(size: tuple[int, int], name: str) -> Image.Image:
    width, height = size
    image = Image.new("RGB", size, (250, 246, 236))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 8, height // 8), fill=(20, 40, 200))
    for line, words in enumerate(
        ("毕业证书", f"{name}，男，二〇一〇年七月", "材料科学与工程专业", "证书编号 104221201005")
    ):
        draw.text((width // 8, height * (3 + line) // 9), words, fill=(25, 25, 30), font=_font(width // 18))
    draw.ellipse(
        (width * 5 // 8, height * 6 // 8, width * 7 // 8, height * 6 // 8 + width // 4),
        outline=(200, 20, 30),
        width=8,
    )
    return image


def portrait(size: tuple[int, int] = (413, 579)) -> Image.Image:
    """A face of sorts before the blue of a studio."""
    width, height = size
    image = Image.new("RGB", size, (67, 142, 219))
    draw = ImageDraw.Draw(image)
    draw.ellipse((width // 4, height // 6, width * 3 // 4, height * 2 // 3), fill=(238, 200, 170))
    draw.rectangle((width // 6, height * 2 // 3, width * 5 // 6, height), fill=(40, 40, 48))
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The image as a file of that kind."""
    data = io.BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def jpeg(image: Image.Image | None = None, **options: object) -> bytes:
    """A JPEG, of the certificate if of nothing else."""
    return saved(image or certificate(), "JPEG", **({"quality": 88} | options))


def png(image: Image.Image | None = None, **options: object) -> bytes:
    """A PNG."""
    return saved(image or certificate(), "PNG", **options)


def telling_jpeg(orientation: int = 6) -> bytes:
    """A phone's photo: lying on its side, with place, camera, preview, XMP and a comment."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.ImageDescription] = SECRET
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSAreaInformation: SECRET.encode()}
    )
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SECRET}</x:xmpmeta>".encode()
    return jpeg(certificate().rotate(90, expand=True), exif=exif, xmp=xmp, comment=SECRET.encode(), icc_profile=srgb())


def telling_png() -> bytes:
    """A PNG with a place in its EXIF, texts and a payload among its chunks."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 3
    exif[ExifTags.Base.ImageDescription] = SECRET
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("Comment", SECRET)
    notes.add(b"juNk", PAYLOAD)
    return png(certificate().rotate(180), exif=exif, pnginfo=notes)


def srgb() -> bytes:
    """The profile of the standard's own colours."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def swapped_profile() -> bytes:
    """A profile in which red and green have changed places: whoever applies it shows red as green."""
    data = bytearray(srgb().replace("sRGB".encode("utf-16-be"), "tRGB".encode("utf-16-be")))
    count = int.from_bytes(data[128:132], "big")
    at = {bytes(data[entry : entry + 4]): entry for entry in range(132, 132 + 12 * count, 12)}
    red, green = at[b"rXYZ"], at[b"gXYZ"]
    data[red + 4 : red + 12], data[green + 4 : green + 12] = (
        data[green + 4 : green + 12],
        data[red + 4 : red + 12],
    )
    return bytes(data)


def raw_png(
    width: int, height: int, depth: int, colour: int, row: bytes, *more: tuple[bytes, bytes], rows: int | None = None
) -> bytes:
    """A PNG whose rows are all alike, written chunk by chunk (ISO/IEC 15948); of `rows` only, where given."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"\0" + row) for _ in range(height if rows is None else rows)) + packer.flush()
    chunks = ((b"IHDR", header), *more, (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def grey16_png() -> bytes:
    """Sixteen bits of grey: a ramp from black to white."""
    return raw_png(256, 64, 16, 0, b"".join(struct.pack(">H", value * 257) for value in range(256)))


def colour16_png() -> bytes:
    """Sixteen bits a colour: all of it orange."""
    return raw_png(64, 96, 16, 2, struct.pack(">HHH", 0xFFFF, 0x8000, 0) * 64)


def palette_png() -> bytes:
    """256 colours, one of them transparent."""
    return png(certificate().quantize(64), transparency=0)


def see_through_png() -> bytes:
    """Text on nothing at all."""
    image = Image.new("RGBA", PORTRAIT, (0, 0, 0, 0))
    ImageDraw.Draw(image).text((60, 300), "证明材料", fill=(0, 0, 0, 255), font=_font(80))
    return png(image)


def webp(**options: object) -> bytes:
    """A WebP."""
    return saved(certificate(), "WEBP", **options)


def moving(kind: str = "WEBP") -> bytes:
    """Three pictures, one after the other: WebP, PNG or GIF."""
    others = [certificate(name=name) for name in ("李娜", "王芳")]
    return saved(certificate(), kind, save_all=True, append_images=others, duration=100)


def tiff(pages: int = 1, **options: object) -> bytes:
    """A TIFF of that many pages."""
    images = [certificate(name=f"张伟{number}") for number in range(1, pages + 1)]
    return saved(images[0], "TIFF", save_all=True, append_images=images[1:], **({"compression": "jpeg"} | options))


def tiff_with_preview() -> bytes:
    """A page, and a smaller copy of it marked as such (TIFF 6.0, NewSubfileType)."""
    preview = certificate((60, 80))
    data = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(data, new=True) as writer:
        certificate().save(writer, "TIFF")
        writer.newFrame()
        preview.save(writer, "TIFF", tiffinfo={254: 1})
    return data.getvalue()


def fax_tiff() -> bytes:
    """A black and white TIFF, packed as a fax."""
    return saved(certificate().convert("1"), "TIFF", compression="group4")


@cache
def heic() -> bytes:
    """An iPhone's photo."""
    data = io.BytesIO()
    pillow_heif.from_pillow(certificate()).save(data, quality=80)
    return data.getvalue()
