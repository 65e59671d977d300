"""One writer an index: among threads, handles, processes and forks."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from searchkit.errors import LockTimeout, WriteFailed
from searchkit.storage import FileSystem, Store
from searchkit.storage.lock import WriterLock
from tests.storage.support import commit, names, new_store

HOLD = """
    import sys
    from searchkit.storage import Store
    with Store.open(sys.argv[1]).writer_lock():
        print("held", flush=True)
        sys.stdin.read()
"""
COUNT = """
    import sys
    from dataclasses import replace
    from searchkit.storage import Store
    store = Store.open(sys.argv[1])
    for _ in range(15):
        with store.writer_lock(timeout=60):
            current = store.current()
            store.commit(replace(current, next_sequence=current.next_sequence + 1))
"""


def start(script: str, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(script), str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def free(folder: Path) -> bool:
    """Whether the operating system would give the lock to somebody."""
    with open(folder / "lock", "rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def test_another_process_is_named_and_its_death_frees_the_lock(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    with start(HOLD, tmp_path) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        began = time.monotonic()
        with pytest.raises(LockTimeout, match=rf"locked by process {child.pid} on .* since 20..-") as caught:
            store.writer_lock(timeout=0.2)
        assert time.monotonic() - began >= 0.2
        assert caught.value.path == str(tmp_path / "lock")
        child.kill()
        commit(store, b"x")


def test_a_waiting_writer_gets_the_lock_when_it_is_freed(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    with start(HOLD, tmp_path) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        timer = threading.Timer(0.1, child.communicate)
        timer.start()
        with store.writer_lock(timeout=60) as session:
            assert session.alive
        timer.join()


def test_competing_processes_lose_no_commit(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    children = [start(COUNT, tmp_path) for _ in range(2)]
    for child in children:
        child.communicate()
        assert child.returncode == 0
    assert store.current().next_sequence == 30


def test_competing_threads_lose_no_commit(tmp_path: Path) -> None:
    store = new_store(tmp_path)

    def count(handle: Store) -> None:
        for _ in range(10):
            with handle.writer_lock(timeout=60):
                current = handle.current()
                handle.commit(replace(current, next_sequence=current.next_sequence + 1))

    threads = [threading.Thread(target=count, args=[handle]) for handle in (store, store, Store.open(tmp_path))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.current().next_sequence == 30


def test_a_second_handle_in_this_process_waits_too_and_frees_nothing(tmp_path: Path) -> None:
    store, other = new_store(tmp_path), Store.open(tmp_path)
    with store.writer_lock():
        for _ in range(2):
            with pytest.raises(LockTimeout, match=rf"another writer in this process \({os.getpid()}\)"):
                other.writer_lock(timeout=0.01)
        assert not free(tmp_path)
    assert free(tmp_path)


def test_the_lock_file_is_never_deleted_and_names_nobody_when_free(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    inode = os.stat(tmp_path / "lock").st_ino
    with store.writer_lock() as session:
        assert (tmp_path / "lock").read_text().startswith(f"process {os.getpid()} on ")
    session.release()
    assert os.stat(tmp_path / "lock").st_ino == inode
    assert not (tmp_path / "lock").read_text().strip()


@pytest.mark.parametrize("label", [b"", b"\xff\x1b[31m red \n", b"\0" * 300])
def test_a_holder_that_left_no_name_is_still_waited_for(tmp_path: Path, label: bytes) -> None:
    new_store(tmp_path)
    (tmp_path / "lock").write_bytes(label)
    with open(tmp_path / "lock", "rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(LockTimeout, match="a process that did not leave its name"):
            WriterLock(str(tmp_path), timeout=0)


def test_a_lock_file_that_is_replaced_at_the_wrong_moment_is_not_trusted(tmp_path: Path) -> None:
    class Replaced(FileSystem):
        left = 2

        def try_lock(self, descriptor: int) -> bool:
            if self.left:
                self.left -= 1
                os.unlink(tmp_path / "lock")
            return super().try_lock(descriptor)

    new_store(tmp_path)
    with WriterLock(str(tmp_path), file_system=Replaced()) as lock:
        assert lock.intact
        assert not free(tmp_path)


def test_a_full_disk_does_not_keep_the_lock_from_being_taken(tmp_path: Path) -> None:
    class Full(FileSystem):
        def write_label(self, descriptor: int, data: bytes) -> None:
            raise OSError(28, "No space left on device")

        def read_label(self, path: str, size: int) -> bytes:
            raise OSError(5, "Input/output error")

    new_store(tmp_path)
    with WriterLock(str(tmp_path), file_system=Full()) as lock:
        assert lock.held
    with start(HOLD, tmp_path) as child:
        assert child.stdout is not None
        child.stdout.readline()
        with pytest.raises(LockTimeout, match="did not leave its name"):
            WriterLock(str(tmp_path), 0, Full())
        child.communicate()


@pytest.mark.parametrize("step", ["open_lock", "try_lock", "same_file"])
def test_a_lock_that_cannot_be_taken_is_a_typed_error_and_leaves_nothing_behind(tmp_path: Path, step: str) -> None:
    class Broken(FileSystem):
        def __getattribute__(self, name: str) -> object:
            if name == step:
                raise PermissionError(13, "Permission denied")
            return super().__getattribute__(name)

    store = new_store(tmp_path)
    with pytest.raises(WriteFailed, match="lock cannot be taken: Permission denied"):
        Store.open(tmp_path, file_system=Broken()).writer_lock()
    commit(store, b"x")


def test_a_failure_to_free_the_lock_is_mended_by_closing_and_hides_no_other_error(tmp_path: Path) -> None:
    class Broken(FileSystem):
        def unlock(self, descriptor: int) -> None:
            raise OSError(37, "No locks available")

        def close(self, descriptor: int) -> None:
            super().close(descriptor)
            raise OSError(5, "Input/output error")

    store = new_store(tmp_path)
    lock = WriterLock(str(tmp_path), file_system=Broken())
    with pytest.raises(KeyError), lock:
        raise KeyError("more important")
    commit(store, b"x")


def test_an_interrupted_wait_leaves_nothing_behind(tmp_path: Path) -> None:
    class Interrupted(FileSystem):
        def try_lock(self, descriptor: int) -> bool:
            raise KeyboardInterrupt

    store = new_store(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        WriterLock(str(tmp_path), file_system=Interrupted())
    commit(store, b"x")


def test_without_flock_reading_works_and_writing_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(new_store(tmp_path), b"x")
    monkeypatch.setattr("searchkit.storage.filesystem.fcntl", None)
    store = Store.open(tmp_path)
    assert not list(store.verify())
    with pytest.raises(WriteFailed, match="needs a POSIX system"):
        store.writer_lock()


FORK = """
    import os, sys
    from dataclasses import replace
    from searchkit.errors import LockTimeout, WriterDead
    from searchkit.storage import Store

    def must_raise(kind, call, *arguments):
        try:
            call(*arguments)
        except kind:
            return
        raise AssertionError(f"{call} did not raise {kind}")

    store = Store.open(sys.argv[1])
    with store.writer_lock() as session:
        file = store.new_file(".seg")
        file.write(b"parent's")
        child = os.fork()
        if child == 0:
            assert not session.held and not session.alive
            must_raise(WriterDead, store.new_file, ".seg")
            must_raise(WriterDead, file.finish)
            must_raise(WriterDead, store.commit, store.current())
            must_raise(LockTimeout, store.writer_lock, 0)
            sys.exit(7)  # leaves the block: nothing of the parent's is removed or freed
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
        assert session.alive
        entry = file.finish()
        store.commit(replace(store.current(), attachments={"a": entry}))
