"""The door of documents: bring in, read, edit, publish."""

from base64 import b64encode
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import DBAPIError

from chassis import ids
from chassis.app import App
from chassis.testing.client import Client, assert_problem
from engagement.tables import audit, document_block, document_version


def test_a_text_is_brought_in_as_a_draft_that_staff_alone_see(
    desk: Any, process: Any, public: Client, citizen: Callable[..., Client]
) -> None:
    made = desk.document(process)

    blocks = desk.blocks(made["draft"])
    assert [(each["kind"], each["number"], each["place"]) for each in blocks] == [
        ("heading", "", 0),
        ("article", "Article 1", 1),
        ("article", "Article 2", 2),
        ("article", "Article 3", 3),
    ]
    assert made["published"] == 0 and desk.client.get(f"/v1/processes/{process.id}/documents").body["items"] == [made]
    for reader in (public, citizen()):
        assert reader.get(f"/v1/processes/{process.id}/documents").body["items"] == []
        for path in (f"documents/{made['id']}", f"document-versions/{made['draft']}"):
            assert_problem(reader.get(f"/v1/{path}"), 404, "not-found")
            assert_problem(
                reader.get(f"/v1/{path}/{'versions' if 'documents' in path else 'blocks'}"), 404, "not-found"
            )


def test_a_published_version_is_public_and_says_what_it_is_about(
    document: dict[str, Any], public: Client, world: Any
) -> None:
    shown = public.get(f"/v1/document-versions/{document['newest']}").body

    assert (shown["state"], shown["number"], shown["note"]) == ("published", 1, {"en": "As discussed."})
    assert [each["number"] for each in shown["contents"]] == ["", "Article 1", "Article 2", "Article 3"]
    assert (shown["blocks"], shown["annotations"], shown["orphans"], shown["anchored"]) == (4, 0, 0, True)
    assert len(shown["sha256"]) == 64
    assert public.get(f"/v1/documents/{document['id']}").body["newest"] == document["newest"]
    (told,) = world.events("engagement.document-version-published.v1")
    assert (told.key, told.data["number"]) == (document["id"], 1)
    assert [row.action for row in world.rows(audit)] == ["document brought in", "version published"]


def test_blocks_are_read_page_by_page_from_any_place(document: dict[str, Any], public: Client) -> None:
    its = f"/v1/document-versions/{document['newest']}/blocks"

    first = public.get(f"{its}?limit=3").body
    rest = public.get(f"{its}?limit=3&cursor={first['next']}").body

    assert [each["place"] for each in first["items"] + rest["items"]] == [0, 1, 2, 3]
    assert rest["next"] is None
    assert [each["place"] for each in public.get(f"{its}?first=2").body["items"]] == [2, 3]


def test_edits_keep_ids_and_count_revisions(desk: Any, process: Any) -> None:
    draft = desk.document(process)["draft"]
    heading, one, two, three = (each["id"] for each in desk.blocks(draft))

    desk.edit(draft, act="revise", blockId=one, text="Every home is given a meter.", number="Art. 1")
    desk.edit(draft, act="split", blockId=two, at=22)
    desk.edit(draft, act="move", blockId=three, after=heading)
    desk.edit(draft, act="insert", after=three, kind="para", text="A preamble.")
    done = desk.edit(draft, act="delete", blockId=heading)

    assert (done.status, done.body["revision"]) == (200, 6)
    blocks = desk.blocks(draft)
    assert [each["id"] for each in blocks[:1] + blocks[2:4]] == [three, one, two]
    assert [each["place"] for each in blocks] == [0, 1, 2, 3, 4]
    assert [each["text"] for each in blocks[1:4]] == [
        "A preamble.", "Every home is given a meter.", "The price of water is",
    ]  # fmt: skip
    merged = desk.edit(draft, act="merge", blockId=two)
    assert merged.status == 200 and desk.blocks(draft)[-1]["text"].endswith("after a public meeting.")


def test_an_edit_of_what_someone_else_edited_is_stale_and_changes_nothing(desk: Any, process: Any) -> None:
    draft = desk.document(process)["draft"]
    block = desk.blocks(draft)[1]["id"]
    desk.edit(draft, act="revise", blockId=block, text="First.")

    late = {"revision": 1, "act": "revise", "blockId": block, "text": "Second."}
    assert_problem(desk.client.post(f"/v1/document-versions/{draft}/edits", late), 409, "stale")
    assert desk.blocks(draft)[1]["text"] == "First."


