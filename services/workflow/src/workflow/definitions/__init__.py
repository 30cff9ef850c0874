"""Definitions: BPMN 2.0 files in versions that never change. One comes with the package: the engagement lifecycle."""
