"""Gold -> scores."""
