"""Bytes -> Document -> Report."""
