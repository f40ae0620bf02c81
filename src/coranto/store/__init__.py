"""The record <-> tables."""
