"""What became of the comments: the table for everybody, also as a file."""

import csv
from collections.abc import Iterable
from io import StringIO
from uuid import UUID

from flask import Response, request, url_for

from portal import web
from portal.language import _, plain
from portal.pages.documents.blueprint import pages
from portal.peers.engagement import annotations, documents
from portal.peers.engagement.annotations import Line
from portal.words import word

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for a formula at the beginning of a cell


@pages.get("/documents/<uuid:document_id>/answers")
def table(document_id: UUID) -> web.Answer:
    document = documents.document(web.gateway(), str(document_id))
    cursor = request.args.get("cursor")
    found = annotations.table(web.gateway(), document.id, cursor)
    here = url_for("documents.table", document_id=document_id)
    return web.page(
        "documents/table.html",
        document=document,
        process=web.process_of_id(document.process_id),
        lines=found.items,
        first_url=here if cursor else None,
        next_url=url_for("documents.table", document_id=document_id, cursor=found.next) if found.next else None,
    )


@pages.get("/documents/<uuid:document_id>/answers.csv")
def table_as_file(document_id: UUID) -> Response:
    """UTF-8 with a mark, so that spreadsheets read it as such."""
    document = documents.document(web.gateway(), str(document_id))
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(
        [_("Place in the text"), _("Date"), _("How it came in"), _("Kind"), _("Words of the text"), _("Comment"),
         _("Proposed wording"), _("Answer"), _("Reason")]
    )  # fmt: skip
    writer.writerows(_rows(annotations.whole_table(web.gateway(), document.id)))
    answer = Response("\ufeff" + written.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="answers-{document.id}.csv"'
    return answer


def _rows(lines: Iterable[Line]) -> Iterable[list[str]]:
    for each in lines:
        said = each.disposition
        yield [
            _harmless(cell or "")
            for cell in (
                each.reference,
                each.at.date().isoformat(),
                word("channel", each.channel),
                word("purpose", each.purpose),
                each.quote,
                plain(each.body),
                each.proposed_text,
                word("disposition", said.outcome) if said else "",
                plain(said.reason) if said else "",
            )
        ]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
