"""the only user of the operating system: files, lock, manifest, commit, snapshot, garbage."""
