"""Questions as a consumer sends them, and answers held against the contracts' schemas.

Those in `schemas` are ours: names, order, numbers and types are the published ones', without what an answer of ours never
holds. Where `SAMVERKA_RIV_SCHEMAS` names a folder with the published schemas (`core_components`, `interactions`), each
message is held against those too.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from samverka.rivta.rules import Contract
from samverka.rivta.rules.soap import ENVELOPE, REGISTRY
from samverka.rivta.rules.values import CORE

SCHEMAS = Path(__file__).parent / "schemas"
SOURCE = "SE2321000214-SAMVERKA"


PUBLISHED = Path(os.environ.get("SAMVERKA_RIV_SCHEMAS") or "-")
_VERSIONS = {"GetCarePlans": "2.0", "GetCareContacts": "3.0", "Update": "1.0"}


@cache
def schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / f"{name}.xsd"))


class _NoAnchors(etree.Resolver):  # type: ignore[misc]  # lxml has no types
    """The index's schema writes `^…$`, which are no anchors in a schema but letters; what is meant is what the tools take."""

    def resolve(self, url: str, _public_id: str, context: Any) -> Any:
        text = Path(url).read_text().replace('value="^', 'value="').replace('$"', '"')
        return self.resolve_string(text.encode(), context, base_url=url)


@cache
def published(name: str) -> etree.XMLSchema | None:
    """The schema as it was published; None where nobody has said where it lies."""
    place = PUBLISHED / f"interactions/{name}Interaction/{name}Responder_{_VERSIONS[name]}.xsd"
    parser = etree.XMLParser()
    parser.resolvers.add(_NoAnchors())
    return etree.XMLSchema(etree.parse(place, parser)) if place.is_file() else None


def valid(found: Any, contract: Contract | str) -> None:
    """Hold a message against the schemas of its contract."""
    name = contract if isinstance(contract, str) else contract.name
    message = etree.fromstring(etree.tostring(found))
    schema(name).assertValid(message)
    if whole := published(name):
        whole.assertValid(message)


def question(contract: Contract, parts: str, address: str = SOURCE) -> bytes:
    """A question; `parts`: its elements, with `c:` for the domain's name space."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<s:Envelope xmlns:s="{ENVELOPE}" xmlns:i="{REGISTRY}" xmlns="{contract.space}" xmlns:c="{CORE}">
<s:Header><i:LogicalAddress>{address}</i:LogicalAddress></s:Header>
<s:Body><{contract.name}>{parts}</{contract.name}></s:Body></s:Envelope>""".encode()


def about(number: str, kind: str = "1.2.752.129.2.1.3.1") -> str:
    return f"<patientId><c:id>{number}</c:id><c:type>{kind}</c:type></patientId>"


def inside(text: bytes) -> Any:
    """The element in the body."""
    [found] = etree.fromstring(text).find(f"{{{ENVELOPE}}}Body")
    return found


def answer(text: bytes, contract: Contract) -> Any:
    """The answer, valid by the schema."""
    found = inside(text)
    valid(found, contract)
    return found


def texts(found: Any, name: str) -> list[str]:
    """What all elements of a name say."""
    return [one.text or "" for one in found.iter() if etree.QName(one).localname == name]