@pytest.mark.parametrize(
    ("edit", "pointer"),
    [
        ({"act": "revise", "blockId": str(ids.new()), "text": "x"}, "/blockId"),
        ({"act": "split"}, "/blockId"),
        ({"act": "insert", "kind": "para"}, "/text"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused(desk: Any, process: Any, edit: dict[str, Any], pointer: str) -> None:
    draft = desk.document(process)["draft"]

    reply = desk.edit(draft, **edit)

    assert_problem(reply, 400, "bad-edit")
    assert [each["pointer"] for each in reply.body["errors"]] == [pointer]
    assert desk.client.get(f"/v1/document-versions/{draft}").body["revision"] == 1


def test_what_is_published_never_changes(desk: Any, document: dict[str, Any]) -> None:
    newest = document["newest"]

    assert_problem(desk.edit(newest, act="delete", blockId=desk.blocks(newest)[0]["id"]), 409, "version-is-published")
    assert_problem(desk.publish(newest), 409, "version-is-published")


@pytest.mark.parametrize("verb", ["insert", "update", "delete", "update version", "delete version"])
def test_the_database_itself_keeps_what_is_published(app: App, document: dict[str, Any], verb: str) -> None:
    version = UUID(document["newest"])
    row = {"block_id": ids.new(), "place": 9, "kind": "para", "level": 0, "number": "", "text": "x", "came_from": []}
    statement: Any = {
        "insert": insert(document_block).values(version_id=version, **row),
        "update": update(document_block).where(document_block.c.version_id == version).values(text="x"),
        "delete": delete(document_block).where(document_block.c.version_id == version),
        "update version": update(document_version).where(document_version.c.id == version).values(sha256="x"),
        "delete version": delete(document_version).where(document_version.c.id == version),
    }[verb]

    with pytest.raises(DBAPIError, match="what is published does not change"), app.runtime.transaction() as tx:
        tx.execute(statement)


def test_there_is_one_draft_at_a_time(desk: Any, process: Any, document: dict[str, Any]) -> None:
    draft = desk.next_version(document)

    again = desk.client.post(f"/v1/documents/{document['id']}/versions", {})
    assert_problem(again, 409, "draft-exists")
    assert_problem(desk.publish(draft), 409, "nothing-to-publish")
    unpublished = desk.document(process)
    assert_problem(desk.client.post(f"/v1/documents/{unpublished['id']}/versions", {}), 409, "draft-exists")


def test_a_version_that_is_brought_in_recognises_its_blocks(desk: Any, document: dict[str, Any]) -> None:
    before = desk.blocks(document["newest"])
    text = "\n\n".join(
        ["# Water for all", "Article 1. A new article.", *(f"Article {n + 1}. {before[n]['text']}" for n in (1, 2))]
    )

    draft = desk.next_version(document, text)

    ids_now = [each["id"] for each in desk.blocks(draft)]
    assert [ids_now[0], *ids_now[2:]] == [each["id"] for each in before[:3]]
    assert ids_now[1] not in {each["id"] for each in before}
    assert [each["number"] for each in desk.blocks(draft)] == ["", "Article 1", "Article 2", "Article 3"]


def test_versions_are_listed_newest_first(desk: Any, document: dict[str, Any], public: Client) -> None:
    draft = desk.next_version(document)
    its = f"/v1/documents/{document['id']}/versions"

    assert [each["number"] for each in desk.client.get(its).body["items"]] == [2, 1]
    assert [each["number"] for each in public.get(its).body["items"]] == [1]
    desk.edit(draft, act="delete", blockId=desk.blocks(draft)[-1]["id"])
    desk.publish(draft)
    first = public.get(f"{its}?limit=1").body
    assert [each["number"] for each in first["items"]] == [2]
    assert [each["number"] for each in public.get(f"{its}?cursor={first['next']}").body["items"]] == [1]


def test_a_process_that_takes_annotations_asks_for_a_text_before_its_review(desk: Any, world: Any, make: Any) -> None:
    phases = (make.phase(accepts=frozenset({"annotation"})),)
    process = world.process(state="draft", phases=phases)

    refused = desk.client.post(f"/v1/processes/{process.id}/review")

    assert_problem(refused, 400, "strategy-incomplete")
    assert "/documents" in [each["pointer"] for each in refused.body["errors"]]


@pytest.mark.parametrize(
    "source",
    [
        {"format": "docx", "content": "nothing"},
        {"format": "odt", "content": b64encode(b"PK").decode()},
        {"format": "markdown", "content": "   "},
    ],
)
def test_a_text_that_cannot_be_read_leaves_nothing(desk: Any, process: Any, source: dict[str, str]) -> None:
    body = {"title": {"en": "Law"}, "language": "en", "source": source}

    reply = desk.client.post(f"/v1/processes/{process.id}/documents", body)

    assert_problem(reply, 400, "unreadable-text")
    assert desk.client.get(f"/v1/processes/{process.id}/documents").body["items"] == []


def test_citizens_bring_in_nothing(citizen: Callable[..., Client], client: Callable[..., Client], process: Any) -> None:
    body = {"title": {"en": "Law"}, "language": "en", "source": {"format": "markdown", "content": "x"}}
    its = f"/v1/processes/{process.id}/documents"

    assert_problem(citizen().post(its, body), 403, "missing-scope")
    loose = client(subject="ana", roles=["participant"], scopes=["engagement.draft"])
    assert_problem(loose.post(its, body), 403, "not-an-official")


def test_unknown_things_are_not_found(desk: Any, public: Client, process: Any) -> None:
    for path in ("documents/{0}", "documents/{0}/versions", "document-versions/{0}", "document-versions/{0}/blocks"):
        assert_problem(public.get(f"/v1/{path.format(ids.new())}"), 404, "not-found")
    assert_problem(public.get(f"/v1/processes/{ids.new()}/documents"), 404, "not-found")
    assert_problem(desk.client.post(f"/v1/documents/{ids.new()}/versions", {}), 404, "not-found")


def test_a_list_costs_the_same_however_many_there_are(desk: Any, process: Any, public: Client, statements: Any) -> None:
    costs = []
    for _ in range(2):
        for _ in range(3):
            desk.publish(desk.document(process)["draft"])
        with statements() as said:
            public.get(f"/v1/processes/{process.id}/documents")
        costs.append(len(said))

    assert costs == [2, 2]
