"""Copies among thousands of texts: those planted are found, shared phrases are none, few are compared."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import pytest

from rules import similarity
from rules.similarity import mask, similar_pairs
from tests.rules.dataset_factory import Made, dataset, findings

_HAN = [chr(0x4E00 + i) for i in range(4000)]
NATIONAL = (
    "坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻党的二十大精神，认真落实《中华人民共和国政府信息公开条例》，"
    "坚持以公开为常态、不公开为例外，遵循公正、公平、合法、便民的原则，不断提升政务公开工作的规范化、标准化水平。",
    "严格执行信息发布三审制度，坚持先审后发，明确审核主体和审核流程，确保公开内容合法、准确、及时，防止泄密事件发生。",
    "加强组织领导，成立由主要领导任组长、分管领导任副组长、各办所负责人为成员的政务公开工作领导小组，明确专人负责。",
    "对照基层政务公开标准目录，及时更新重点领域信息，主动回应社会关切，保障人民群众的知情权、参与权和监督权。",
)


def sentence(dice: random.Random, size: int) -> str:
    return "".join(dice.choice(_HAN) for _ in range(size))


def texts(count: int, own: int = 12) -> Iterator[str]:
    """Reports of many counties: national phrases, the county's, and sentences of their own."""
    county = [sentence(random.Random(f"county {c}"), 200) for c in range(40)]
    for number in range(count):
        dice = random.Random(number)
        pieces = [*NATIONAL, county[number % 40], *(sentence(dice, 25) for _ in range(own))]
        dice.shuffle(pieces)
        yield mask("".join(pieces))


def test_copies_are_found_among_thousands_without_comparing_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = list(texts(3000))
    planted = [(7, 1900), (400, 2999), (1201, 1202)]
    for one, copy in planted:
        made[copy] = made[one][:300] + sentence(random.Random(copy), 20) + made[one][320:]
    compared: list[int] = []
    true = similarity.similarity

    def counted(one: str, other: str) -> float:
        compared.append(1)
        return true(one, other)

    monkeypatch.setattr(similarity, "similarity", counted)
    found = similar_pairs(made, 0.9, apart=np.arange(len(made)))
    assert sorted((i, j) for i, j, _ in found) == planted
    assert len(compared) < len(made)


@pytest.mark.parametrize("count", [2, 3, 8, 40])
def test_sound_texts_may_share_the_nations_phrases(count: int) -> None:
    """However few there are: then nothing tells that a phrase is everybody's."""
    reports = [
        Made(unit=f"{_HAN[i]}{_HAN[-i]}镇", sections={"overview": text, "problems": ""})
        for i, text in enumerate(texts(count, own=8), start=1)
    ]
    assert findings("N609", dataset(*reports)) == []


def test_a_renamed_unit_does_not_copy_itself() -> None:
    (text,) = texts(1)
    roster = [{"unit": "枫林渡镇", "level": "township", "aliases": "枫林乡"}]
    old = Made(unit="枫林乡", year=2022, role="previous", sections={"overview": text})
    new = Made(unit="枫林渡镇", sections={"overview": text})
    assert findings("N609", dataset(new, old, roster=roster)) == []
    assert len(findings("N609", dataset(new, old))) == 2
    cells = {"disclosure.licensing.decisions": 137, "disclosure.penalties.decisions": 46}
    tables = [Made(unit="枫林乡", year=2022, cells=cells), Made(unit="枫林渡镇", cells=cells)]
    assert findings("N612", dataset(*tables, roster=roster)) == []
