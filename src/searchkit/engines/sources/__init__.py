"""source files → an index that follows them: only what is new, changed or gone since the last time is processed."""

from searchkit.engines.sources.memory import ATTACHMENT
from searchkit.engines.sources.report import SourceReport
from searchkit.engines.sources.update import update

__all__ = ["ATTACHMENT", "SourceReport", "update"]
