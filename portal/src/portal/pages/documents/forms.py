from base64 import b64encode
from contextlib import closing
from typing import Self

from wtforms import Field, FileField

from portal.forms import Filled, Form, OneOf, Wrong, line, new_key, paragraphs, short_enough, unseen
from portal.language import _
from portal.peers.engagement.annotations import DISPOSITIONS, PURPOSES
from portal.peers.engagement.documents import BLOCK_KINDS

_WORDING_MOST, _TEXT_MOST, _NOTE_MOST = 5000, 20_000, 1000
_FORMATS = {"md": "markdown", "markdown": "markdown", "txt": "markdown", "html": "html", "htm": "html",
            "docx": "docx", "odt": "odt"}  # fmt: skip


class Fresh(Form):
    """A form that is sent once."""

    key = unseen()

    @classmethod
    def fresh(cls, **held: object) -> Self:
        """Whatever the request brought."""
        return cls({"key": new_key()} | held, sent=False)


class RemarkForm(Fresh):
    purpose = line(Filled(lambda: _("Choose what your comment is")), OneOf(PURPOSES, lambda: _("Choose what it is")))
    exact = line()
    prefix = unseen()
    suffix = unseen()
    proposed = paragraphs()
    body = paragraphs(Filled(lambda: _("Write your comment")))

    def validate_proposed(self, field: Field) -> None:
        wants = self.purpose.data == "propose_wording"
        if wants and not field.data:
            raise Wrong(_("Write the wording that you propose"))
        if field.data and not wants:
            raise Wrong(_("Choose “I propose another wording”, or leave this empty"))
        short_enough(field, _WORDING_MOST)

    def fits(self, body_most: int) -> bool:
        """`body_most` is the process's limit, in characters."""
        return self.accepted({"body": [lambda form, field: short_enough(field, body_most)]})


class ReplyForm(Fresh):
    body = paragraphs(Filled(lambda: _("Write your reply")))

    def fits(self, body_most: int) -> bool:
        """`body_most` is the process's limit, in characters."""
        return self.accepted({"body": [lambda form, field: short_enough(field, body_most)]})


class SourceForm(Fresh):
    """A text as a file, or written here."""

    file = FileField()  # type: ignore[no-untyped-call]
    content = paragraphs()

    def validate_file(self, field: Field) -> None:
        if self._named() and self._format() is None:
            raise Wrong(_("Choose a file that ends with .docx, .odt, .html or .md"))

    def validate_content(self, field: Field) -> None:
        if not field.data and not self._named():
            raise Wrong(_("Choose a file, or write the text here"))

    def source(self) -> dict[str, str]:
        """As the block takes it."""
        kind = self._format()
        if kind is None:
            return {"format": "markdown", "content": self.content.data}
        with closing(self.file.data) as file:
            sent: bytes = file.read()
        packed = kind in ("docx", "odt")
        return {"format": kind, "content": b64encode(sent).decode() if packed else sent.decode("utf-8", "replace")}

    def _named(self) -> str:
        return str(getattr(self.file.data, "filename", None) or "")

    def _format(self) -> str | None:
        return _FORMATS.get(self._named().rpartition(".")[2].lower())


class DocumentForm(SourceForm):
    title = line(Filled(lambda: _("Write a title for the text")))
    language = line(Filled(lambda: _("Choose the language of the text")))


class BlockForm(Form):
    revision = unseen()
    kind = line(
        Filled(lambda: _("Choose the kind of this part")), OneOf(BLOCK_KINDS, lambda: _("Choose the kind of this part"))
    )
    level = line(OneOf(tuple("0123456"), lambda: _("Choose a level from 1 to 6")))
    number = line()
    text = paragraphs(Filled(lambda: _("Write the words of this part")))

    def validate_number(self, field: Field) -> None:
        short_enough(field, 40)

    def validate_text(self, field: Field) -> None:
        short_enough(field, _TEXT_MOST)


class PublicationForm(Form):
    revision = unseen()
    note = paragraphs(Filled(lambda: _("Say what this version is about")))

    def validate_note(self, field: Field) -> None:
        short_enough(field, _NOTE_MOST)


class DispositionForm(Form):
    outcome = line(
        Filled(lambda: _("Choose what becomes of it")), OneOf(DISPOSITIONS, lambda: _("Choose one of these"))
    )
    reason = paragraphs()
    changed = line()  # number of the block in the draft, or in the newest version, in which the change is seen
