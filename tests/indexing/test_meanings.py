"""Many surfaces that are not plain are folded by a kernel: what they mean is the same."""

from __future__ import annotations

from itertools import pairwise

import pytest

from searchkit.analysis import Analyzer
from searchkit.analysis.strings import Strings
from searchkit.indexing import meanings
from searchkit.indexing.meanings import Surfaces
from searchkit.kernels.surfaces import SurfaceTable

TEXTS = [f"Été{number} l’O’Brien's–x{number} “naïveté” d'λ{number} u.s.a straße" for number in range(40)]


@pytest.mark.parametrize("language", ["english", "french", None])
def test_a_kernel_and_the_analyzer_say_the_same(language: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for many in (1, 1 << 30):
        monkeypatch.setattr(meanings, "_MANY", many)
        found.append(meant(language))
    assert found[0] == found[1]


def meant(language: str | None) -> dict[str, list[tuple[str, str]]]:
    """The form and term of each token of each surface."""
    table, surfaces = SurfaceTable(), Surfaces([Analyzer(language)])
    for text in TEXTS:
        table.add(text.encode())
    surfaces.analyse(surfaces.take(table, all=True))
    names, found = table.surfaces(0), {}
    for one in surfaces.meanings:
        forms = [names[number] for number in one.surfaces] if one.forms is None else strings(one.forms)
        terms = forms if one.terms is None else strings(one.terms)
        tokens = iter(zip(forms, terms, strict=True))
        for number, count in zip(one.surfaces, one.counts, strict=True):
            found[names[number]] = [next(tokens) for _ in range(count)]
    assert len(found) == len(table)
    return found


def strings(joined: Strings) -> list[str]:
    ends = [sum(joined.lengths[:at]) for at in range(len(joined.lengths) + 1)]
    return [joined.blob[start:end].decode() for start, end in pairwise(ends)]
