"""Tests of storage on a file system that fails at the k-th call."""
