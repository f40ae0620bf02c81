"""Mention -> Referent."""
