"""Text → words, by the analysis that the real engine uses too: what a word is, is tested elsewhere."""

from __future__ import annotations

from searchkit.analysis import Analyzer, QueryToken, Token, analyzer_for
from searchkit.analysis.folding import fold
from searchkit.query.nodes import Fuzzy, Node, Phrase, Prefix, Regex, Wildcard, Word
from searchkit.schema import Keyword, Schema, Text


class Words:
    """The words of documents and queries of one schema; its text fields must share one language."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        analyses = {field.analysis for field in schema.fields.values() if isinstance(field, Text)}
        if len(analyses) != 1:
            raise ValueError("the naive engine knows one analysis an index")
        self.text = Analyzer(*analyses.pop())
        self.keyword: Analyzer = analyzer_for(None)

    def of_text(self, text: str) -> list[Token]:
        """The tokens of a text field."""
        return self.text.tokens(text)

    def of_keyword(self, value: str) -> list[Token]:
        """The tokens of one value of a keyword field: words as written, not stems."""
        return self.keyword.tokens(value)

    def in_query(self, node: Word | Phrase | Prefix) -> list[QueryToken] | None:
        """The tokens of a piece of a query, or None where its field is not one that has words.

        What `Prefix` adds: the last token stands for all words that start so.
        """
        analyzer = self._analyzer(node.field)
        if analyzer is None:
            return None
        return analyzer.query_tokens(node.text, prefix=isinstance(node, Prefix))

    def of_query(self, node: Word | Phrase | Prefix) -> list[QueryToken]:
        """The tokens of a piece of a query whose field has words."""
        tokens = self.in_query(node)
        assert tokens is not None
        return tokens

    def is_empty(self, node: Node) -> bool:
        """Whether nothing is left of a piece of text."""
        if isinstance(node, Word | Phrase | Prefix):
            return self.in_query(node) == []
        if isinstance(node, Wildcard | Regex | Fuzzy) and self._analyzer(node.field) is not None:
            return fold(node.text) == ""
        return False

    def is_stop_word(self, node: Node) -> bool:
        """Whether a node is a word for all text fields that is nothing but a stop word."""
        if not isinstance(node, Word) or node.field is not None:
            return False
        if "." in node.text.strip(".") or node.text in ("US", "IT", "WHO"):
            return False
        tokens = self.text.query_tokens(node.text)
        return len(tokens) == 1 and self.text.is_stop_word(tokens[0].form)

    def _analyzer(self, field: str | None) -> Analyzer | None:
        if field is None or isinstance(self.schema.fields[field], Text):
            return self.text
        kind = self.schema.fields[field]
        return self.keyword if isinstance(kind, Keyword) and kind.parts else None
