"""Microdata of a survey: `codebook.json`, a list of `{"variable", "label", "values": {code: label} or null}`, and
`responses.csv`, a row a response, empty where a question was not asked; `POND` is the weight of the response.

Read as a survey of the product's own form, and as figures, counted from the files alone.
"""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from mesh.demo.dataset import BadData

WEIGHT = "POND"
_MOST_OPTIONS = 100
_QUESTIONS_A_PAGE = 12
_TICKED = {"0", "1"}

Row = Mapping[str, str]


@dataclass(frozen=True)
class Variable:
    """A column. `values` is None for a number; `part` is an option of the question that several columns make up."""

    name: str
    label: str
    values: Mapping[str, str] | None
    question: str
    part: str | None = None


@dataclass(frozen=True)
class Microdata:
    """A survey that was made elsewhere."""

    name: str
    language: str
    variables: tuple[Variable, ...]
    rows: tuple[Row, ...]

    @cached_property
    def definition(self) -> dict[str, Any]:
        """What the survey asks, as the contract spells it."""
        questions = list(self._questions())
        pages = [questions[at : at + _QUESTIONS_A_PAGE] for at in range(0, len(questions), _QUESTIONS_A_PAGE)]
        return {"pages": [{"id": f"page_{number}", "questions": page} for number, page in enumerate(pages, 1)]}

    def responses(self) -> Iterator[dict[str, Any]]:
        """Each as it is entered: reference, answers, weight."""
        for number, row in enumerate(self.rows, 1):
            yield {"reference": str(number), "answers": self._answers(row), "weight": float(row[WEIGHT])}

    def shares(self, where: Mapping[str, str] | None = None) -> dict[tuple[str, str], tuple[float, float]]:
        """`{(question, code): (unweighted, weighted)}`, of those who answered and, where it is given, whose columns
        hold these values."""
        counts: Counter[tuple[str, str]] = Counter()
        weights: dict[tuple[str, str], float] = defaultdict(float)
        bases: Counter[str] = Counter()
        base_weights: dict[str, float] = defaultdict(float)
        for row in self.rows:
            if any(row[name] != value for name, value in (where or {}).items()):
                continue
            weight = float(row[WEIGHT])
            for variable in self.variables:
                code = row[variable.name]
                if not code or variable.values is None:
                    continue
                ticked = variable.part is None or code == "1"
                key = (variable.question, code if variable.part is None else variable.part)
                counts[key] += ticked
                weights[key] += weight * ticked
                if variable is self._first[variable.question]:
                    bases[variable.question] += 1
                    base_weights[variable.question] += weight
        return {key: (count / bases[key[0]], weights[key] / base_weights[key[0]]) for key, count in counts.items()}

    @cached_property
    def _first(self) -> dict[str, Variable]:
        """The first column of each question."""
        return {each.question: each for each in reversed(self.variables)}

    def _questions(self) -> Iterator[dict[str, Any]]:
        for name, first in {each.question: self._first[each.question] for each in self.variables}.items():
            asked: dict[str, Any] = {"id": name, "text": {self.language: first.label}} | self._condition(first)
            parts = [each for each in self.variables if each.question == name]
            if first.part is not None:
                options = [(str(each.part), each.label.partition(": ")[2] or each.label) for each in parts]
                text = first.label.partition(": ")[0]
                yield asked | {"type": "multiple", "text": {self.language: text}, "options": self._options(options)}
            elif first.values is None:
                yield asked | {"type": "number"}
            else:
                yield asked | {"type": "single", "options": self._options(list(self._occurring(first).items()))}

    def _options(self, named: list[tuple[str, str]]) -> list[dict[str, Any]]:
        return [{"code": code, "text": {self.language: label}} for code, label in named]

    def _occurring(self, of: Variable) -> Mapping[str, str]:
        """Its values, those that the codebook does not name called by their codes; where they are more than a question
        may have, only those that occur."""
        found = {row[of.name] for row in self.rows} - {""}
        values = {code: code for code in sorted(found)} | dict(of.values or {})
        return {code: label for code, label in values.items() if len(values) <= _MOST_OPTIONS or code in found}

    def _condition(self, of: Variable) -> dict[str, Any]:
        """Whom it was asked: those who gave certain answers to one question before it, where one tells exactly."""
        asked = [bool(row[of.name]) for row in self.rows]
        if all(asked):
            return {}
        for before in self.variables[: self.variables.index(of)]:
            if before.values is None or before.part is not None:
                continue
            pairs = {(row[before.name], is_asked) for row, is_asked in zip(self.rows, asked, strict=True)}
            if len(pairs) == len({value for value, _ in pairs}):
                values = sorted(value for value, is_asked in pairs if is_asked)
                return {"showIf": {"question": before.question, "is": "contains_any", "value": values}}
        return {}

    def _answers(self, row: Row) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for variable in self.variables:
            code = row[variable.name]
            if not code or (variable.part is not None and code == "0"):
                continue
            if variable.part is not None:
                answers.setdefault(variable.question, []).append(variable.part)
            else:
                answers[variable.question] = float(code) if variable.values is None else code
        return answers


def read(folder: Path, language: str = "ca") -> Microdata:
    """The survey in the folder. Raises BadData."""
    try:
        codebook = json.loads((folder / "codebook.json").read_text("utf-8"))
        with (folder / "responses.csv").open(encoding="utf-8", newline="") as file:
            rows = tuple(csv.DictReader(file))
        known = tuple(_variables(codebook))
    except (OSError, ValueError, KeyError) as error:
        raise BadData(f"{folder}: {error!r}") from error
    missing = [each.name for each in known if not rows or each.name not in rows[0]]
    if missing:
        raise BadData(f"{folder}: responses.csv lacks {missing[0]}")
    return Microdata(folder.resolve().name, language, known, rows)


def _variables(codebook: list[dict[str, Any]]) -> Iterator[Variable]:
    """All but the weight and the number of the record, which comes first."""
    for each in codebook[1:]:
        name, values = each["variable"], each["values"]
        if name == WEIGHT:
            continue
        question, _bar, part = name.lower().rpartition("_")
        ticked = values is not None and set(values) == _TICKED
        yield Variable(name, each["label"], values, question if ticked else name.lower(), part if ticked else None)
