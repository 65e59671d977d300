"""bm25s with its Numba backend: scores computed while indexing, no phrases, no operators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from kinds import Act
from peers.protocol import Document, Hit, Peer, sync_folder
from questions import Question

# Words of one letter too, which its default pattern leaves out: the others index them.
_WORD = r"(?u)\b\w+\b"


class Bm25s(Peer):
    """Title and body as one text, English stemming, no stop words, the documents kept as its corpus."""

    name = "bm25s"
    module = "numba"
    package = "bm25s"
    abilities: ClassVar[frozenset[str]] = frozenset({"word", "union"})
    acts: ClassVar[frozenset[Act]] = frozenset({"top", "count", "total"})
    updates = False

    def build(self, path: Path, documents: Iterable[Document], commits: Sequence[int] = ()) -> None:
        import bm25s

        kept = list(documents)
        retriever = bm25s.BM25(backend="numba")
        texts = [f"{document['title']} {document['body']}" for document in kept]
        retriever.index(_tokens(texts, _stemmer()), show_progress=False)
        retriever.save(path, corpus=kept, show_progress=False)
        sync_folder(path)

    def open(self, path: Path) -> None:
        import bm25s

        self._stemmer = _stemmer()
        self._retriever = bm25s.BM25.load(path, load_corpus=True, mmap=True)
        self._retriever.backend = "numba"
        self._retriever.activate_numba_scorer()

    def typed(self, question: Question) -> str:
        return " ".join(question.words())

    def search(self, typed: str, limit: int) -> list[Hit]:
        limit = min(limit, self._retriever.scores["num_docs"])
        found, scores = self._retriever.retrieve(_tokens([typed], self._stemmer), k=limit, show_progress=False)
        return [(hit["id"], hit["title"]) for hit, score in zip(found[0], scores[0], strict=True) if score > 0.0]

    def count(self, typed: str) -> int:
        tokens = _tokens([typed], self._stemmer, return_ids=False)
        return int((self._retriever.get_scores(tokens[0]) > 0.0).sum())

    def close(self) -> None:
        del self._retriever

    @classmethod
    def lacks(cls, module: object) -> str | None:
        try:
            import bm25s  # noqa: F401
            import Stemmer  # noqa: F401
        except ImportError as error:
            return f"bm25s is not installed ({error})"
        return None


def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")


def _tokens(texts: list[str], stemmer: Any, return_ids: bool = True) -> Any:
    import bm25s

    return bm25s.tokenize(
        texts, token_pattern=_WORD, stopwords=[], stemmer=stemmer, return_ids=return_ids, show_progress=False
    )
