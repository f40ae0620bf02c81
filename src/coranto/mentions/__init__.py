"""Sentence -> Mention, Speech."""
