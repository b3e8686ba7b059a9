"""The web door of a service: the application, its problem documents, and what routes are given."""

from shared.kit.web.app import build
from shared.kit.web.bodies import Body, Text
from shared.kit.web.etags import IfMatchDep, etag
from shared.kit.web.given import CallerDep, DatabaseDep, PeerDep
from shared.kit.web.once import OnceDep
from shared.kit.web.paging import Page, PageDep
from shared.kit.web.routes import router

__all__ = [
    "Body", "CallerDep", "DatabaseDep", "IfMatchDep", "OnceDep", "Page", "PageDep", "PeerDep", "Text", "build", "etag",
    "router",
]  # fmt: skip
