"""Names that stayed unknown."""

from pathlib import Path

from coranto.engine.unknown import read
from coranto.knowledge import Knowledge


def test_unknown_names_come_most_frequent_first(tmp_path: Path, knowledge: Knowledge) -> None:
    first = "Gregor Halvik met France's president in Paris. Gregor Halvik left the village of Ostrapetz at noon."
    (tmp_path / "a.txt").write_text(first)
    (tmp_path / "b.txt").write_text("Gregor Halvik spoke. Lena Dorvak listened.")
    found = read([str(tmp_path)], knowledge)
    actors = [u for u in found if u.kind == "actor"]
    assert (actors[0].name, actors[0].documents) == ("Gregor Halvik", 2)
    assert actors[0].mentions >= 3
    assert "Halvik" in actors[0].example
    assert "Lena Dorvak" in {u.name for u in actors}
    assert all("president" not in u.name for u in actors)
    assert "Ostrapetz" in {u.name for u in found if u.kind == "place"}
    assert "Paris" not in {u.name for u in found}
