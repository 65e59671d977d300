"""Tests of storage across power cuts (simulated) and killed processes (real)."""
