"""Laws of evidence over the bundled reports: every value rests on words that are really there."""

from law_tools import LAYERS, all_ids, inside
from msgspec.structs import replace

from coranto.records import Basis, CodedEvent, Sourced, Span, Speech, Words

TRIGGER = 12  # tokens


def test_every_bundled_report_is_coded(bundled):
    assert not bundled.failures
    assert len(bundled.analyses) >= 40
    assert sum(len(a.events) for a in bundled.analyses) > 150


def test_quotes_are_the_words_at_their_spans(bundled):
    texts = {a.document.id: a.document.text for a in bundled.analyses}
    record = bundled.record
    held = [*bundled.analyses, *record.events, *record.positions, *record.lineage]
    words = [w for r in held for w in inside(r, Words)]
    assert len(words) > 2_000
    wrong = [w for w in words if texts[w.document][w.span.start : w.span.end] != w.quote]
    assert not wrong, wrong[:5]


def test_evidence_of_a_layer_is_of_its_own_document(bundled):
    wrong = [(a.document.uri, w) for a in bundled.analyses for w in inside(a, Words) if w.document != a.document.id]
    assert not wrong, wrong[:5]


def test_only_the_assumed_lacks_evidence(bundled):
    sourced = [s for a in bundled.analyses for s in inside(a, Sourced)]
    assert len(sourced) > 1_500
    assert not [s for s in sourced if s.basis is not Basis.ASSUMED and not s.evidence]


def test_scores_are_between_0_and_1_and_say_who_gave_them(bundled):
    sourced = [s for a in bundled.analyses for s in inside(a, Sourced)]
    assert not [s for s in sourced if not 0 <= s.score <= 1][:5]
    assert not [s for s in sourced if "/" not in s.by][:5]


def test_spans_lie_in_the_text(bundled):
    wrong = [(a.document.uri, s) for a in bundled.analyses for s in inside(a, Span) if s.end > len(a.document.text)]
    assert not wrong, wrong[:5]


def test_triggers_are_short_and_in_their_sentence(bundled):
    for a in bundled.analyses:
        sentences = {s.id: s for s in a.sentences}
        for e in a.events:
            s = sentences[e.sentence]
            assert e.trigger.span in s.span
            tokens = sum(e.trigger.span.overlaps(Span(b, d)) for b, d in zip(s.tokens.starts, s.tokens.ends) if b < d)
            assert 1 <= tokens <= TRIGGER, e.trigger.quote


def test_ids_are_unique(bundled):
    for layer, ids in all_ids(bundled.analyses).items():
        assert len(ids) == len(set(ids)), layer
    assert len({a.document.id for a in bundled.analyses}) == len(bundled.analyses)
    assert len({e.id for e in bundled.record.events}) == len(bundled.record.events)


def test_what_is_named_exists(bundled):
    """Every id that a record names is the id of a record of the same analysis."""
    for a in bundled.analyses:
        held = {layer: {getattr(r, "id", "") for r in getattr(a, layer)} for layer in LAYERS}
        for s in a.sentences:
            assert s.report in held["reports"]
        for m in a.mentions:
            assert m.sentence in held["sentences"]
        for r in a.referents:
            assert r.mention in held["mentions"]
        for p in a.predicates:
            assert p.sentence in held["sentences"]
            assert p.parent in held["predicates"] | {""}
        for e in a.events:
            assert e.document == a.document.id
            assert e.report in held["reports"] and e.sentence in held["sentences"]
            assert e.predicate in held["predicates"]
            assert e.parent in (held["events"] | {""}) - {e.id}
        for s in a.speech:
            assert s.parent in (held["speech"] | {""}) - {s.id}


def test_attribution_is_of_the_speech_layer(bundled):
    for a in bundled.analyses:
        speech = {s.id: s for s in inside(a.speech, Speech)}
        for e in inside(a.events, CodedEvent):
            for said in e.attribution:
                found = speech[said.id]  # the speaker may have been given the report's country
                assert replace(said, speaker=found.speaker) == found, e.trigger.quote


def test_the_record_holds_every_coded_event_once(bundled):
    coded = sorted(e.id for a in bundled.analyses for e in a.events)
    assert sorted(c for e in bundled.record.events for c in e.coded) == coded


def test_readings_and_voices_are_of_the_events_members(bundled):
    for event in bundled.record.events:
        assert event.coded and event.voices and event.reports
        origins = {v.origin for v in event.voices}
        assert len(origins) == len(event.voices)
        assert {c for v in event.voices for c in v.coded} == set(event.coded)
        for field in ("actors", "recipients", "place", "time", "figures", "modality"):
            for reading in getattr(event, field):
                assert set(reading.coded) <= set(event.coded)
                assert set(reading.voices) <= origins
        for r in event.relations:
            readings = getattr(event, {"occurrence": "modality"}.get(r.field, r.field))
            assert r.a < len(readings) and r.b < len(readings) and r.a != r.b
            assert r.why


def test_a_part_belongs_to_an_event_and_not_to_itself(bundled):
    ids = {e.id for e in bundled.record.events}
    for e in bundled.record.events:
        assert e.part_of in (ids | {""}) - {e.id}
