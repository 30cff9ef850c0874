"""A text comes in from four formats; what is no text, or too much of it, does not."""

from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from engagement.documents.formats import html, markdown, office, source
from engagement.documents.formats.plain import UnreadableText
from engagement.documents.formats.source import Format, Source
from engagement.documents.text import BlockKind, Piece, TextTooLarge

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE, TEXT, TABLE = (f"urn:oasis:names:tc:opendocument:xmlns:{each}:1.0" for each in ("office", "text", "table"))
WANTED = [
    (BlockKind.HEADING, 1, "", "Water for all"),
    (BlockKind.ARTICLE, 0, "Article 4", "Every household is given a meter."),
    (BlockKind.LIST_ITEM, 0, "", "in the first year in towns"),
    (BlockKind.PARA, 0, "4.2", "Prices stay."),
    (BlockKind.TABLE, 0, "", "Place | Price\nNorth | 3"),
]


def docx(body: str, styles: str = "", before: str = "") -> bytes:
    head = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{WORD}"><w:body>'
    named = f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>'
    return packed({"word/document.xml": f"{head}{body}</w:body></w:document>", "word/styles.xml": named})


def odt(body: str) -> bytes:
    names = f'xmlns:office="{OFFICE}" xmlns:text="{TEXT}" xmlns:table="{TABLE}"'
    content = f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body>"
    return packed({"content.xml": content + "</office:document-content>"})


def packed(parts: dict[str, str | bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as writing:
        for name, content in parts.items():
            writing.writestr(name, content)
    return file.getvalue()


def told(pieces: list[Piece]) -> list[tuple[BlockKind, int, str, str]]:
    return [(each.kind, each.level, each.number, each.text) for each in pieces]


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_markdown() -> None:
    text = (
        "# Water *for* all\n\nArticle 4. Every household\nis given a `meter`.\n\n- in the first year in towns\n\n"
        "4.2 Prices stay.\n\n| Place | Price |\n| --- | --- |\n| North | 3 |\n"
    )

    assert told(markdown.read(text)) == WANTED


def test_html() -> None:
    text = (
        "<head><title>No</title></head><h1>Water <em>for</em> all</h1><script>no()</script><p>Article 4. Every "
        "household is given&nbsp;a meter.<ul><li>in the first year<br>in towns</ul>4.2 Prices stay."
        "<table><tr><th>Place<th>Price<tr><td>North<td>3</table>"
    )

    assert told(html.read(text)) == WANTED


def test_docx() -> None:
    styles = '<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = "".join(
        f"<w:tr>{''.join(cell.format(each) for each in row)}</w:tr>" for row in (("Place", "Price"), ("North", "3"))
    )
    body = (
        paragraph("Water for all", '<w:pStyle w:val="H1"/>')
        + "<w:p><w:r><w:t>Article 4. Every </w:t></w:r><w:del><w:r><w:delText>single </w:delText></w:r></w:del>"
        "<w:r><w:t>household is</w:t><w:tab/><w:t>given a meter.</w:t></w:r></w:p>"
        + paragraph("in the first year in towns", '<w:numPr><w:numId w:val="1"/></w:numPr>')
        + paragraph("4.2 Prices stay.")
        + f"<w:tbl>{rows}</w:tbl>"
    )

    assert told(office.read_docx(docx(body, styles))) == WANTED


def test_odt() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = "".join(
        f"<table:table-row>{''.join(cell.format(each) for each in row)}</table:table-row>"
        for row in (("Place", "Price"), ("North", "3"))
    )
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        '<text:h text:outline-level="1">Water for all</text:h>'
        "<text:p>Article 4. Every household<text:note><text:p>a note</text:p></text:note> is<text:s/>given a meter."
        "</text:p>"
        "<text:list><text:list-item><text:p>in the first year in towns</text:p></text:list-item></text:list>"
        f"<text:p>4.2 Prices stay.</text:p><table:table>{rows}</table:table>"
    )

    assert told(office.read_odt(odt(body))) == WANTED


@pytest.mark.parametrize(
    ("words", "number", "rest", "kind"),
    [
        ("المادة 7: لكل مواطن", "المادة 7", "لكل مواطن", BlockKind.ARTICLE),
        ("Art. 4(2) Meters", "Art. 4(2)", "Meters", BlockKind.ARTICLE),
        ("(iii) Meters", "(iii)", "Meters", BlockKind.PARA),
        ("Article 12", "", "Article 12", BlockKind.ARTICLE),
        ("2026 was dry", "", "2026 was dry", BlockKind.PARA),
        ("Artful 4 pipes", "", "Artful 4 pipes", BlockKind.PARA),
    ],
)
def test_the_number_that_people_cite_stands_apart(words: str, number: str, rest: str, kind: BlockKind) -> None:
    assert told(markdown.read(words)) == [(kind, 0, number, rest)]


def test_markup_in_markdown_is_words() -> None:
    (piece,) = markdown.read("Pipes <script>alert(1)</script> leak")

    assert piece.text == "Pipes <script>alert(1)</script> leak"


ENTITY = '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "file",
    [
        docx(paragraph("&e;"), before=ENTITY),
        docx("<w:p>" * 300 + "</w:p>" * 300),
        docx(paragraph("x") + "<w:p>")[:-60],
        packed({"word/document.xml": b"0" * 30_000_000}),
        packed({"other.xml": "<a/>"}),
        packed({"word/document.xml": "no markup"}),
        b"PK\x03\x04 broken",
        b"no archive",
    ],
    ids=["entity", "deep", "cut", "bomb", "other", "no-xml", "broken", "none"],
)
def test_a_file_that_is_no_text_is_refused(file: bytes) -> None:
    with pytest.raises(UnreadableText):
        source.read(Source(Format.DOCX, b64encode(file).decode()))


@pytest.mark.parametrize(
    ("made", "refusal"),
    [
        (lambda: Source(Format.ODT, "not base64!"), UnreadableText),
        (lambda: Source(Format.MARKDOWN, " \n\n "), UnreadableText),
        (lambda: Source(Format.HTML, "<p>x</p>" * 300_000), TextTooLarge),
    ],
)
def test_what_comes_in_is_measured(made: Callable[[], Source], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        source.read(made())
