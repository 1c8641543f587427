"""Questions as a consumer sends them, and answers held against the schemas that were written for the tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from samverka.rivta.rules import Contract
from samverka.rivta.rules.soap import ENVELOPE, REGISTRY
from samverka.rivta.rules.values import CORE

SCHEMAS = Path(__file__).parent / "schemas"
SOURCE = "SE2321000214-SAMVERKA"


@cache
def schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / f"{name}.xsd"))


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
    schema(contract.name).assertValid(etree.fromstring(etree.tostring(found)))
    return found


def texts(found: Any, name: str) -> list[str]:
    """What all elements of a name say."""
    return [one.text or "" for one in found.iter() if etree.QName(one).localname == name]
