"""What the front hears of processes that are gone, at whatever moment."""

import pytest

from server.front.processes import Zygote
from server.processes.channel import MOST_BYTES, Channel, Closed, memory_file, read_memory_file


def test_a_message_arrives_with_its_descriptors() -> None:
    ours, theirs = Channel.pair()
    text = "بعثة".encode() * MOST_BYTES
    ours.send({"do": "read"}, [memory_file(text)])
    message, [descriptor] = theirs.receive()
    assert (message, read_memory_file(descriptor)) == ({"do": "read"}, text)
    ours.close()
    theirs.close()


@pytest.mark.parametrize("whose", ["ours", "theirs"])
def test_a_closed_end_is_told_as_such(whose: str) -> None:
    ours, theirs = Channel.pair()
    (ours if whose == "ours" else theirs).close()
    with pytest.raises(Closed):
        ours.send({})
    with pytest.raises(Closed):
        ours.receive()
    ours.close()
    theirs.close()


def test_a_silent_end_is_a_time_limit_not_an_end() -> None:
    ours, theirs = Channel.pair()
    ours.set_timeout(0.01)
    with pytest.raises(TimeoutError):
        ours.receive()
    ours.close()
    theirs.close()


def test_the_children_of_a_zygote_that_was_closed_count_as_dead() -> None:
    ours, theirs = Channel.pair()
    zygote = Zygote(ours)
    zygote.close()
    assert zygote.reap(1) < 0
    theirs.close()
