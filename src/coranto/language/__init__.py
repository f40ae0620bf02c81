"""What stages know of language: parse trees (any language), and one folder for each language's own grammar."""
