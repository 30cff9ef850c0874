"""Contributions as files: two parts for a CSV, one for the rest."""

from collections.abc import Callable
from typing import Any

from ..fake_contract import File

Json = dict[str, Any]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {"csv": "text/csv", "jsonl": "application/jsonl", "xlsx": _XLSX}
COLUMNS = [
    {"name": "reference", "meaning": "Number in letters and exports", "public": True},
    {"name": "status", "meaning": "How it counts", "public": False},
]


def operations(fake: Any) -> list[tuple[str, str, Callable[..., Any]]]:
    def listed(_query: Json, _body: Any, _process_id: str) -> tuple[int, Json]:
        staff = "official" in fake.roles
        shown = {"formats": list(MEDIA_TYPES), "variants": ["public", "internal"] if staff else ["public"]}
        columns = [each for each in COLUMNS if each["public"] or staff]
        items = [
            {"name": name, "meaning": f"All {name}", "columns": columns, **shown} for name in ("proposals", "comments")
        ]
        return 200, {"items": items, "next": None}

    def file(query: Json, _body: Any, _process_id: str, name: str) -> tuple[int, Any]:
        if name != "proposals":
            raise KeyError(name)
        kind = MEDIA_TYPES[query["fileType"]]
        if query["fileType"] != "csv":
            return 200, File(b"PK\x03\x04", kind)
        if "cursor" in query:
            return 200, File(b"STREETS-2\r\n", kind)
        return 200, File("reference\r\nSTREETS-1 ئ\r\n".encode(), kind, {"Next-Cursor": "WyIxIl0"})

    one = "([0-9a-f-]{36})"
    return [
        (f"v1/processes/{one}/datasets", "GET", listed),
        (f"v1/processes/{one}/datasets/([a-z-]+)", "GET", file),
    ]


PAGES = {"open data": lambda w: "/open-data", "data of a process": lambda w: "/processes/safe-streets/data"}
