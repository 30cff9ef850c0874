"""Problems and metrics: declared once, whole, and in the field's form."""

import re

import contracts


def test_every_problem_is_whole() -> None:
    for slug, problem in contracts.problems().items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", slug)
        assert set(problem) == {"title", "status", "meaning", "remedy"}, slug
        assert 400 <= problem["status"] <= 599


def test_every_metric_says_unit_and_emitter() -> None:
    suffixes = {"counter": "_total", "histogram": "_seconds"}

    for name, metric in contracts.metrics().items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
        assert {"type", "unit", "labels", "meaning", "emitter"} <= set(metric), name
        assert name.endswith(suffixes.get(metric["type"], "")) or metric["type"] == "histogram", name


def test_emitters_are_named_in_a_few_words() -> None:
    common = r"every (process|block)( with (subscriptions|TLS|SQLite))?"
    names = "|".join((*contracts.services(), "portal"))

    for name, metric in contracts.metrics().items():
        assert re.fullmatch(rf"{common}|{names}", metric["emitter"]), name


def test_fields_of_logs_are_in_the_fields_form_and_say_what_they_mean() -> None:
    for name, meaning in contracts.log_fields().items():
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
        assert meaning.endswith("."), name
        assert name not in {"name", "login", "email", "address", "text", "title", "body", "token", "password"}


def test_no_label_can_grow_without_bound() -> None:
    personal = {"subject", "person", "email", "participant", "proposal", "process", "path", "url"}

    assert [name for name, metric in contracts.metrics().items() if personal & set(metric["labels"])] == []
