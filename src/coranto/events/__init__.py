"""All layers before -> Predicate, CodedEvent."""
