"""The tests of searchkit; a package, so that they can share the naive engine of tests.oracle."""
