"""The pages of documents, which their parts add to."""

from flask import Blueprint, request

pages = Blueprint("documents", __name__)

_FILE_BYTES = 2_900_000  # a text of at most 2 MB, and the form around it


@pages.url_value_preprocessor
def let_a_file_through(endpoint: str | None, _values: object) -> None:
    """Before anything reads the form. Only pages that take a file take more than others."""
    if endpoint in ("documents.bring_in", "documents.begin_version"):
        request.max_content_length = _FILE_BYTES
