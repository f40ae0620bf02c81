"""What only English knows: time grammar, number words, cue lists, function words."""
