"""What holds for every test: no cache is kept, neither beside the sources nor at home."""

import pytest


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_NO_CACHE", "1")
