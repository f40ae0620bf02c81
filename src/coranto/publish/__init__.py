"""The record -> people: pages, API, formats."""
