"""SOAP 1.1: read with a parser that fetches nothing and expands nothing, and made."""

from __future__ import annotations

from lxml import etree

from samverka.kernel.text import Text
from samverka.kernel.text import text as _

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
REGISTRY = "urn:riv:itintegration:registry:1"
MOST_BYTES = 256 * 1024
"""A question is a few hundred bytes; more is no question."""

MOST_DEPTH = 32
MOST_ELEMENTS = 5_000


class BadXml(Exception):
    """It is no SOAP message: the answer is a fault. Never quotes what was sent."""

    def __init__(self, words: Text) -> None:
        super().__init__(str(words))
        self.words = words


class WrongRequest(Exception):
    """It is a message, but not one that the contract allows: the answer's result says so."""

    def __init__(self, words: Text) -> None:
        super().__init__(str(words))
        self.words = words


_NO_XML = _("Meddelandet är inte välformad XML.")
_NO_SOAP = _("Meddelandet är inget SOAP-meddelande.")
_TOO_LARGE = _("Meddelandet är för stort.")


def read_message(text: bytes) -> tuple[str, etree._Element]:
    """The logical address and the one element of the body.

    Raises:
        BadXml: no XML, a document type, too large or too deep, or no SOAP envelope.
    """
    if len(text) > MOST_BYTES:
        raise BadXml(_TOO_LARGE)
    root = _parsed(text)
    if root.tag != f"{{{ENVELOPE}}}Envelope":
        raise BadXml(_NO_SOAP)
    body = root.find(f"{{{ENVELOPE}}}Body")
    inside = [one for one in body if isinstance(one.tag, str)] if body is not None else []
    if len(inside) != 1:
        raise BadXml(_NO_SOAP)
    address = root.findtext(f"{{{ENVELOPE}}}Header/{{{REGISTRY}}}LogicalAddress") or ""
    return address.strip(), inside[0]


def _parsed(text: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise BadXml(_NO_XML) from problem
    if root.getroottree().docinfo.doctype:
        raise BadXml(_NO_SOAP)
    _check_size(root)
    return root


def _check_size(root: etree._Element) -> None:
    depth = count = 0
    for event, _one in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > MOST_DEPTH or count > MOST_ELEMENTS:
            raise BadXml(_TOO_LARGE)


def message(body: etree._Element, *, address: str = "") -> bytes:
    """An envelope around one element; `address`: the logical address, in what we send ourselves."""
    root = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap={"soapenv": ENVELOPE})
    if address:
        header = etree.SubElement(root, f"{{{ENVELOPE}}}Header")
        etree.SubElement(header, f"{{{REGISTRY}}}LogicalAddress").text = address
    etree.SubElement(root, f"{{{ENVELOPE}}}Body").append(body)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def fault(words: str, *, ours: bool = False) -> bytes:
    """A SOAP fault; `ours`: the fault is on this side."""
    made = etree.Element(f"{{{ENVELOPE}}}Fault")
    etree.SubElement(made, "faultcode").text = f"soapenv:{'Server' if ours else 'Client'}"
    etree.SubElement(made, "faultstring").text = clean(words)
    return message(made)


def clean(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold."""
    return "".join(
        one for one in text if one in "\t\n\r" or " " <= one < "\ufffe" or one > "\uffff"
    )
