"""What granian serves: the shell around the app on an embedded engine, as the environment sets it."""

from server.app import create_app
from server.engine.embedded import EmbeddedEngine, EngineSettings
from server.logs import configure
from server.settings import MIB, Settings
from server.shell.asgi import Shell
from server.shell.cache import Cache
from server.shell.types import Message

READ_BODY = 1 << 20
WRITE_PATHS = ("/update", "/graphs")


def shell() -> Shell:
    """Makes everything from the environment, once a server process."""
    settings = Settings()
    configure(settings.log_level)
    engine = EmbeddedEngine(settings.store, engine_settings(settings))

    def body_limit(scope: Message) -> int:
        return settings.body * MIB if scope["path"].startswith(WRITE_PATHS) else READ_BODY

    app = create_app(engine, settings)
    return Shell(app, Cache(settings.cache * MIB), engine.release_id, body_limit, engine.close)


def engine_settings(settings: Settings) -> EngineSettings:
    """What of the settings concerns the engine, in its units."""
    return EngineSettings(
        memory=settings.memory * MIB,
        in_memory=settings.in_memory * MIB,
        running=settings.workers,
        queue=settings.queue,
        default_graph=settings.default_graph,
    )
