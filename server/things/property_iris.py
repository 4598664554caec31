"""The properties that pages of things know by name, where more than one of their parts does."""

from server.things.names import iri

PARTICIPATION, HAS_MEETING = iri("unm:hasParticipation"), iri("unm:hasMeeting")
PARTICIPANT, EVENT, ROLE = iri("unm:participant"), iri("unm:participationIn"), iri("unm:role")
CAPACITY, CERTAINTY = iri("unm:inCapacity"), iri("unm:certainty")
DATE_CERTAINTY, PLACE_CERTAINTY = iri("unm:dateCertainty"), iri("unm:placeCertainty")
# A fact that is told of as a thing of its own, with how it is known.
FACT = SUBJECT, PREDICATE, OBJECT = iri("rdf:subject"), iri("rdf:predicate"), iri("rdf:object")
EVIDENCE, DERIVED = iri("unm:evidence"), iri("prov:wasDerivedFrom")
SUPPORTS, BODY = iri("unm:supports"), iri("oa:hasBody")
EDTF, FIRST_DAY, PLACE = iri("unm:edtf"), iri("unm:notBefore"), iri("unm:place")
PART_OF_MISSION, NOTE = iri("unm:partOfMission"), iri("skos:editorialNote")
# What a body, a post or a person belongs to, the nearest first.
PART_OF_BODY = tuple(map(iri, ("org:subOrganizationOf", "org:unitOf", "org:postIn", "org:memberOf")))
LATITUDE, LONGITUDE = iri("geo:lat"), iri("geo:long")
