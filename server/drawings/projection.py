"""The window of a map: which part of the earth it shows, and where on the paper a place lies."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from server.i18n.texts import texts

WIDTH, LOWEST, HIGHEST = 900, 380, 620
MARGIN = 60
# A map of one town shows so many degrees of latitude, and twice as much across: enough to know where it is.
FEWEST_DEGREES = 18
Point = tuple[float, float]


@dataclass(frozen=True)
class GridLine:
    """A meridian or a parallel; on a small map only every other one is `is_named`."""

    is_meridian: bool
    at: float
    text: str
    is_named: bool


@dataclass(frozen=True, kw_only=True)
class Projection:
    """Plate carrée, with degrees of longitude as wide as they are in the middle of the map."""

    west: float
    north: float
    scale: float
    squeeze: float
    height: int

    def x(self, longitude: float) -> float:
        return MARGIN + (longitude - self.west) * self.scale * self.squeeze

    def y(self, latitude: float) -> float:
        return MARGIN + (self.north - latitude) * self.scale


def around(points: Sequence[Point]) -> Projection:
    """A window with all the points (longitude, latitude) in it, some space around them."""
    (west, east), (south, north) = ((min(some), max(some)) for some in zip(*points, strict=True))
    squeeze = max(math.cos(math.radians((south + north) / 2)), 0.2)
    across = max((east - west) * squeeze, 2 * FEWEST_DEGREES)
    down = max(north - south, FEWEST_DEGREES)
    scale = min((WIDTH - 2 * MARGIN) / across, (HIGHEST - 2 * MARGIN) / down)
    height = round(min(max(down * scale + 2 * MARGIN, LOWEST), HIGHEST))
    spare = (WIDTH - 2 * MARGIN) / scale - (east - west) * squeeze
    above = (height - 2 * MARGIN) / scale - (north - south)
    return Projection(
        west=west - spare / squeeze / 2, north=north + above / 2, scale=scale, squeeze=squeeze, height=height
    )


def grid(projection: Projection, language: str) -> Iterator[GridLine]:
    """Lines at round degrees, a handful in each direction."""
    per_degree = projection.scale * projection.squeeze
    step = next((s for s in (1, 2, 5, 10, 20, 30) if s * per_degree >= 90), 45)
    for degrees in range(-180, 181, step):
        if 0 <= (x := projection.x(degrees)) <= WIDTH:
            yield GridLine(True, round(x, 1), _longitude(degrees, language), degrees % (2 * step) == 0)
    for degrees in range(-90, 91, step):
        if 0 <= (y := projection.y(degrees)) <= projection.height:
            yield GridLine(False, round(y, 1), _latitude(degrees, language), degrees % (2 * step) == 0)


def _longitude(degrees: int, language: str) -> str:
    translate = texts(language).gettext
    east, west = translate("%(degrees)s°E"), translate("%(degrees)s°W")
    return (east if degrees > 0 else west) % {"degrees": abs(degrees)} if degrees else "0°"


def _latitude(degrees: int, language: str) -> str:
    translate = texts(language).gettext
    north, south = translate("%(degrees)s°N"), translate("%(degrees)s°S")
    return (north if degrees > 0 else south) % {"degrees": abs(degrees)} if degrees else "0°"
