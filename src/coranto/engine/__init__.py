"""Stages joined: the pipeline and what runs it."""
