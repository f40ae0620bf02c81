"""Records that wait in a file."""

from newsroom import country

from coranto.linkage.spool import Spool
from coranto.records import Ref


def test_a_spool_gives_what_was_put_in_as_often_as_wanted():
    held = [country("SDN"), country("TCD"), country("UKR")]
    spool = Spool(Ref, iter(held))
    assert list(spool) == held
    assert list(spool) == held
    assert list(Spool(Ref, ())) == []
