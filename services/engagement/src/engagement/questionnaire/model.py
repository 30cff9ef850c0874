"""A questionnaire: pages of questions with their conditions, jumps, quotas and endings. Read from the definition as the
contract spells it; texts are `{language: text}`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engagement.processes.model import Text

Answers = dict[str, Any]  # {question id: value}; the shape of a value follows from the question's type
Raw = Mapping[str, Any]  # a part of a definition, as JSON


class Type(StrEnum):
    """What kind of answer a question takes."""

    SINGLE = "single"  # code
    MULTIPLE = "multiple"  # [code]
    YES_NO = "yes_no"  # yes, no
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    DATE = "date"  # YYYY-MM-DD
    SCALE = "scale"  # integer
    NPS = "nps"  # 0 to 10
    CSAT = "csat"  # 1 to 5
    RANKING = "ranking"  # [code], the best first
    MATRIX_SINGLE = "matrix_single"  # {row: code}
    MATRIX_MULTIPLE = "matrix_multiple"  # {row: [code]}
    IMAGE_CHOICE = "image_choice"  # code
    LOCATION = "location"  # {"district": code} or {"lat": number, "lon": number}
    CONSENT = "consent"  # true
    STATEMENT = "statement"  # takes none


CODED = frozenset({Type.SINGLE, Type.MULTIPLE, Type.RANKING, Type.IMAGE_CHOICE})
MATRICES = frozenset({Type.MATRIX_SINGLE, Type.MATRIX_MULTIPLE})
TEXTS = frozenset({Type.SHORT_TEXT, Type.LONG_TEXT})
WHOLE_NUMBERS = frozenset({Type.SCALE, Type.NPS, Type.CSAT})
NUMBERS = WHOLE_NUMBERS | {Type.NUMBER}
_RANGES = {Type.SCALE: (1, 5), Type.NPS: (0, 10), Type.CSAT: (1, 5)}
_LONGEST = {Type.SHORT_TEXT: 300, Type.LONG_TEXT: 4000}
_SECONDS = {Type.STATEMENT: 6, Type.SHORT_TEXT: 20, Type.LONG_TEXT: 75, Type.RANKING: 30, Type.LOCATION: 15}
_SECONDS_OF_A_CHOICE, _SECONDS_OF_A_ROW = 9, 7


@dataclass(frozen=True, slots=True)
class Option:
    """A choice. `exclusive` excludes the others; `picture` is `{"id", "alt"}`."""

    code: str
    text: Text
    exclusive: bool = False
    picture: Raw | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """`minimum` and `maximum` bound a number or a count of choices; `maximum` a text's characters. None: no bound."""

    id: str
    type: Type
    text: Text
    help: Text | None
    required: bool
    options: tuple[Option, ...]
    rows: tuple[Option, ...]
    minimum: float | None
    maximum: float | None
    show_if: Raw | None
    shuffled: bool

    @property
    def codes(self) -> list[str]:
        """Codes that an answer, or each row of it, may hold."""
        return ["yes", "no"] if self.type is Type.YES_NO else [option.code for option in self.options]

    @property
    def takes_answer(self) -> bool:
        return self.type is not Type.STATEMENT

    def seconds(self) -> int:
        """How long it takes about."""
        rows = _SECONDS_OF_A_ROW * len(self.rows)
        return rows or _SECONDS.get(self.type, _SECONDS_OF_A_CHOICE)


@dataclass(frozen=True, slots=True)
class Jump:
    """After a page: to a later page, or to an ending; without `when` always."""

    when: Raw | None
    page: str | None
    ending: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """Questions that stand together. The first jump that holds is taken; else the next page follows."""

    id: str
    title: Text | None
    questions: tuple[Question, ...]
    jumps: tuple[Jump, ...]


class Full(StrEnum):
    """What a full quota does: `stop` takes no more answers, `message` only says so."""

    STOP = "stop"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Quota:
    """At most `limit` responses that meet a condition."""

    id: str
    when: Raw
    limit: int
    action: Full
    message: Text


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What a survey asks. `endings` is `{id: message}`."""

    pages: tuple[Page, ...]
    quotas: tuple[Quota, ...]
    endings: Mapping[str, Text]

    def questions(self) -> Iterator[Question]:
        """All, in order."""
        return (question for page in self.pages for question in page.questions)

    def minutes(self) -> int:
        """About how long it takes to answer everything; at least one."""
        return max(1, round(sum(question.seconds() for question in self.questions()) / 60))


def read(definition: Raw) -> Questionnaire:
    """Of a definition that the contract has checked."""
    return Questionnaire(
        tuple(map(_page, definition["pages"])),
        tuple(
            Quota(each["id"], each["when"], each["limit"], Full(each["action"]), each["message"])
            for each in definition.get("quotas", ())
        ),
        {each["id"]: each["text"] for each in definition.get("endings", ())},
    )


def _page(raw: Raw) -> Page:
    jumps = (Jump(each.get("when"), each.get("page"), each.get("ending")) for each in raw.get("jumpTo", ()))
    return Page(raw["id"], raw.get("title"), tuple(map(_question, raw["questions"])), tuple(jumps))


def _question(raw: Raw) -> Question:
    kind = Type(raw["type"])
    least, most = _RANGES.get(kind, (None, _LONGEST.get(kind)))
    return Question(
        id=raw["id"],
        type=kind,
        text=raw["text"],
        help=raw.get("help"),
        required=raw.get("required", False),
        options=tuple(map(_option, raw.get("options", ()))),
        rows=tuple(map(_option, raw.get("rows", ()))),
        minimum=raw.get("min", least),
        maximum=raw.get("max", most),
        show_if=raw.get("showIf"),
        shuffled=raw.get("shuffle", False),
    )


def _option(raw: Raw) -> Option:
    return Option(raw["code"], raw["text"], raw.get("exclusive", False), raw.get("picture"))
