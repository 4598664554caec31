"""A disposable process that makes the next release."""

from server.engine.channel import Channel


def serve(channel: Channel, orders: dict[str, object]) -> None:
    raise NotImplementedError
