"""Texts of one running matter are one story, whatever their order; others stay apart."""

import random

from coranto.linkage.stories import sketch, stories

WAR = ["Shelling of Kupiansk continues as Brigade Orlan advances near Dvorichna, governor Oleh Syniehubov said.",
       "Governor Oleh Syniehubov said shelling near Dvorichna and Kupiansk wounded four; Brigade Orlan claimed gains.",
       "Brigade Orlan claims gains near Kupiansk while Dvorichna empties."]  # fmt: skip
TALKS = ["Envoys Haruto Sato and Mirela Popa resume fisheries negotiations in Lisbon over herring quotas.",
         "Herring quotas divide Lisbon fisheries negotiations, envoys Mirela Popa and Haruto Sato say."]  # fmt: skip
OTHERS = [f"Council {n} debates budget line {n * 17} for libraries, parks and {w}." for n, w in
          enumerate("roads trams schools bridges museums gardens ponds markets".split())]  # fmt: skip


def sketches():
    return [sketch(f"{n:02}", text, 1000 + n) for n, text in enumerate([*WAR, *TALKS, *OTHERS])]


def test_running_matters_are_found():
    of = stories(sketches())
    assert of["00"] == of["01"] == of["02"] == "00"
    assert of["03"] == of["04"] == "03"
    assert of["00"] != of["05"]


def test_order_changes_nothing():
    some = sketches()
    expected = stories(some)
    for seed in range(5):
        random.Random(seed).shuffle(some)
        assert stories(some) == expected


def test_months_apart_are_two_stories():
    of = stories([sketch("a", WAR[0], 1000), sketch("b", WAR[0], 1100), sketch("c", OTHERS[0], 1000)])
    assert of["a"] != of["b"]


def test_nothing_has_no_story():
    assert stories([]) == {}
    assert stories([sketch("a", "")]) == {"a": "a"}
