from wtforms import Field

from portal.forms import Filled, Form, long_enough, paragraphs, short_enough
from portal.language import _

_NOTE_LEAST, _NOTE_MOST = 5, 2000


class NoteForm(Form):
    note = paragraphs(Filled(lambda: _("Say what has to change")))

    def validate_note(self, field: Field) -> None:
        long_enough(field, _NOTE_LEAST)
        short_enough(field, _NOTE_MOST)


class ReasonForm(Form):
    reason = paragraphs(Filled(lambda: _("Explain the reason in words")))


class AnnouncementForm(Form):
    announcement = paragraphs()
