from wtforms import Field

from portal.forms import Filled, Form, OneOf, line, long_enough, new_key, paragraphs, short_enough, unseen
from portal.language import _
from portal.peers.engagement.helpdesk import TOPICS

_LEAST, _MOST, _MOST_ANSWERED = 5, 2000, 4000


class QuestionForm(Form):
    topic = line(Filled(lambda: _("Choose what it is about")), OneOf(TOPICS, lambda: _("Choose one of the subjects")))
    question = paragraphs(Filled(lambda: _("Write your question")))
    key = unseen()

    @classmethod
    def fresh(cls) -> "QuestionForm":
        return cls({"key": new_key()})

    def validate_question(self, field: Field) -> None:
        long_enough(field, _LEAST)
        short_enough(field, _MOST)


class AnswerForm(Form):
    answer = paragraphs(Filled(lambda: _("Write an answer to the question")))

    def validate_answer(self, field: Field) -> None:
        long_enough(field, _LEAST)
        short_enough(field, _MOST_ANSWERED)