"""
ORPHANED = """
    import os, sys, time
    from searchkit.storage import Store
    session = Store.open(sys.argv[1]).writer_lock()
    if os.fork() == 0:
        print("forked", flush=True)
        time.sleep(60)
        os._exit(0)
    time.sleep(60)
"""


def test_a_forked_child_has_no_part_in_its_parents_writing(tmp_path: Path) -> None:
    new_store(tmp_path)
    with start(FORK, tmp_path) as child:
        child.communicate()
    assert child.returncode == 0
    with Store.open(tmp_path).snapshot() as snapshot:
        assert [bytes(mapped.view) for mapped in snapshot.files.values()] == [b"parent's"]
    assert len(names(tmp_path)) == 4


def test_a_forked_child_does_not_keep_the_lock_of_a_dead_parent(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    command = [sys.executable, "-c", textwrap.dedent(ORPHANED), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as parent:
        try:
            assert parent.stdout is not None
            assert parent.stdout.readline() == "forked\n"
            parent.kill()
            parent.wait()
            commit(store, b"x")
        finally:
            os.killpg(parent.pid, signal.SIGKILL)


def test_a_thread_does_not_wait_for_itself(tmp_path: Path) -> None:
    with WriterLock(str(tmp_path)), pytest.raises(LockTimeout, match="which this very thread has open"):
        WriterLock(str(tmp_path), timeout=60)


def test_an_interruption_before_the_lock_is_held_leaves_it_free(tmp_path: Path) -> None:
    class Interrupted(FileSystem):
        def open_lock(self, path: str) -> int:
            raise KeyboardInterrupt

    store = new_store(tmp_path / "index")
    with pytest.raises(KeyboardInterrupt):
        WriterLock(store.path, 0.0, Interrupted())
    WriterLock(store.path, 0.0).release()
