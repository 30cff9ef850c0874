"""Texts that are consulted on, behind the fake mediator and on pages."""

from typing import Any

from .. import make

Json = dict[str, Any]
_ONE = "([0-9a-f-]{36})"
WORDS = "The price of water is set <b>once</b> a year by the council of the valley."


def document(process_id: str, **changes: Any) -> Json:
    title = make.words("Water law", "Llei de l'aigua", "قانون المياه")
    return {
        "id": make.new_id(), "processId": process_id, "title": title, "language": "en", "published": 2,
        "newest": make.new_id(), "draft": None, "annotations": 3, "createdAt": make.instant(days=-9),
    } | changes  # fmt: skip


def version(document_id: str, number: int = 2, **changes: Any) -> Json:
    return {
        "id": make.new_id(), "documentId": document_id, "number": number, "state": "published", "revision": 4,
        "note": {"en": "After the first round."}, "sha256": "ab" * 32, "createdAt": make.instant(days=-8),
        "publishedAt": make.instant(days=-5),
    } | changes  # fmt: skip


def block(place: int, kind: str = "article", **changes: Any) -> Json:
    text = {"heading": "Water for all", "table": "Place | Price\nNorth | 3"}.get(kind, WORDS)
    return {
        "id": make.new_id(), "place": place, "kind": kind, "level": 1 if kind == "heading" else 0,
        "number": f"Art. {place}" if kind == "article" else "", "text": text, "annotations": place % 3,
    } | changes  # fmt: skip


def annotation(of: Json, at: Json | None, **changes: Any) -> Json:
    """On a block of the version `of`, or on the whole document."""
    place = {
        "versionId": of["id"], "outcome": "placed", "blockId": at["id"] if at else None,
        "number": at["number"] if at else None, "start": None, "end": None, "score": 1.0, "nearest": None,
    }  # fmt: skip
    return {
        "id": make.new_id(), "documentId": of["documentId"], "versionId": of["id"], "parentId": None,
        "purpose": "object", "body": {"en": "Once a month is better."}, "quote": "once a year",
        "blockId": at["id"] if at else None, "proposedText": None, "place": place, "author": "Mariam",
        "state": "visible", "hiddenReason": None, "channel": "web", "at": make.instant(days=-2), "disposition": None,
        "repliesTotal": 0, "replies": [],
    } | changes  # fmt: skip


def reply(root: Json, words: str = "I agree.") -> Json:
    return {
        "id": make.new_id(), "documentId": root["documentId"], "versionId": root["versionId"], "parentId": root["id"],
        "purpose": None, "body": {"en": words}, "author": "Omar", "state": "visible", "channel": "web",
        "at": make.instant(days=-1),
    }  # fmt: skip


def disposition(of: Json, outcome: str = "accepted_in_part", **changes: Any) -> Json:
    return {
        "annotationId": of["id"], "outcome": outcome, "reason": {"en": "Twice a year is what the council can do."},
        "decidedAt": make.instant(days=-1),
    } | changes  # fmt: skip


