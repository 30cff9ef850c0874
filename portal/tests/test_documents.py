"""Consultation on a text: people read and comment; officials bring in, edit, publish and answer."""

from base64 import b64encode
from io import BytesIO
from typing import Any

import pytest

from . import make
from .browser import Browser
from .fake_gateway import FakeGateway
from .rooms.documents import Shelf, annotation, block, disposition
from .steps import joined, sent, summary

Json = dict[str, Any]


@pytest.fixture
def process(fake: FakeGateway) -> Json:
    made: Json = fake.add_process(phases=[make.phase(-10, 11, "annotation")])
    return made


@pytest.fixture
def shelf(fake: FakeGateway, process: Json) -> Shelf:
    made = Shelf(process)
    fake.shelf = made  # type: ignore[attr-defined] # the room's operations look for it there
    return made


@pytest.fixture
def official(fake: FakeGateway) -> None:
    fake.roles = ["official"]


def test_the_process_leads_to_its_text(browser: Browser, shelf: Shelf) -> None:
    page = browser.open("/processes/safe-streets")

    assert "/processes/safe-streets/documents" in [each.get("href") for each in page.all("a")]
    assert "Read the text and comment on it" in page.text()
    page = browser.open("/processes/safe-streets/documents")
    assert f"/documents/{shelf.document['id']}" in [each.get("href") for each in page.all("a")]


def test_a_text_is_read_with_its_comments_and_is_never_markup(browser: Browser, shelf: Shelf) -> None:
    page = browser.open(f"/documents/{shelf.document['id']}")

    assert "&lt;b&gt;once&lt;/b&gt;" in page.html
    assert "1 comment on text that was changed" in page.text()
    part = page.by_id(f"b{shelf.at['id']}")
    assert part is not None and "1 comment" in "".join(part.itertext())
    assert [cell.text for cell in page.all("td")] == ["Place", "Price", "North", "3"]


def test_long_texts_are_read_in_parts(browser: Browser, shelf: Shelf) -> None:
    shelf.blocks = [block(place) for place in range(95)]
    first = browser.open(f"/documents/{shelf.document['id']}")
    following = next(str(each.get("href")) for each in first.all("a") if each.get("rel") == "next")

    second = browser.open(following)

    assert len([each for each in first.all("section") if "part" in str(each.get("class"))]) == 40
    assert second.by_id(f"b{shelf.blocks[40]['id']}") is not None
    assert [each.get("rel") for each in second.all("a") if each.get("rel") in ("prev", "next")] == ["prev", "next"]


def test_a_page_of_a_text_with_thousands_of_comments_stays_small(browser: Browser, shelf: Shelf) -> None:
    shelf.blocks = [block(place, text="water " * 60, annotations=125) for place in range(40)]
    long = "A remark of some length. " * 12
    shelf.annotations = [annotation(shelf.newest, shelf.blocks[1], body={"en": long}) for _ in range(20)]

    text = browser.open(f"/documents/{shelf.document['id']}")
    its = f"/documents/{shelf.document['id']}/versions/{shelf.newest['id']}"
    remarks = browser.open(f"{its}/blocks/{shelf.blocks[1]['id']}/1")

    assert len(text.html.encode()) <= 60_000
    assert len(remarks.html.encode()) <= 60_000
    assert len(remarks.texts("blockquote")) == 20


def test_a_stranger_signs_in_joins_and_comments_on_words(
    browser: Browser, fake: FakeGateway, process: Json, shelf: Shelf
) -> None:
    joined(browser, fake, process)
    path = f"/documents/{shelf.document['id']}/versions/{shelf.newest['id']}/blocks/{shelf.at['id']}/1"
    browser.open(f"{path}?exact=once+a+year&prefix=is+set+&suffix=+by")

    page = browser.send("/1", purpose="propose_wording", proposed="once a month", body="Prices move.")

    assert "Your comment is counted. Your receipt: 7K2QF-0A1B2-C3D4E-5F6G7" in page.text()
    target = {"blockId": shelf.at["id"], "exact": "once a year", "prefix": "is set ", "suffix": " by"}
    assert sent(fake, "POST", "/annotations") == [
        {"purpose": "propose_wording", "body": {"en": "Prices move."}, "proposedText": "once a month", "target": target}
    ]


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"body": "x"}, [("#purpose", "Choose what your comment is")]),
        ({"purpose": "object"}, [("#body", "Write your comment")]),
        ({"purpose": "propose_wording", "body": "x"}, [("#proposed", "Write the wording that you propose")]),
        (
            {"purpose": "object", "proposed": "y", "body": "x"},
            [("#proposed", "Choose “I propose another wording”, or leave this empty")],
        ),
        ({"purpose": "object", "body": "x" * 1001}, [("#body", "Shorten this by 1 character")]),
    ],
)
def test_a_wrong_comment_is_named_and_kept(
    answers: Json, errors: Any, browser: Browser, fake: FakeGateway, process: Json, shelf: Shelf
) -> None:
    joined(browser, fake, process)
    browser.open(f"/documents/{shelf.document['id']}/versions/{shelf.newest['id']}/blocks/{shelf.at['id']}/1")

    page = browser.send("/1", **answers)

    assert page.status == 400 and summary(page) == errors
    field = page.by_id("body")
    assert field is not None and answers.get("body", "") in (field.text or "")
    assert shelf.sent == []


