"""`mesh demo --survey`: a survey that was made elsewhere is asked, entered and counted; then each share is compared."""

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from tqdm import tqdm

from mesh.demo import codebook
from mesh.demo.client import Mediated, Refused
from mesh.demo.codebook import Microdata
from mesh.demo.command import sign_in_officials
from mesh.demo.dataset import BadData, Dataset
from mesh.demo.officials import Officials, plan
from mesh.demo.people import People
from mesh.layout import Layout

_BATCH = 500
_TOLERANCE = 0.001  # a tenth of a percentage point
_PATIENCE_SECONDS = 600
_YEAR = "survey"


def run(layout: Layout, folder: Path, *, as_json: bool) -> int:
    """1 when a share differs from the data by more than a tenth of a point. Run again, it enters what is missing."""
    try:
        data = codebook.read(folder)
        figures = asyncio.run(_run(layout, data))
    except (BadData, Refused) as error:
        print(f"The survey failed: {error}", file=sys.stderr)
        return 1
    print(json.dumps(figures) if as_json else "\n".join(f"  {name:<18} {value}" for name, value in figures.items()))
    return 1 if figures["different"] else 0


async def _run(layout: Layout, data: Microdata) -> dict[str, Any]:
    async with aiohttp.ClientSession() as http:
        mediated = Mediated(layout, http)
        first, second = await sign_in_officials(layout, People(layout, mediated))
        officials = Officials(mediated, first, second, data.language)
        survey = await _asked(mediated, officials, data, first)
        path = f"/v1/surveys/{survey['id']}"
        await _enter(mediated, path, data, first)
        results = await _counted(mediated, path, len(data.rows), first)
        return await _compared(mediated, path, data, results, first)


async def _asked(mediated: Mediated, officials: Officials, data: Microdata, official: str) -> dict[str, Any]:
    """The survey, in a process of its own that is open; both are made where they are not there yet."""
    draft = plan(Dataset(data.name, _YEAR, data.language, (), ()), data.name, datetime.now(UTC), data.language)
    draft["phases"][0]["accepts"] = ["response"]
    draft["strategy"]["targetParticipants"] = len(data.rows)
    page = await mediated.must("engagement", "GET", "/v1/processes", query={"slug": draft["slug"]}, person=official)
    process = next(iter(page["items"]), None) or await officials.draft(draft)
    path = f"/v1/processes/{process['id']}/surveys"
    surveys = await mediated.must("engagement", "GET", path, person=official)
    survey: dict[str, Any] | None = next(iter(surveys["items"]), None)
    if survey is None:
        body = {
            "title": {data.language: data.name},
            "definition": data.definition,
            "settings": {"hideResults": False},
        }
        survey = await mediated.must("engagement", "POST", path, body, person=official, key=f"demo-{data.name}-survey")
    if survey["state"] == "draft":
        path = f"/v1/surveys/{survey['id']}/publication"
        survey = await mediated.must("engagement", "POST", path, person=official)
    await officials.publish(process)
    return survey


async def _enter(mediated: Mediated, path: str, data: Microdata, official: str) -> None:
    """All responses, in batches; those that were entered before are passed over."""
    responses = list(data.responses())
    with tqdm(total=len(responses), desc=data.name, unit="response", file=sys.stderr, mininterval=1.0) as bar:
        for start in range(0, len(responses), _BATCH):
            batch = responses[start : start + _BATCH]
            body = {"channel": "import", "responses": batch}
            await mediated.must("engagement", "POST", f"{path}/entries", body, person=official)
            bar.update(len(batch))


async def _counted(mediated: Mediated, path: str, count: int, official: str) -> dict[str, Any]:
    """The results, once they hold every response. Raises Refused."""
    query = {"audience": "official"}
    for _ in range(_PATIENCE_SECONDS):
        found: dict[str, Any] = await mediated.must(
            "engagement", "GET", f"{path}/results", query=query, person=official
        )
        if found["responses"] >= count and not found["waiting"]:
            return found
        await asyncio.sleep(1)
    raise Refused(f"{found['responses']} of {count} responses were counted in {_PATIENCE_SECONDS} seconds")


async def _compared(
    mediated: Mediated, path: str, data: Microdata, results: dict[str, Any], official: str
) -> dict[str, Any]:
    """How many shares there are, and how many differ from the data's."""
    wanted, compared, different = data.shares(), 0, 0
    for question in results["questions"]:
        for answer in question["distributions"][0]["answers"]:
            unweighted, weighted = wanted.get((question["id"], answer["code"]), (0.0, 0.0))
            found = (answer["unweighted"]["share"], answer["weighted"]["share"])
            compared += 1
            different += abs(found[0] - unweighted) > _TOLERANCE or abs(found[1] - weighted) > _TOLERANCE
    crossed = await _crossed(mediated, path, data, results, official)
    return {
        "responses": results["responses"],
        "effective": results["effective"],
        "questions": len(results["questions"]),
        "shares": compared + crossed[0],
        "different": different + crossed[1],
    }


async def _crossed(
    mediated: Mediated, path: str, data: Microdata, results: dict[str, Any], official: str
) -> tuple[int, int]:
    """The same of the first closed question crossed with each that is asked of everybody and has few answers."""
    singles = [
        each
        for each in data.variables
        if each.values and each.part is None and each.question in results["crossable"] and len(each.values) <= 6
    ]
    rows, compared, different = singles[1], 0, 0
    for columns in singles[2:]:
        query = {"first": rows.question, "second": columns.question, "audience": "official"}
        table = await mediated.must("engagement", "GET", f"{path}/results/cross-table", query=query, person=official)
        for place, line in enumerate(table["columns"]):
            wanted = data.shares({columns.name: line["codes"][0]})
            for row, cells in zip(table["rows"], table["cells"], strict=True):
                unweighted, weighted = wanted.get((rows.question, row["codes"][0]), (0.0, 0.0))
                found = cells[place]
                compared += 1
                different += abs(found["share"] - unweighted) > _TOLERANCE
                different += abs(found["weightedShare"] - weighted) > _TOLERANCE
    return compared, different
