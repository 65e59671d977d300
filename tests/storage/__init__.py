"""Tests of storage: files, lock, manifest, commit, snapshot, garbage."""
