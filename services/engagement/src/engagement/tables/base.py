"""What all tables hang on."""

from sqlalchemy import MetaData

from chassis.columns import metadata

METADATA: MetaData = metadata()
METADATA.info["sealed_in_jobs"] = {"contact": "join.contact"}
