"""All of the pages of documents."""

from portal.pages.documents import answers, desk, drafts, reading, remarks
from portal.pages.documents.blueprint import pages

__all__ = ["answers", "desk", "drafts", "pages", "reading", "remarks"]
