"""Surveys and the responses to them."""

from base64 import b64decode
from dataclasses import dataclass, field
from datetime import datetime

from portal.peers.engagement.results import Receipt
from portal.peers.gateway import Gateway
from portal.peers.wire import Json, Text, read


@dataclass(frozen=True, slots=True)
class Settings:
    editable: bool = True
    hide_results: bool = True


@dataclass(frozen=True, slots=True)
class Gap:
    """What keeps a draft from being published."""

    pointer: str
    detail: str


@dataclass(frozen=True, slots=True)
class Picture:
    id: str
    alt: Text


@dataclass(frozen=True, slots=True)
class Option:
    code: str
    text: Text
    exclusive: bool = False
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """`show_if` is the condition as the contract spells it."""

    id: str
    type: str
    text: Text
    help: Text | None = None
    required: bool = False
    shown: bool = True
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    min: float | None = None
    max: float | None = None
    unit: Text | None = None
    low: Text | None = None
    high: Text | None = None
    show_if: Json = None


@dataclass(frozen=True, slots=True)
class Jump:
    page: str | None = None
    ending: str | None = None
    when: Json = None


@dataclass(frozen=True, slots=True)
class PageAsked:
    id: str
    questions: tuple[Question, ...]
    title: Text | None = None
    jump_to: tuple[Jump, ...] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Asked:
    """A definition, read."""

    pages: tuple[PageAsked, ...]
    endings: tuple[Ending, ...] = ()

    def page(self, page_id: str) -> PageAsked:
        """Raises KeyError."""
        return {page.id: page for page in self.pages}[page_id]


@dataclass(frozen=True, slots=True)
class Survey:
    """`definition` is None in a list; `gaps` is for officials."""

    id: str
    process_id: str
    title: Text
    state: str  # draft, published, closed
    version: int
    minutes: int
    settings: Settings = field(default_factory=Settings)
    definition: Json = None
    introduction: Text | None = None
    gaps: tuple[Gap, ...] = ()

    @property
    def asked(self) -> Asked:
        """What it asks; never of a survey in a list."""
        return read(Asked, self.definition)


@dataclass(frozen=True, slots=True)
class Surveys:
    items: tuple[Survey, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """To a page, to the check, or nowhere (`stopped`), with the reason."""

    to: str
    page: str | None = None
    message: Text | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """`answers` is `{question: value}`; `unsent` says that some were saved and not submitted since."""

    id: str
    survey_id: str
    state: str  # started, submitted
    status: str
    answers: Json
    unsent: bool
    pages: tuple[str, ...]
    next: Next
    at: datetime
    told: tuple[Text, ...] = ()
    ending: Text | None = None
    key: str | None = None
    receipt: Receipt | None = None

    @property
    def counts(self) -> bool:
        return self.state == "submitted" and self.status == "counted"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as one person meets it; each question says in `shown` whether it is shown now."""

    id: str
    number: int
    of: int
    questions: tuple[Question, ...]
    answers: Json
    title: Text | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """`page` is None where answers lead to an ending before any page."""

    pages: tuple[str, ...]
    page: Page | None = None
    ending: Text | None = None


def surveys(gateway: Gateway, process_id: str, cursor: str | None = None) -> Surveys:
    path = f"v1/processes/{process_id}/surveys"
    return read(Surveys, gateway.get("engagement", path, query={"cursor": cursor, "limit": 50}))


def survey(gateway: Gateway, survey_id: str) -> Survey:
    return read(Survey, gateway.get("engagement", f"v1/surveys/{survey_id}"))


def picture(gateway: Gateway, survey_id: str, picture_id: str) -> tuple[str, bytes]:
    """Its media type and its bytes."""
    found = gateway.get("engagement", f"v1/surveys/{survey_id}/pictures/{picture_id}")
    return found["mediaType"], b64decode(found["content"])


def draft(gateway: Gateway, process_id: str, body: Json, *, key: str) -> Survey:
    path = f"v1/processes/{process_id}/surveys"
    return read(Survey, gateway.post("engagement", path, body=body, idempotency_key=key))


def revise(gateway: Gateway, survey_id: str, body: Json) -> Survey:
    return read(Survey, gateway.put("engagement", f"v1/surveys/{survey_id}", body=body))


def publish(gateway: Gateway, survey_id: str) -> Survey:
    return read(Survey, gateway.post("engagement", f"v1/surveys/{survey_id}/publication"))


def close(gateway: Gateway, survey_id: str) -> Survey:
    return read(Survey, gateway.post("engagement", f"v1/surveys/{survey_id}/closing"))


def preview(gateway: Gateway, survey_id: str, answers: Json, page: str | None) -> Preview:
    body = {"answers": answers} | ({"page": page} if page else {})
    return read(Preview, gateway.post("engagement", f"v1/surveys/{survey_id}/preview", body=body))


def start(gateway: Gateway, survey_id: str, language: str) -> Response:
    return read(Response, gateway.post("engagement", _mine(survey_id), body={"language": language}))


def mine(gateway: Gateway, survey_id: str) -> Response:
    """Raises Refusal (404) where nothing was begun."""
    return read(Response, gateway.get("engagement", _mine(survey_id)))


def page(gateway: Gateway, survey_id: str, page_id: str) -> Page:
    return read(Page, gateway.get("engagement", f"{_mine(survey_id)}/pages/{page_id}"))


def save(gateway: Gateway, survey_id: str, page_id: str, body: Json) -> Response:
    return read(Response, gateway.put("engagement", f"{_mine(survey_id)}/pages/{page_id}", body=body))


def submit(gateway: Gateway, survey_id: str, *, key: str) -> Response:
    """`key` makes a repeat of the same form harmless."""
    path = f"{_mine(survey_id)}/submission"
    return read(Response, gateway.post("engagement", path, idempotency_key=key))


def withdraw(gateway: Gateway, survey_id: str) -> None:
    gateway.delete("engagement", _mine(survey_id))


def _mine(survey_id: str) -> str:
    return f"v1/surveys/{survey_id}/my-response"
