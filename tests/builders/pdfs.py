"""PDF files that people upload; each builder gives the bytes of one file."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from tests.builders.files import SECRET, jpeg

A4 = (595, 842)


def saved(pdf: Pdf, encryption: pikepdf.Encryption | None = None) -> bytes:
    """The document as bytes."""
    data = io.BytesIO()
    pdf.save(data, encryption=encryption)
    return data.getvalue()


def written(pages: int = 1, size: tuple[float, float] = A4) -> Pdf:
    """A document with text on every page, and the author's name in its properties."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=size)
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = Stream(pdf, f"BT /F1 48 Tf 72 600 Td (Certificate {number}) Tj ET".encode())
    pdf.docinfo["/Author"] = SECRET
    return pdf


def text(pages: int = 1, size: tuple[float, float] = A4) -> bytes:
    """A plain document."""
    return saved(written(pages, size))


def blank(pages: int = 1) -> bytes:
    """Empty pages."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=A4)
    return saved(pdf)


def half_blank() -> bytes:
    """A sheet with an empty back."""
    pdf = written()
    pdf.add_blank_page(page_size=A4)
    return saved(pdf)


def scanned(pages: int = 1) -> bytes:
    """What an office scanner makes: a JPEG a page."""
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=A4)
        picture = Stream(
            pdf,
            jpeg(),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=600,
            Height=800,
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
        page.Resources = Dictionary(XObject=Dictionary(Im=picture))
        page.Contents = Stream(pdf, b"595 0 0 842 0 0 cm /Im Do")
    return saved(pdf)


def chinese_unembedded() -> bytes:
    """Chinese text in a font that the file names and does not carry, as office programs write it."""
    pdf = pikepdf.new()
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name.SimSun, Flags=6)
    glyphs = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name.SimSun,
        FontDescriptor=pdf.make_indirect(descriptor),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"GB1", Supplement=2),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name.SimSun,
        Encoding=Name("/UniGB-UCS2-H"),
        DescendantFonts=Array([pdf.make_indirect(glyphs)]),
    )
    page = pdf.add_blank_page(page_size=A4)
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    page.Contents = Stream(pdf, f"BT /F1 60 Tf 72 600 Td <{'毕业证书'.encode('utf-16-be').hex()}> Tj ET".encode())
    return saved(pdf)


def encrypted(user: str = "secret") -> bytes:
    """Locked with a password; with an empty one, open to everybody and only locked against changes."""
    return saved(written(), encryption=pikepdf.Encryption(owner="owner", user=user))


def with_script() -> bytes:
    """Runs JavaScript when it is opened."""
    pdf = written()
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=b"app.alert('hello')")
    return saved(pdf)


def with_hidden_script() -> bytes:
    """The same, its names spelt so that a search for them finds nothing."""
    return with_script().replace(b"/JavaScript", b"/J#61v#61Script").replace(b"/JS ", b"/J#53 ")


def with_attachment() -> bytes:
    """Carries another file."""
    pdf = written()
    pdf.attachments["payload.exe"] = SECRET.encode() + b"MZ" * 100
    return saved(pdf)


def with_form() -> bytes:
    """Has a field to fill in; what stands in it is drawn."""
    pdf = written()
    drawn = Stream(pdf, b"1 0 0 rg 0 0 200 50 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 50]))
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=b"name",
            Rect=Array([100, 100, 300, 150]),
            F=4,
            AP=Dictionary(N=drawn),
        ),
    )
    pdf.pages[0].Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    return saved(pdf)


def with_link(action: Dictionary | None = None) -> bytes:
    """Leads elsewhere when it is clicked on."""
    pdf = written()
    action = action or Dictionary(S=Name.URI, URI=b"http://example.test/steal")
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 300, 300]), A=action)
    pdf.pages[0].Annots = Array([pdf.make_indirect(link)])
    return saved(pdf)


def with_launch() -> bytes:
    """Starts a program when it is clicked on."""
    return with_link(Dictionary(S=Name.Launch, F=b"cmd.exe"))
