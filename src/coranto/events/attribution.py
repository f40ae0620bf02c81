"""Speech layer, trigger -> the chain of speech that governs it, innermost first."""

from coranto.records import Analysis, Modality, Span, Speech

STANCES = {
    "claims": Modality.CLAIMED,
    "alleges": Modality.ALLEGED,
    "accuses": Modality.ALLEGED,
    "denies": Modality.DENIED,
    "believes": Modality.POSSIBLE,
}


def chain(analysis: Analysis, trigger: Span) -> tuple[Speech, ...]:
    """The speeches whose content holds the trigger, the one with the least content first."""
    held = [s for s in analysis.speech if s.source and any(trigger in c for c in s.content)]
    held.sort(key=lambda s: (sum(c.end - c.start for c in s.content), s.id))
    return tuple(held)


def stance_modality(speech: Speech) -> Modality | None:
    """What the stance of a cue makes of what it attributes; None where it merely says so."""
    return STANCES.get(speech.stance)
