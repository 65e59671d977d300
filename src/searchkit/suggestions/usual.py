"""The usual form of a word.

The dictionary counts terms, not forms: "presided" and "president" have one term in English. Which of them people write
is seen in the documents that have it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from searchkit.search.parts import SegmentPart
from searchkit.search.snapshot import Snapshot

__all__ = ["usual_form"]


def usual_form(
    snapshot: Snapshot, documents: Iterable[tuple[SegmentPart, int]], terms: frozenset[bytes], forms: Iterable[str]
) -> str:
    """Which of the forms of some terms stands oftenest in the documents; the first of those that do."""
    wanted = frozenset(term.decode("utf-8", "replace") for term in terms)
    seen: Counter[str] = Counter()
    for part, document in documents:
        values = part.segment.fields(document)
        for name in snapshot.schema.texts:
            analyzer, text = snapshot.analyzer(name), values.get(name, "")
            for _, _, start, end in analyzer.find(text, wanted):
                seen.update(token.form for token in analyzer.tokens(text[start:end]))
    return max(forms, key=lambda form: seen[form])