def test_words_that_are_not_there_are_explained_at_their_field(
    browser: Browser, fake: FakeGateway, process: Json, shelf: Shelf
) -> None:
    joined(browser, fake, process)
    error = {"pointer": "/target/exact", "detail": "is not found"}
    fake.refusals[("POST", "/annotations")] = (400, make.problem(400, "quote-not-found", errors=[error]))
    browser.open(f"/documents/{shelf.document['id']}/versions/{shelf.newest['id']}/blocks/{shelf.at['id']}/1")

    page = browser.send("/1", purpose="object", body="No.", exact="nowhere")

    assert [field for field, _ in summary(page)] == ["#exact"]


def test_a_reply_goes_to_its_comment(browser: Browser, fake: FakeGateway, process: Json, shelf: Shelf) -> None:
    joined(browser, fake, process, f"/annotations/{shelf.remark['id']}")

    page = browser.send(f"/annotations/{shelf.remark['id']}", body="Why?")

    assert sent(fake, "POST", "/replies") == [{"body": {"en": "Why?"}}]
    assert "Your reply is counted" in page.text()


def test_an_earlier_version_takes_no_comments(browser: Browser, fake: FakeGateway, process: Json, shelf: Shelf) -> None:
    joined(browser, fake, process)

    page = browser.open(f"/documents/{shelf.document['id']}/versions/{shelf.earlier['id']}/whole")

    assert "This version takes no comments now" in page.text()
    assert not list(page.all("main")[0].iter("form"))


def test_what_became_of_comments_is_a_file_without_formulas(browser: Browser, shelf: Shelf) -> None:
    shelf.remark["body"] = {"en": '=HYPERLINK("x")'}

    answer = browser.client.get(f"/documents/{shelf.document['id']}/answers.csv")

    lines = answer.get_data(as_text=True).splitlines()
    assert answer.mimetype == "text/csv" and len(lines) == 6
    assert "'=HYPERLINK" in lines[1]
    assert "Accepted in part" in lines[3]


@pytest.mark.usefixtures("official")
def test_a_text_is_brought_in_as_a_file_or_written(
    browser: Browser, fake: FakeGateway, process: Json, shelf: Shelf
) -> None:
    browser.sign_in(f"/work/processes/{process['id']}/documents/new")

    nothing = browser.send("/new", title="Water law")
    assert summary(nothing) == [("#content", "Choose a file, or write the text here")]
    page = browser.send("/new", title="Water law", content="# Water")
    assert page.path == f"/work/documents/{shelf.document['id']}/draft"
    browser.open(f"/work/processes/{process['id']}/documents/new")
    large = b"PK" + bytes(400_000)  # more than any other form may hold
    browser.send("/new", title="Water law", file=(BytesIO(large), "law.docx"))

    written, filed = (each["source"] for each in sent(fake, "POST", "/documents"))
    assert written == {"format": "markdown", "content": "# Water"}
    assert filed == {"format": "docx", "content": b64encode(large).decode()}


@pytest.mark.usefixtures("official")
def test_a_file_of_another_kind_is_refused(browser: Browser, process: Json, shelf: Shelf) -> None:
    browser.sign_in(f"/work/processes/{process['id']}/documents/new")

    page = browser.send("/new", title="Water law", file=(BytesIO(b"MZ"), "law.exe"))

    assert [field for field, _ in summary(page)] == ["#file"]


@pytest.mark.usefixtures("official")
def test_the_next_version_begins_as_a_copy(browser: Browser, fake: FakeGateway, shelf: Shelf) -> None:
    browser.sign_in(f"/work/documents/{shelf.document['id']}/next")

    page = browser.send("/next", copy="y")

    assert sent(fake, "POST", "/versions") == [{}]
    assert page.path.endswith("/draft")


