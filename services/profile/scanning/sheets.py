"""PDF pages drawn as pictures, and pictures bound into a new PDF."""

import ctypes
import io
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pikepdf
import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from services.profile.scanning import bounds
from services.profile.scanning.outcome import PageImage, Rejection
from services.profile.scanning.work import Rejected

_POINTS_AN_INCH: Final = 72
_SYSTEM_FONTS: Final = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
)


def font_folders() -> tuple[str, ...]:
    """Where fonts lie that a PDF names and does not carry: the system's, and the Chinese one of ours."""
    spec = find_spec("manimgx_fonts_cjk")
    packaged = tuple(spec.submodule_search_locations or ()) if spec else ()
    return tuple(folder for folder in (*_SYSTEM_FONTS, *packaged) if Path(folder).is_dir())


def prepare() -> None:
    """Tell PDFium where fonts are and let it look through them once, before any child is made."""
    folders = [ctypes.create_string_buffer(folder.encode()) for folder in font_folders()]
    char_p = ctypes.POINTER(ctypes.c_char)
    paths = (char_p * (len(folders) + 1))(*(ctypes.cast(folder, char_p) for folder in folders))
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=paths))
    _KEPT.extend([*folders, paths])
    with pdfium.PdfDocument(_names_a_font()) as document:
        document[0].render(scale=0.1)


def _names_a_font() -> bytes:
    """A PDF with one character in a font that it does not carry: drawing it reads the list of fonts."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=_song(pdf)))
        page.Contents = pikepdf.Stream(pdf, b"BT /F 12 Tf <4E2D> Tj ET")
        data = io.BytesIO()
        pdf.save(data)
    return data.getvalue()


def _song(pdf: pikepdf.Pdf) -> pikepdf.Object:
    name = pikepdf.Name.SimSun
    system = pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"GB1", Supplement=2)
    descriptor = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor, FontName=name, Flags=6))
    glyphs = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=system,
        FontDescriptor=descriptor,
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name("/UniGB-UCS2-H"),
            DescendantFonts=pikepdf.Array([pdf.make_indirect(glyphs)]),
        )
    )


_KEPT: Final[list[object]] = []
"""PDFium reads the names of the folders later: they must live as long as it does."""


def render(path: Path) -> Iterator[Image.Image]:
    """Draw each page as people see it, stamps and filled forms too: 150 dpi, `PAGE_SIDE` at most."""
    with pdfium.PdfDocument(path) as document:
        document.init_forms()
        for number in range(len(document)):
            page = document[number]
            width, height = page.get_size()
            if not 0 < min(width, height) <= max(width, height) <= bounds.PDF_PAGE_POINTS:
                raise Rejected(Rejection.CORRUPT)
            scale = min(bounds.PDF_DPI / _POINTS_AN_INCH, bounds.PAGE_SIDE / max(width, height))
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            yield bitmap.to_pil().convert("RGB")
            page.close()


def bind(pages: Sequence[PageImage], path: Path) -> None:
    """Write a PDF that shows these JPEGs, one a page at 150 dpi, and holds nothing else."""
    with pikepdf.new() as pdf:
        for page in pages:
            _add_page(pdf, page)
        pdf.save(path, deterministic_id=True)


def _add_page(pdf: pikepdf.Pdf, page: PageImage) -> None:
    width, height = (side * _POINTS_AN_INCH / bounds.PDF_DPI for side in (page.width, page.height))
    with Image.open(page.path, formats=("JPEG",)) as image:
        grey = image.mode == "L"
    picture = pikepdf.Stream(
        pdf,
        page.path.read_bytes(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=page.width,
        Height=page.height,
        ColorSpace=pikepdf.Name.DeviceGray if grey else pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    sheet = pdf.add_blank_page(page_size=(width, height))
    sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=picture))
    sheet.Contents = pikepdf.Stream(pdf, f"{width:.2f} 0 0 {height:.2f} 0 0 cm /Page Do".encode())
