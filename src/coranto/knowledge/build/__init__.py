"""Packages and authored tables -> the data files that ship; run by hand, never at run time."""
