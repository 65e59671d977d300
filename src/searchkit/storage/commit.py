"""The commit: a new manifest takes effect, atomically and durably, or not at all."""

from __future__ import annotations

from searchkit.errors import CommitUncertain, StorageError
from searchkit.storage.manifest import Manifest, encode
from searchkit.storage.names import TEMPORARY, join, manifest_name
from searchkit.storage.new_file import NewFile
from searchkit.storage.session import WriteSession, sync_folder

__all__ = ["publish"]


def publish(session: WriteSession, manifest: Manifest) -> None:
    """Make `manifest` the index's newest generation; its new files are finished, hence on the disk.

    Raises `WriteFailed` where nothing changed and everything new was removed, `CommitUncertain` where the manifest has
    its name but may lose it in a power cut. Either ends the session.
    """
    data = encode(manifest)
    session.check_lock_file()
    # The names of the new files reach the disk before the manifest that names them.
    sync_folder(session)
    draft = _write_draft(session, data)
    source, target = join(session.folder, draft), join(session.folder, manifest_name(manifest.generation))
    if session.file_system.exists(target):
        raise session.failed(target, FileExistsError(None, "exists already"))
    try:
        session.file_system.rename(source, target)
        _adopt(session, manifest, draft)
        session.file_system.sync_directory(session.folder)
    except BaseException as error:
        if session.file_system.exists(source):
            if isinstance(error, OSError):
                raise session.failed(target, error) from error
            raise
        _adopt(session, manifest, draft)
        session.fail("its last commit is uncertain")
        if isinstance(error, OSError):
            raise _uncertain(session, manifest, error) from error
        raise


def _write_draft(session: WriteSession, data: bytes) -> str:
    with NewFile(session, TEMPORARY) as file:
        file.write(data)
        return file.finish().name


def _adopt(session: WriteSession, manifest: Manifest, draft: str) -> None:
    """The files belong to the index now: the session's end must not remove them."""
    session.forget(draft)
    for entry in manifest.files():
        session.forget(entry.name)


def _uncertain(session: WriteSession, manifest: Manifest, error: OSError) -> StorageError:
    return CommitUncertain(
        f"{session.folder}: generation {manifest.generation} was committed but its last sync failed "
        f"({error.strerror or error}): it may or may not survive a power cut; reopen to see it"
    )
