"""The catalogue of open data in DCAT-AP 3, as JSON-LD, for the portals that harvest it."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from portal.peers.engagement.exports import Dataset
from portal.peers.engagement.processes import Process

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"


def written(found: Iterable[tuple[Process, Iterable[Dataset]]], publisher: str, host_url: str) -> str:
    """`host_url` is where the portal stands, with a slash at its end."""
    catalogue = {
        "@context": _CONTEXT,
        "@id": urljoin(host_url, "open-data"),
        "@type": "dcat:Catalog",
        "dct:title": f"Participation at {publisher}",
        "dct:description": f"What people contributed to the participation processes of {publisher}.",
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": publisher},
        "dct:license": {"@id": LICENCE},
        "dcat:dataset": [_dataset(process, each, host_url) for process, sets in found for each in sets],
    }
    return json.dumps(catalogue, ensure_ascii=False)


def _dataset(process: Process, of: Dataset, host_url: str) -> dict[str, Any]:
    page = urljoin(host_url, f"processes/{process.slug}/data")
    return {
        "@id": f"{page}#{of.name}",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{process.slug}-{of.name}",
        "dct:title": [{"@value": f"{title}: {of.name}", "@language": tag} for tag, title in process.title.items()],
        "dct:description": of.meaning,
        "dct:issued": {
            "@value": process.created_at.date().isoformat(),
            "@type": "http://www.w3.org/2001/XMLSchema#date",
        },
        "dcat:landingPage": {"@id": page},
        "dcat:distribution": [_distribution(page, of, format_) for format_ in of.formats],
    }


def _distribution(page: str, of: Dataset, format_: str) -> dict[str, Any]:
    url = f"{page}/{of.name}.{format_}"
    return {
        "@id": url,
        "@type": "dcat:Distribution",
        "dct:title": format_.upper(),
        "dct:license": {"@id": LICENCE},
        "dcat:accessURL": {"@id": url},
        "dcat:downloadURL": {"@id": url},
        "dcat:mediaType": {"@id": _MEDIA + _MEDIA_TYPES[format_]},
    }
