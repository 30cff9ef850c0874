"""The way that answers take through a questionnaire, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass

from chassis.errors import Conflict, Invalid
from engagement.questionnaire.conditions import holds
from engagement.questionnaire.model import Answers, Page, Question, Questionnaire
from engagement.questionnaire.values import fault

Faults = list[tuple[str, str]]  # [(JSON pointer, what is wrong)]


class AnswerRefused(Invalid):
    """An answer is missing, or does not fit its question; `errors` names each."""


class PageNotMet(Conflict):
    """By the answers so far, this page is passed by."""


@dataclass(frozen=True, slots=True)
class Route:
    """`pages` are met in this order, with the questions that are shown on each; `answers` are those to shown questions
    alone. `ending` is where a jump led; None after the last page."""

    pages: tuple[Page, ...]
    shown: Mapping[str, tuple[Question, ...]]
    answers: Answers
    ending: str | None

    def meets(self, page_id: str) -> bool:
        return page_id in self.shown

    def number(self, page_id: str) -> int:
        """From one."""
        return [page.id for page in self.pages].index(page_id) + 1

    def after(self, page_id: str) -> str | None:
        """The page that follows; None after the last one."""
        following = self.pages[self.number(page_id) :]
        return following[0].id if following else None

    def before(self, page_id: str) -> str | None:
        """The page that comes before; None for the first."""
        number = self.number(page_id)
        return self.pages[number - 2].id if number > 1 else None

    def resumed(self) -> str | None:
        """Where one goes on who comes back: the first page that lacks an answer it needs, else the page after the last
        one with any answer; None when everything is answered."""
        for page in self.pages:
            if self._lacking(page):
                return page.id
        begun = [page.id for page in self.pages if any(each.id in self.answers for each in self.shown[page.id])]
        return self.after(begun[-1]) if begun else self._first()

    def lacking(self) -> Faults:
        """What has to be answered before it can be submitted."""
        return [fault for page in self.pages for fault in self._lacking(page)]

    def _first(self) -> str | None:
        return self.pages[0].id if self.pages else None

    def _lacking(self, page: Page) -> Faults:
        needed = (each for each in self.shown[page.id] if each.required and each.takes_answer)
        return [(f"/answers/{each.id}", "needs an answer") for each in needed if each.id not in self.answers]


def walk(asked: Questionnaire, given: Answers) -> Route:
    """The way as these answers make it; what they do not say yet is taken as not answered. A page on which nothing is
    shown is passed by."""
    pages: list[Page] = []
    shown: dict[str, tuple[Question, ...]] = {}
    answers: Answers = {}
    places = {page.id: place for place, page in enumerate(asked.pages)}
    place = 0
    while place < len(asked.pages):
        page = asked.pages[place]
        place += 1
        if not (visible := _shown(page, given, answers)):
            continue
        pages.append(page)
        shown[page.id] = visible
        jump = next((each for each in page.jumps if each.when is None or holds(each.when, answers)), None)
        if jump and jump.ending:
            return Route(tuple(pages), shown, answers, jump.ending)
        place = max(place, places[jump.page]) if jump and jump.page else place
    return Route(tuple(pages), shown, answers, None)


def fitting(asked: Questionnaire, given: Answers) -> None:
    """Raises AnswerRefused for answers that do not fit, whether they lie on the way or not."""
    if found := faults(asked, given):
        raise AnswerRefused("Some answers do not fit their questions.", found)


def faults(asked: Questionnaire, given: Answers) -> Faults:
    """What is wrong with answers, whether they lie on the way or not. What is not given is no fault here."""
    questions = {question.id: question for question in asked.questions()}
    found: Faults = []
    for name, value in given.items():
        wrong = fault(questions[name], value) if name in questions else "is no question of this survey"
        if wrong:
            found.append((f"/answers/{name}", wrong))
    return found


def _shown(page: Page, given: Answers, answers: Answers) -> tuple[Question, ...]:
    """Questions of a page that are shown; their answers join `answers`, so that the next condition sees them."""
    visible = []
    for question in page.questions:
        if question.show_if is None or holds(question.show_if, answers):
            visible.append(question)
            if question.id in given:
                answers[question.id] = given[question.id]
    return tuple(visible)
