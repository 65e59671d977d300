"""Tests of damaged files: a typed error, whatever the damage."""
