"""`/missions`, `/people` and the other lists, with facets, as pages."""

from functools import partial

from flask import Blueprint, Response

from server.asking.asker import asked_release
from server.asking.paging import Page, numbers_around, whole_number
from server.browse.facets import Chosen, chosen, facets, fitting
from server.browse.items import items_of
from server.browse.lines import in_order, lines, wanted_order
from server.browse.listing import Listing, listings
from server.browse.map_and_query import kin, places_map
from server.http.parameters import Parameters, allow, url_parameters
from server.i18n.languages import language
from server.page.links import link
from server.page.render import page, unchanged

blueprint = Blueprint("browse", __name__)
SIZE, MOST_PAGES = 100, 1000


def _list(name: str) -> Response:
    """A list. Raises Refused."""
    parameters, listing = url_parameters(), listings()[name]
    release = asked_release(parameters)
    if same := unchanged(release):
        return same
    items, reader = items_of(listing, release), language()
    marked, order = chosen(listing, items, parameters), wanted_order(listing, parameters)
    found = in_order(fitting(items.all, marked), order, items, reader)
    at = Page(whole_number(parameters, "page", 1, MOST_PAGES), SIZE)
    return page(
        "browse.html",
        release,
        listing=listing,
        lines=lines(listing, found[at.offset : at.offset + at.size], items, reader),
        total=len(found),
        number=len(items.all),
        is_whole=items.is_whole,
        facets=facets(listing, items, marked, reader),
        is_narrowed=bool(marked),
        order=order,
        toggle=lambda facet, key: _address(name, _toggled(marked, facet, key), parameters),
        without=_address(name, {}, parameters),
        drawing=places_map(listing, found, items, release, reader),
        kin=kin(listing, marked, items, release),
        pages=numbers_around(at, len(found)),
        this_page=at.number,
    )


def _toggled(marked: Chosen, facet: str, key: str) -> Chosen:
    """What is chosen when this value is chosen too, or no more."""
    keys = marked.get(facet, ())
    changed = tuple(one for one in keys if one != key) if key in keys else (*keys, key)
    return {**marked, facet: changed}


def _address(name: str, marked: Chosen, parameters: Parameters) -> str:
    order = [("sort", value) for value in parameters.all("sort")]
    return link(f"/{name}", [*((facet, key) for facet, keys in marked.items() for key in keys), *order])


def _add(name: str, listing: Listing) -> None:
    names = ("page", "sort", *listing.facets)
    blueprint.add_url_rule(f"/{name}", name, partial(_list, name))
    blueprint.record(lambda setup: allow(setup.app, f"browse.{name}", names))


for _name, _listing in listings().items():
    _add(_name, _listing)
