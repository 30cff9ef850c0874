"""The form of a picture."""

from typing import Any, Self

from flask_wtf.file import FileField
from wtforms import Field
from wtforms.validators import StopValidation

from portal.forms import Filled, Form, line, new_key, short_enough, unseen
from portal.language import _
from portal.peers.engagement.pictures import BYTES_MOST

_WORDS_MOST = 250


class PictureForm(Form):
    file = FileField()  # type: ignore[no-untyped-call]
    alt = line(Filled(lambda: _("Say in words what the picture shows")))
    key = unseen()

    @classmethod
    def fresh(cls) -> Self:
        """An empty form, whatever the request brought."""
        return cls({"key": new_key()}, sent=False)

    def validate_file(self, field: Any) -> None:
        """Reads it. Raises StopValidation."""
        self.content = b""
        if field.data:
            self.content = field.data.read(BYTES_MOST + 1)
            field.data.close()
        if not self.content:
            raise StopValidation(_("Choose a file"))  # type: ignore[no-untyped-call]
        if len(self.content) > BYTES_MOST:
            raise StopValidation(_("The file is larger than 2 MB"))  # type: ignore[no-untyped-call]

    def validate_alt(self, field: Field) -> None:
        short_enough(field, _WORDS_MOST)
