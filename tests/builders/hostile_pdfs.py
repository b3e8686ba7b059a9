"""PDF files that do harm or are badly made; each builder gives the bytes of one file."""

import io
import zlib

from pikepdf import Array, Dictionary, Name, Stream

from tests.builders.pdfs import saved, text, written

_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"


def stream_bomb(megabytes: int = 100) -> bytes:
    """A page whose contents are packed a thousand to one."""
    packer = zlib.compressobj(9)
    piece = b"0 0 1 1 re f\n" * 80_000
    packed = b"".join(packer.compress(piece) for _ in range(megabytes)) + packer.flush()
    pdf = written()
    pdf.pages[0].Contents = pdf.make_stream(b"")
    pdf.pages[0].Contents.write(packed, filter=Name.FlateDecode)
    return saved(pdf)


def picture_bomb(side: int = 20_000) -> bytes:
    """A page with a picture of 400 megapixels in a few kilobytes."""
    pdf = written()
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(side)) for _ in range(side // 8)) + packer.flush()
    picture = pdf.make_stream(
        b"",
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=side,
        Height=side,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=1,
    )
    picture.write(packed, filter=Name.FlateDecode)
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(Im=picture))
    pdf.pages[0].Contents = Stream(pdf, b"500 0 0 500 0 0 cm /Im Do")
    return saved(pdf)


def self_drawing(depth: int = 12) -> bytes:
    """Forms that each draw the next ten times: a trillion rectangles."""
    pdf = written()
    inner = Stream(pdf, b"0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 600, 900]))
    for _ in range(depth):
        inner = Stream(
            pdf,
            b"/X Do " * 10,
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 600, 900]),
            Resources=Dictionary(XObject=Dictionary(X=inner)),
        )
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(X=inner))
    pdf.pages[0].Contents = Stream(pdf, b"/X Do")
    return saved(pdf)


def plain(*objects: bytes, root: int = 1, trailer: bytes = b"") -> bytes:
    """A file of these objects, numbered from 1, written as the standard says (ISO 32000-1, 7.5)."""
    data = io.BytesIO()
    data.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(data.tell())
        data.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    table = data.tell()
    data.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    data.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    data.write(
        b"trailer\n<</Size %d/Root %d 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, trailer, table)
    )
    return data.getvalue()


def page_loop() -> bytes:
    """A tree of pages that bites its tail."""
    return plain(_CATALOG, b"<</Type/Pages/Count 2/Kids[3 0 R 2 0 R]>>", _PAGE)


def many_objects(count: int = 200_100) -> bytes:
    """More objects than anybody needs."""
    return plain(_CATALOG, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", _PAGE, *(b"null" for _ in range(count)))


def deeply_nested(depth: int = 50_000) -> bytes:
    """Brackets in brackets in brackets."""
    return plain(_CATALOG, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", _PAGE, b"[" * depth + b"]" * depth)


def table_loop() -> bytes:
    """A table of contents that names itself as the one before it."""
    data = plain(_CATALOG, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", _PAGE)
    table = data.index(b"xref\n")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % table)


def wrong_table() -> bytes:
    """A good document whose table of contents is off by some bytes, as careless programs write it."""
    data = text()
    at = data.rindex(b"startxref\n") + len(b"startxref\n")
    return data[:at] + b"7\n%%EOF\n"


def no_pages() -> bytes:
    """A document without a single page."""
    return plain(_CATALOG, b"<</Type/Pages/Count 0/Kids[]>>")
