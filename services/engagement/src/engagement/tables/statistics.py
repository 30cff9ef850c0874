"""Running figures of surveys, folded from responses. A recount makes them anew from the rows.

`variable` is a question, `question.row` of a matrix, `question.option` of a ranking, or an attribute of the response:
`@all`, `@channel`, `@step`, `@profile.<attribute>`. `code` is an answer, `*` any answer, `?` none, `-` not asked.
"""

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, false

from chassis.columns import Instant, Json, Uuid
from engagement.tables.base import METADATA

_VARIABLE, _CODE = String(90), String(40)

survey_tally = Table(
    "survey_tally",
    METADATA,
    Column("survey_id", Uuid, ForeignKey("survey.id", ondelete="RESTRICT"), primary_key=True),
    Column("version", BigInteger, nullable=False),  # one more with each fold: two at once cannot both succeed
    Column("recount", Boolean, nullable=False, server_default=false()),  # asked for, not begun
    Column("folded_at", Instant),
)

survey_untallied = Table(
    "survey_untallied",
    METADATA,
    Column("response_id", Uuid, primary_key=True),
    Column("survey_id", Uuid, nullable=False, index=True),
    Column("mark", Uuid, nullable=False, unique=True),  # of the last news; a fold takes away only news that it has seen
)

survey_tallied = Table(
    "survey_tallied",
    METADATA,
    Column("response_id", Uuid, primary_key=True),
    Column("survey_id", Uuid, nullable=False, index=True),
    Column("said", Json, nullable=False),  # what of the response stands in the figures, to take it out again
)

survey_cell = Table(
    "survey_cell",
    METADATA,
    Column("survey_id", Uuid, primary_key=True),
    Column("variable", _VARIABLE, primary_key=True),
    Column("code", _CODE, primary_key=True),
    Column("n", Integer, nullable=False),
    Column("weight", Float, nullable=False),  # Σw
    Column("weight_squares", Float, nullable=False),  # Σw²
    Column("total", Float, nullable=False),  # Σx, of numbers
    Column("squares", Float, nullable=False),  # Σx²
    Column("weighted_total", Float, nullable=False),  # Σwx
    Column("weighted_squares", Float, nullable=False),  # Σwx²
)

survey_pair = Table(
    "survey_pair",
    METADATA,
    Column("survey_id", Uuid, primary_key=True),
    Column("first", _VARIABLE, primary_key=True),
    Column("second", _VARIABLE, primary_key=True),
    Column("first_code", _CODE, primary_key=True),
    Column("second_code", _CODE, primary_key=True),
    Column("n", Integer, nullable=False),
    Column("weight", Float, nullable=False),
    Column("weight_squares", Float, nullable=False),
)

survey_term = Table(
    "survey_term",
    METADATA,
    Column("survey_id", Uuid, primary_key=True),
    Column("question", _CODE, primary_key=True),
    Column("term", _CODE, primary_key=True),
    Column("n", Integer, nullable=False),  # responses that say it
)
Index("ix_survey_term_often", survey_term.c.survey_id, survey_term.c.question, survey_term.c.n)
