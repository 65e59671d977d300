"""The process that the tests kill: commits without end, and prints each generation once its commit is acknowledged."""

from __future__ import annotations

import random
import sys
from dataclasses import replace

from searchkit.storage import SegmentEntry, Store


def add_segment(store: Store, generation: int, chance: random.Random) -> SegmentEntry:
    with store.new_file(".seg") as file:
        for _ in range(chance.randint(1, 40)):
            file.write(b"%08d" % generation * chance.choice([1, 100, 20_000]))
        return SegmentEntry(file.id, file.finish(), None, 1, 1, 1)


def main(path: str) -> None:
    store, chance = Store.open(path), random.Random()
    while True:
        with store.writer_lock(timeout=60):
            current = store.current()
            added = add_segment(store, current.generation + 1, chance)
            kept = current.segments[-4:] if chance.random() < 0.9 else ()
            store.commit(replace(current, segments=(*kept, added)))
            print(current.generation + 1, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