@pytest.mark.usefixtures("official")
def test_a_blank_line_splits_a_part(browser: Browser, fake: FakeGateway, shelf: Shelf) -> None:
    browser.sign_in(f"/work/documents/{shelf.document['id']}/draft/1")

    browser.send("/1", text="First half.\r\n\r\nSecond half.", number="Art. 1a")

    revised, split = sent(fake, "POST", "/edits")
    assert (revised["text"], revised["number"], revised["revision"]) == ("First half. Second half.", "Art. 1a", 4)
    assert split == {"act": "split", "revision": 5, "blockId": shelf.at["id"], "at": 12}


@pytest.mark.usefixtures("official")
@pytest.mark.parametrize(
    ("act", "place", "sends"),
    [
        ("up", 2, {"act": "move", "after": 0}),
        ("up", 1, {"act": "move", "after": None}),
        ("down", 1, {"act": "move", "after": 2}),
        ("merge", 1, {"act": "merge"}),
        ("delete", 1, {"act": "delete"}),
    ],
)
def test_parts_are_moved_merged_and_deleted(
    act: str, place: int, sends: Json, browser: Browser, fake: FakeGateway, shelf: Shelf
) -> None:
    browser.sign_in(f"/work/documents/{shelf.document['id']}/draft")

    browser.send(f"/draft/{place}/{act}")

    (edit,) = sent(fake, "POST", "/edits")
    after = sends.pop("after", None)
    wanted = sends | {"revision": 4, "blockId": shelf.blocks[place]["id"]}
    assert edit == (wanted | {"after": shelf.blocks[after]["id"]} if after is not None else wanted)


@pytest.mark.usefixtures("official")
def test_a_draft_is_published_with_a_note(browser: Browser, fake: FakeGateway, shelf: Shelf) -> None:
    browser.sign_in(f"/work/documents/{shelf.document['id']}/draft")

    refused = browser.send("/publication")
    done = browser.send("/publication", note="Prices are set twice a year.")

    assert summary(refused) == [("#note", "Say what this version is about")]
    (body,) = sent(fake, "POST", "/publication")
    assert body == {"note": {"en": "Prices are set twice a year."}, "revision": 4}
    assert done.path == f"/documents/{shelf.document['id']}"


@pytest.mark.usefixtures("official")
def test_comments_are_answered_with_a_reason_and_the_change(browser: Browser, fake: FakeGateway, shelf: Shelf) -> None:
    browser.sign_in(f"/work/annotations/{shelf.remark['id']}")

    unknown = browser.send(shelf.remark["id"], outcome="accepted", reason="Yes.", changed="Art. 99")
    done = browser.send(shelf.remark["id"], outcome="accepted", reason="Yes.", changed="Art. 2")

    assert [field for field, _ in summary(unknown)] == ["#changed"]
    change = {"versionId": shelf.draft["id"], "blockId": shelf.blocks[2]["id"]}
    assert sent(fake, "PUT", "/disposition") == [{"outcome": "accepted", "reason": {"en": "Yes."}, "change": change}]
    assert done.path.startswith(f"/work/documents/{shelf.document['id']}/remarks")


@pytest.mark.usefixtures("official")
def test_a_wording_is_accepted_as_it_is_and_answers_are_published(
    browser: Browser, fake: FakeGateway, shelf: Shelf
) -> None:
    browser.sign_in(f"/work/annotations/{shelf.wording['id']}")

    page = browser.send("/acceptance")
    assert "The wording stands in the draft now" in page.text()
    browser.open(f"/documents/{shelf.document['id']}/answers")
    page = browser.send("/answers")

    assert "2 answers are public now" in page.text()
    assert sent(fake, "POST", "/acceptance") == sent(fake, "POST", "/dispositions/publication") == [None]


@pytest.mark.usefixtures("official")
def test_what_is_public_is_not_answered_anew(browser: Browser, shelf: Shelf) -> None:
    shelf.remark["disposition"] = disposition(shelf.remark, publishedAt=make.instant())

    page = browser.sign_in(f"/work/annotations/{shelf.remark['id']}")

    assert "This answer is public already" in page.text()
    assert not list(page.all("main")[0].iter("form"))


def test_the_desk_is_not_for_citizens(browser: Browser, process: Json, shelf: Shelf) -> None:
    browser.sign_in()

    for path in (f"processes/{process['id']}/documents", f"documents/{shelf.document['id']}/draft"):
        assert browser.open(f"/work/{path}").status == 403
