"""Report -> Sentence."""
