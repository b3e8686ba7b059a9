"""Step: note what a PDF would do if it were opened as it is; none of it is in the copy that is served."""

from collections.abc import Iterator

import pikepdf

from services.profile.scanning.work import Did, Work

_ACTIONS = {
    "/JavaScript": "scripts",
    "/Rendition": "scripts",
    "/Launch": "launch",
    "/URI": "links",
    "/GoToR": "links",
    "/GoToE": "attachments",
    "/SubmitForm": "forms",
    "/ImportData": "forms",
    "/ResetForm": "forms",
}
_ANNOTATIONS = {
    "/Link": "links",
    "/FileAttachment": "attachments",
    "/Widget": "forms",
    "/RichMedia": "scripts",
}
_KEYS = {
    "/JS": "scripts",
    "/JavaScript": "scripts",
    "/AcroForm": "forms",
    "/XFA": "forms",
    "/EmbeddedFiles": "attachments",
    "/EF": "attachments",
}
_DEEP = 8
"""How far direct objects inside an object are followed."""


def note_contents(work: Work) -> Did:
    """Flag scripts, forms, attachments, programs to launch and links, wherever in the file they hide.

    Names are compared as the library reads them, so that `/J#61vaScript` is `/JavaScript`.
    """
    if work.pdf is None:
        return Did.SKIPPED
    found = {flag for thing in work.pdf.objects for flag in _flags(thing, _DEEP)}
    if found:
        work.flags |= found | {"active_content"}
    if work.pdf.is_encrypted:
        work.flags.add("restricted")
    return Did.DONE


def _flags(thing: pikepdf.Object, depth: int) -> Iterator[str]:
    """What this object, and the direct objects in it, would do."""
    if depth == 0 or (thing.is_indirect and depth != _DEEP):
        return
    if isinstance(thing, pikepdf.Array):
        for item in thing.as_list():
            yield from _nested(item, depth)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        kinds = thing.get("/S"), thing.get("/Subtype")
        for key, item in thing.items():
            if key in _KEYS:
                yield _KEYS[key]
            yield from _nested(item, depth)
        for kind, names in zip(kinds, (_ACTIONS, _ANNOTATIONS), strict=True):
            if isinstance(kind, pikepdf.Name) and str(kind) in names:
                yield names[str(kind)]


def _nested(item: object, depth: int) -> Iterator[str]:
    if isinstance(item, pikepdf.Object):
        yield from _flags(item, depth - 1)
