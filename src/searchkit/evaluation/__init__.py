"""How good is a ranking? Judged queries are run, measured and compared.

Topics (queries with an id), judgments and runs are read and written in the formats of TREC and as tab-separated values.
"""

from searchkit.evaluation.comparison import Comparison, compare
from searchkit.evaluation.judgments import Judgments, read_judgments
from searchkit.evaluation.measures import MEASURES, Scores, score
from searchkit.evaluation.runs import Run, read_run, run_topics, write_run
from searchkit.evaluation.topics import read_topics

__all__ = [
    "MEASURES",
    "Comparison",
    "Judgments",
    "Run",
    "Scores",
    "compare",
    "read_judgments",
    "read_run",
    "read_topics",
    "run_topics",
    "score",
    "write_run",
]