class Shelf:
    """One text with everything in it, held on the fake as `fake.shelf`."""

    def __init__(self, process: Json) -> None:
        self.document = document(process["id"], draft=make.new_id())
        its = self.document["id"]
        self.newest = version(its, id=self.document["newest"])
        self.earlier = version(its, 1)
        self.draft = version(its, 3, id=self.document["draft"], state="draft", note=None, sha256=None, publishedAt=None)
        self.draft = {name: value for name, value in self.draft.items() if value is not None}
        self.blocks = [block(0, "heading"), *(block(place) for place in range(1, 4)), block(4, "table"),
                       block(5, "list_item")]  # fmt: skip
        self.at = self.blocks[1]
        self.remark = annotation(self.newest, self.at)
        self.remark |= {"replies": [reply(self.remark)], "repliesTotal": 1}
        self.wording = annotation(
            self.newest, self.at, purpose="propose_wording", proposedText="once a month", channel="paper", author=None
        )
        lost = self.remark["place"] | {"outcome": "orphaned", "blockId": None, "nearest": self.at["id"]}
        self.lost = annotation(self.newest, self.at, place=lost, versionId=self.earlier["id"])
        self.lost |= {"disposition": disposition(self.lost, publishedAt=make.instant(days=-1))}
        self.hidden = annotation(self.newest, self.at, body=None, quote=None, state="hidden", hiddenReason="An insult.")
        self.whole = annotation(self.newest, None, quote=None, purpose="support")
        self.annotations = [self.remark, self.wording, self.lost, self.hidden, self.whole]
        self.sent: list[Any] = []

    def versions(self) -> dict[str, Json]:
        return {each["id"]: each for each in (self.newest, self.earlier, self.draft)}

    def in_full(self, version_id: str) -> Json:
        headed = [each for each in self.blocks if each["kind"] in ("heading", "article")]
        names = ("place", "level", "number", "text")
        contents = [{"blockId": each["id"]} | {name: each[name] for name in names} for each in headed]
        counts = {"blocks": len(self.blocks), "annotations": 4, "orphans": 1, "anchored": True, "contents": contents}
        return self.versions()[version_id] | counts


def operations(fake: Any) -> list[Any]:
    def shelf() -> Shelf:
        found: Shelf = fake.shelf
        return found

    def page(items: Any) -> tuple[int, Json]:
        return 200, {"items": items, "next": None}

    def blocks(query: dict[str, str], _body: Any, _version: str) -> tuple[int, Json]:
        first, limit = int(query.get("first", "0")), int(query["limit"])
        found = shelf().blocks[first : first + limit]
        following = "more" if len(shelf().blocks) > first + limit else None
        return 200, {"items": found, "next": following}

    def annotations(query: dict[str, str], _body: Any, _version: str) -> tuple[int, Json]:
        found = shelf().annotations
        if "block" in query:
            found = [each for each in found if each["place"]["blockId"] == query["block"]]
        if query.get("where") == "lost":
            found = [shelf().lost]
        if query.get("where") == "document":
            found = [shelf().whole]
        if "answered" in query:
            found = [each for each in found if bool(each["disposition"]) is (query["answered"] == "true")]
        return page([each for each in found if query.get("purpose") in (None, each["purpose"])])

    def annotation_of(_query: Any, _body: Any, annotation_id: str) -> tuple[int, Json]:
        return 200, {each["id"]: each for each in shelf().annotations}[annotation_id]

    def posted(_query: Any, body: Json, its: str) -> tuple[int, Json]:
        shelf().sent.append(body)
        made = annotation(shelf().newest, shelf().at, body=body["body"])
        shelf().annotations.append(made)
        return 201, made | {"receipt": make.receipt()}

    def disposed(_query: Any, body: Any, annotation_id: str) -> tuple[int, Json]:
        shelf().sent.append(body)
        return 200, disposition({"id": annotation_id}, (body or {"outcome": "accepted"})["outcome"])

    def noted(answer: Any, status: int = 200) -> Any:
        def run(_query: Any, body: Any, *_: str) -> tuple[int, Json]:
            shelf().sent.append(body)
            return status, answer()

        return run

    def changes(_query: Any, _body: Any, _version: str) -> tuple[int, Json]:
        pieces = [{"op": "equal", "text": "The price is set "}, {"op": "delete", "text": "once"},
                  {"op": "insert", "text": "twice"}, {"op": "equal", "text": " a year."}]  # fmt: skip
        common = {"pieces": pieces, "annotationsBefore": 3, "annotationsAfter": 2}
        revised = {"blockId": shelf().at["id"], "change": "revised", "number": "Art. 1", "place": 1} | common
        return page([revised, revised | {"blockId": make.new_id(), "change": "removed", "number": "", "place": None}])

    def table(_query: Any, _body: Any, _document: str) -> tuple[int, Json]:
        names = ("purpose", "quote", "body", "proposedText", "channel", "at", "disposition")
        return page([
            {"annotationId": each["id"], "reference": "v2, Art. 1"} | {name: each[name] for name in names}
            for each in shelf().annotations
        ])  # fmt: skip

    return [
        (f"v1/processes/{_ONE}/documents", "GET", lambda q, b, i: page([shelf().document])),
        (f"v1/processes/{_ONE}/documents", "POST", noted(lambda: shelf().document, 201)),
        (f"v1/documents/{_ONE}", "GET", lambda q, b, i: (200, {shelf().document["id"]: shelf().document}[i])),
        (f"v1/documents/{_ONE}/versions", "GET", lambda q, b, i: page(list(shelf().versions().values())[:2])),
        (f"v1/documents/{_ONE}/versions", "POST", noted(lambda: shelf().draft, 201)),
        (f"v1/documents/{_ONE}/dispositions", "GET", table),
        (f"v1/documents/{_ONE}/dispositions/publication", "POST", noted(lambda: {"published": 2})),
        (f"v1/document-versions/{_ONE}", "GET", lambda q, b, i: (200, shelf().in_full(i))),
        (f"v1/document-versions/{_ONE}/blocks", "GET", blocks),
        (f"v1/document-versions/{_ONE}/changes", "GET", changes),
        (f"v1/document-versions/{_ONE}/edits", "POST", noted(lambda: shelf().draft)),
        (f"v1/document-versions/{_ONE}/publication", "POST", noted(lambda: shelf().newest)),
        (f"v1/document-versions/{_ONE}/annotations", "GET", annotations),
        (f"v1/document-versions/{_ONE}/annotations", "POST", posted),
        (f"v1/annotations/{_ONE}", "GET", annotation_of),
        (f"v1/annotations/{_ONE}/replies", "GET", lambda q, b, i: page([reply(shelf().remark)])),
        (f"v1/annotations/{_ONE}/replies", "POST", posted),
        (f"v1/annotations/{_ONE}/disposition", "PUT", disposed),
        (f"v1/annotations/{_ONE}/acceptance", "POST", disposed),
    ]


