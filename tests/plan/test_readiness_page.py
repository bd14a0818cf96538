"""docs/readiness.md names every question and reference as they are, and its example runs."""

from __future__ import annotations

import re
import tomllib

from docs.papers import blocks, tables, text
from plan.towns import LINE, line_town
from safepassage.plan.questions import catalogue
from safepassage.plan.readiness import check_readiness


def test_every_question_stands_on_the_page_as_it_is_asked():
    rows = tables("readiness.md", "id", "gravity", "question", "guidance")
    written = [(row["id"].strip("`"), row["gravity"], row["question"]) for row in rows]
    assert written == [(q.id, str(q.gravity), q.text) for q in catalogue().questions]


def test_every_reference_stands_on_the_page():
    rows = tables("readiness.md", "name", "publisher", "title", "looked up")
    titles = [re.sub(r"^\[(.*)\]\(.*\)$", r"\1", row["title"]) for row in rows]
    references = catalogue().references
    assert [row["name"] for row in rows] == list(references)
    assert titles == [each.title for each in references.values()]
    partly = [row["name"] for row in rows if "contents" in row["looked up"]]
    assert partly == [name for name, each in references.items() if each.seen == "contents"]


def test_the_example_answers_its_question(tmp_path):
    (example,) = blocks("readiness.md", "toml")
    (answer,) = tomllib.loads(example)["readiness"]
    found = check_readiness(line_town(tmp_path / "case", f"{LINE}\n{example}"))
    assert found[answer["question"]].status == answer["status"]


def test_the_python_example_runs(capsys):
    (example,) = blocks("readiness.md", "python")
    exec(compile(example, "readiness.md", "exec"), {})  # noqa: S102
    assert "Rejected: Armed opposition groups" in capsys.readouterr().out


def test_the_page_says_what_it_is_not():
    assert "neither permission nor protection" in " ".join(text("readiness.md").split())
