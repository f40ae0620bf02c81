from coranto.knowledge import load

TABLE = load().outlets


def test_an_outlet_is_found_by_any_host_below_its_domain():
    assert TABLE.by_domain("edition.cnn.com").name == "CNN"
    assert TABLE.by_domain("https://www.bbc.co.uk/news/1").name == "BBC"
    assert TABLE.by_domain("timesofindia.indiatimes.com").name == "The Times of India"
    assert TABLE.by_domain("example.org") is None


def test_names_are_found_whatever_their_case_article_or_accents():
    assert TABLE.by_name("the associated press").id == TABLE.by_name("AP").id
    assert TABLE.by_name("El Pais") is TABLE.by_name("El País")
    assert TABLE.by_name("Nobody's Gazette") is None


def test_names_that_mean_other_things_are_not_looked_for_in_running_text():
    assert TABLE.spoken_names.findall("Time, the Sun and Mehr, said Reuters and Al Jazeera") == [
        "Reuters",
        "Al Jazeera",
    ]
    assert "Al Jazeera" not in TABLE.wire_names.findall("Al Jazeera and AFP")


def test_every_row_is_whole():
    ids = [o.id for o in TABLE.outlets]
    assert len(ids) == len(set(ids)) > 300
    assert all(len(o.country) in {0, 3} and o.family for o in TABLE.outlets)
    assert all(o.domains or o.kind in {"agency", "broadcaster"} for o in TABLE.outlets)
