"""Criteria: by what proposals are judged, published before anyone judges; and what evaluators find, each blind to the
others until two have found it."""
