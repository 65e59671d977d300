"""The version of searchkit."""

VERSION = "0.1.0"