def furnish(world: Any) -> None:
    process = world.fake.add_process(slug="water-law", phases=[make.phase(-10, 11, "annotation")])
    world.fake.joined.add(process["id"])
    world.fake.shelf = Shelf(process)


def _of(world: Any, path: str) -> str:
    shelf: Shelf = world.fake.shelf
    return path.format(
        document=shelf.document["id"], newest=shelf.newest["id"], earlier=shelf.earlier["id"], block=shelf.at["id"],
        remark=shelf.remark["id"], wording=shelf.wording["id"], process=shelf.document["processId"],
    )  # fmt: skip


def _page(path: str) -> Any:
    return lambda world: _of(world, path)


PAGES = {
    "texts": _page("/processes/water-law/documents"),
    "text": _page("/documents/{document}"),
    "earlier text": _page("/documents/{document}/versions/{earlier}"),
    "versions of a text": _page("/documents/{document}/versions"),
    "changes of a text": _page("/documents/{document}/versions/{newest}/changes/{earlier}"),
    "comments on a block": _page("/documents/{document}/versions/{newest}/blocks/{block}/1"),
    "comments on a text": _page("/documents/{document}/versions/{newest}/whole"),
    "comments that lost their place": _page("/documents/{document}/versions/{newest}/lost"),
    "conversation on a text": _page("/annotations/{remark}"),
    "dispositions": _page("/documents/{document}/answers"),
}
PAGES_BEHIND_SIGN_IN = {
    "desk of texts": _page("/work/processes/{process}/documents"),
    "bring a text in": _page("/work/processes/{process}/documents/new"),
    "next version": _page("/work/documents/{document}/next"),
    "draft": _page("/work/documents/{document}/draft"),
    "part of a draft": _page("/work/documents/{document}/draft/1"),
    "insert into a draft": _page("/work/documents/{document}/draft/1/after"),
    "comments to answer": _page("/work/documents/{document}/remarks?state=open&purpose=object"),
    "answer a comment": _page("/work/annotations/{wording}"),
}
