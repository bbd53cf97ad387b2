"""Every rule's passing and failing example, written as documents and audited from end to end."""

from pathlib import Path

import pytest

from audit.config import Config
from audit.reading.queue import Means
from audit.run import Call, audit
from rules.catalogue import catalogue
from rules.vocabulary import Example
from tests.builder import apply, write


def findings(example: Example, folder: Path) -> list:
    """Audit an example's reports, each in the role it has; what is found."""
    named: dict[str, list[Path]] = {"report": [], "previous": [], "parent": []}
    for number, patch in enumerate(example.reports):
        path = folder / patch.role / (patch.file or f"{number}.txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        if patch.raw is not None:
            path.write_bytes(patch.raw)
        else:
            write(apply(patch), path)
        named[patch.role].append(path)
    roster = None
    if example.roster:
        roster = folder / "roster.csv"
        names = ("unit", "level", "parent", "aliases", "deadline")
        rows = [",".join(row.get(n, "") for n in names) for row in example.roster]
        roster.write_text("\n".join([",".join(names), *rows]), encoding="utf-8")
    result = audit(
        Call(
            paths=named["report"],
            previous=named["previous"],
            parent=named["parent"][0] if named["parent"] else None,
            roster=roster,
            config=Config(),
            means=Means(jobs=1),
            today=example.today,
        )
    )
    assert not result.crashes
    return result.findings


@pytest.mark.parametrize("code", catalogue())
def test_passing_example_raises_nothing(code, tmp_path):
    assert findings(catalogue()[code].passes, tmp_path) == []


@pytest.mark.parametrize("code", catalogue())
def test_failing_example_raises_just_that_rule(code, tmp_path):
    assert {f.rule for f in findings(catalogue()[code].fails, tmp_path)} == {code}
