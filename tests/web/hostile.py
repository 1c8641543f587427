"""What nobody sends by mistake: requests made to wear the server out, to break it, or to get in beside the gate.

Each line is a class that the fuzzers (`tools/fuzz_fhir.py`) or a hand has tried. What is sent must be taken or refused in words.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

JSON = "application/fhir+json"
PATCH = "application/json-patch+json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Hostile:
    """One request. `path`: below /fhir/R4; `{patient}` and `{plan}` are ids of ours."""

    what: str
    method: str
    path: str
    body: bytes = b""
    media: str = JSON
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def every() -> Iterator[Hostile]:
    """All of them."""
    yield from found()
    yield from bodies()
    yield from patches()
    yield from bundles()
    yield from searches()
    yield from addresses()
    yield from headers()
    yield from operations()


# ── found ──


def found() -> Iterator[Hostile]:
    """What a fuzzer or a hand has found to be a fault, and is none any more."""
    nameless = b'{"resourceType":"Parameters","parameter":[{"name":"a","":1,"valueString":"b"}]}'
    yield Hostile("a name of no letters", "POST", "Parameters", nameless)
    yield Hostile("a name of no letters, judged", "POST", "Parameters/$validate", nameless)
    yield Hostile("a Bundle with a broken name", "POST", "", b'{"resourceType":"Bundle","type":"batch","en\xf4ry":[]}')  # fmt: skip
    resource = {"resourceType": "Basic", "code": {"text": "x"}, "meta": {"versionId": ["1"]}}
    odd: tuple[Any, ...] = (["collection"], {}, "collection", None, "urn:uuid:a", 1)
    for kind in odd:
        for url in odd:
            entries = [
                {"fullUrl": url, "resource": resource},
                {"fullUrl": "urn:uuid:a", "resource": resource | {"language": "sv"}},
            ]
            yield Hostile(f"taken in: {kind} of {url}", "POST", "$take-in", _bundle(kind, entries * 2))  # fmt: skip
    yield Hostile("a question of patience", "POST", "Basic", b'{"resourceType":"Basic",' + b",".join(b'"n%d":1' % n for n in range(60_000)) + b',"n59999":2}')  # fmt: skip


# ── bodies ──

_START = b'{"resourceType":"Observation","status":"final","code":{"text":"x"},'


def _texts() -> Iterator[tuple[str, bytes]]:
    yield from (
        (f"number {one[:12]}", _START + f'"valueQuantity":{{"value":{one}}}}}'.encode())
        for one in ("1e999999", "-1e-999999", "1e99999999999999999999", "NaN", "-Infinity", "9" * 5_000, "1." + "9" * 20_000, "1.0e290", "0x10", "01", "+1", ".5")
    )  # fmt: skip
    yield "whole number", _START + b'"valueInteger":' + b"9" * 5_000 + b"}"
    yield "lone surrogate", _START + b'"note":[{"text":"\\ud800"}]}'
    yield "lone surrogate in a name", b'{"resourceType":"Observation","\\udc00":1}'
    yield "lone surrogate as a type", b'{"resourceType":"\\udc00"}'
    yield from (
        (f"NUL in {place[:14]!r}", b'{"resourceType":"Observation",' + place + b"}")
        for place in (
            b'"a\\u0000b":1', b'"id":"a\\u0000b"', b'"status":"a\\u0000b"',
            b'"subject":{"reference":"Patient/a\\u0000b"}', b'"identifier":[{"system":"a\\u0000b","value":"a\\u0000b"}]',
            b'"text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">\\u0000</div>"}',
            b'"meta":{"tag":[{"code":"a\\u0000b"}]}',
        )
    )  # fmt: skip
    yield "NUL", b"\0"
    yield "BOM", b"\xef\xbb\xbf" + _START + b'"x":1}'
    yield "UTF-16", '{"resourceType":"Observation"}'.encode("utf-16")
    yield "broken UTF-8", _START + b'"note":[{"text":"\xff\xfe\xc0\x80"}]}'
    yield from (("no object", one) for one in (b"", b" ", b"[]", b"1", b'"x"', b"null", b"[" * 9))
    yield from (
        (f"type {one!r}", b'{"resourceType":' + one + b"}")
        for one in (b"1", b"null", b"[]", b"{}", b'["Basic"]', b'"Resource"', b'"DomainResource"')
    )
    yield "names twice", _START + b'"code":{"text":"y"}}'
    yield "id twice", b'{"resourceType":"Observation","id":"a","id":"b","resourceType":"Basic"}'
    yield "id a number", _START + b'"id":1}'
    yield "meta a list", _START + b'"meta":[]}'
    yield "meta of objects", _START + b'"meta":{"versionId":{},"lastUpdated":[1]}}'
    yield "deep lists", b"[" * 100_000
    yield "deep objects", b'{"a":' * 100_000
    yield "unended string", b'{"a":"' + b"\\" * 200_001
    yield "many marks", b'"' * 200_001
    yield "many values", _START + b'"identifier":[' + b"{}," * 260_000 + b"{}]}"
    yield (
        "many values of one",
        _START + b'"identifier":[' + b'{"value":"a"},' * 60_000 + b'{"value":"b"}]}',
    )
    yield "a long string", _START + b'"note":[{"text":"' + b"x" * 1_200_000 + b'"}]}'
    yield "a long name", _START + b'"' + b"x" * 300_000 + b'":1}'
    yield "a long code", _START + b'"category":[{"coding":[{"code":"' + b"a " * 100_000 + b'"}]}]}'
    yield (
        "a long second",
        _START + b'"effectiveInstant":"2020-01-01T00:00:00.' + b"0" * 90_000 + b'Z"}',
    )
    yield from (
        (f"narrative {name}", _START + json.dumps({"text": {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{inner}</div>'}})[1:].encode())
        for name, inner in (
            ("open", "<" * 90_000), ("comment", "<!" + "-" * 90_000), ("entities", "&" * 90_000), ("cdata", "<![CDATA[" * 9_000),
            ("deep", "<b>" * 20_000 + "</b>" * 20_000), ("style", '<p style="expression' + " " * 90_000 + '"></p>'),
            ("entity", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;"),
        )
    )  # fmt: skip
    yield from (
        (f"day {one}", _START + f'"effectivePeriod":{{"start":"{one}","end":"{one}"}}}}'.encode())
        for one in ("0001", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:60-12:00", "0000", "2020-02-30", "٢٠٢٠")
    )  # fmt: skip


def bodies() -> Iterator[Hostile]:
    """Texts that are no resource, or a strange one, at each door that takes one."""
    for what, text in _texts():
        yield Hostile(what, "POST", "Observation", text)
        if len(text) > 20_000:
            continue
        yield Hostile(f"{what}, validated", "POST", "Observation/$validate", text)
        yield Hostile(f"{what}, by an id", "PUT", "Observation/a-b", text)
        yield Hostile(f"{what}, as a Bundle", "POST", "", text)
        yield Hostile(f"{what}, as a patch", "PATCH", "Patient/{patient}", text, PATCH)
        yield Hostile(f"{what}, as a form", "POST", "Observation/_search", text, FORM)
        yield Hostile(f"{what}, taken in", "POST", "$take-in", text)
    for name, packed in (
        ("bomb", gzip.compress(b" " * 40_000_000)),
        ("bomb in a bomb", gzip.compress(gzip.compress(b" " * 40_000_000))),
        ("cut", gzip.compress(b"{}")[:-5]),
        ("none", b"\x1f\x8bxxxx"),
        ("two", gzip.compress(b"{}") * 2),
    ):
        for how in ("gzip", "deflate", "gzip, gzip"):
            yield Hostile(f"packed {name}", "POST", "Basic", packed, headers={"Content-Encoding": how})  # fmt: skip


# ── patches ──

_WALKS = (
    "Patient.descendants()", "repeat(children())", "Patient.name.where(given.matches('(a+)+$'))",
    "name.where(" * 12 + "true" + ")" * 12, "(" * 200, "Patient." * 60, "name[999999999999999999]", "name[-1]",
    "name.where(given=@2020)", "name.where(given='\\u0000')", "name.where(given='a\\')", "`" * 90, "%resource", "$index", "a" * 501, "id",
    "meta.versionId", "Patient", "", " ", "name.given.given", "name.where(" + " or ".join(["given='a'"] * 30) + ")", "contained.contained", "\0",
)  # fmt: skip


def patches() -> Iterator[Hostile]:
    """Steps that point nowhere, everywhere or at themselves."""
    for path in _WALKS:
        for sort in ("delete", "replace", "add", "move"):
            parts: list[dict[str, Any]] = [
                {"name": "type", "valueCode": sort}, {"name": "path", "valueString": path}, {"name": "name", "valueString": "text"},
                {"name": "value", "valueString": "x"}, {"name": "source", "valueInteger": 0}, {"name": "destination", "valueInteger": 9},
            ]  # fmt: skip
            sent = {
                "resourceType": "Parameters",
                "parameter": [{"name": "operation", "part": parts}],
            }
            yield Hostile(f"{sort} {path[:30]!r}", "PATCH", "Patient/{patient}", _json(sent))
    step: dict[str, Any]
    for step in (
        {"op": "add", "path": "/name/" + "9" * 900, "value": 1}, {"op": "add", "path": "/name/-1", "value": {}},
        {"op": "add", "path": "/name/٣", "value": {}}, {"op": "move", "from": "", "path": "/x"}, {"op": "move", "from": "/name", "path": "/name/0"},
        {"op": "remove", "path": ""}, {"op": "replace", "path": "", "value": []}, {"op": "copy", "from": "/name/-", "path": "/x"},
        {"op": "test", "path": "/name/-", "value": 1}, {"op": ["add"], "path": "/x"}, {"op": "add", "path": 1, "value": 1}, {"op": "add", "path": "/~2", "value": 1},
        {"op": "add", "path": "/active/x", "value": 1}, {"op": "add", "path": "/\ud800", "value": 1},
    ):  # fmt: skip
        yield Hostile(f"{step['op']} {step['path']!r:.30}", "PATCH", "Patient/{patient}", _json([step]), PATCH)  # fmt: skip
    doubled = [{"op": "add", "path": "/extension", "value": []}]
    doubled += [{"op": "copy", "from": "", "path": "/extension/-"}] * 25
    yield Hostile("copies of copies", "PATCH", "Patient/{patient}", _json(doubled), PATCH)
    yield Hostile("steps", "PATCH", "Patient/{patient}", _json([{"op": "remove", "path": "/x"}] * 501), PATCH)  # fmt: skip


# ── Bundles ──


def bundles() -> Iterator[Hostile]:
    """Entries that are none, too many, or lead somewhere else."""
    read = {"request": {"method": "GET", "url": "Patient/x"}}
    yield Hostile("entries", "POST", "", _bundle("batch", [read] * 5_000))
    for url in ("", "/", "../x", "http://evil.example/Patient/x", "Patient/%00", "Patient\0", "//x", "$", "$take-in", "Patient?_id=%ff%00", "Patient?a=b" * 500,
                "Patient?_id=\ud800", "metadata", "$export"):  # fmt: skip
        for method in ("GET", "POST", "DELETE", "OPTIONS", None, ["GET"]):
            entry = {
                "request": {"method": method, "url": url},
                "resource": {"resourceType": "Basic"},
            }
            yield Hostile(f"entry {method} {url[:20]!r}", "POST", "", _bundle("batch", [entry]))
    patch = {"resourceType": "Binary", "contentType": PATCH, "data": "@@"}
    entries: tuple[Any, ...] = (
        None, 1, [], {}, {"request": []}, {"request": {"method": "POST", "url": "Basic"}, "resource": 1},
        {"request": {"method": "PATCH", "url": "Patient/{patient}"}, "resource": patch},
        {"request": {"method": "PATCH", "url": "Patient/{patient}"}, "resource": patch | {"data": base64.b64encode(b"[" * 90_000).decode()}},
        {"request": {"method": "GET", "url": "Patient/x", "ifMatch": "a\r\nb", "ifNoneMatch": "\0", "ifModifiedSince": "x"}},
    )  # fmt: skip
    for kind in ("batch", "transaction", "", 1, None):
        for entry in entries:
            yield Hostile(f"{kind} of {entry!r:.30}", "POST", "", _bundle(kind, [entry]))


# ── searches ──

_WORDS = {
    "quote": "' OR 1=1 --", "drop": "x');DROP TABLE resources_resource;--", "percent": "%s%(a)s%%", "like": "_%\\", "NUL": "a\0b", "surrogate": "\udc80", "long": "a" * 100_000,
    "commas": "," * 100_000, "bars": "|" * 100_000, "slashes": "\\" * 100_000, "digits": "9" * 100_000, "exponent": "1e999999", "last day": "9999-12-31T23:59:59Z",
    "first day": "ap0001-01-01", "blanks": " " * 100_000, "marks": "a" + "\u0301" * 40_000, "case": "ﬀİß", "unit": "5|http://unitsofmeasure.org|" + "(mg/" * 4_000,
    "unit power": "5|http://unitsofmeasure.org|m99999999", "dollars": "$" * 100_000,
}  # fmt: skip
_ASKED = {
    "Observation": ("code", "date", "value-quantity", "patient", "code-value-quantity", "value-string", "identifier", "_id", "_lastUpdated", "_tag", "code:text", "code:in",
                    "patient:identifier", "_has:Provenance:target:recorded"),
    "Patient": ("name", "name:contains", "name:exact", "birthdate", "general-practitioner.name", "identifier:of-type"),
    "ValueSet": ("url", "url:below"), "RiskAssessment": ("probability",), "CarePlan": ("patient", "category", "date"), "Task": ("patient", "authored-on"),
    "Communication": ("patient", "sent"), "AuditEvent": ("date", "patient"),
}  # fmt: skip
_CONTROL = (
    "_count", "_sort", "_total", "_summary", "_elements", "_include", "_revinclude", "_include:iterate", "_after", "_format", "_has", "_has:", "_filter", "_list", "_content", "", "a[0]",
    "subject:Patient.", ".x", "code:missing", "code:nosuch", "_since",
)  # fmt: skip


def searches() -> Iterator[Hostile]:
    """Values that mean something to a database, a pattern or a counter."""
    for kind, names in _ASKED.items():
        for name in names:
            yield from (_search(kind, **{name: value}) for value in _WORDS.values())
    for name in _CONTROL:
        yield from (_search("Observation", **{name: value}) for value in _WORDS.values())
        yield Hostile(f"history {name}", "GET", "_history", query=urlencode({name: "' OR 1=1 --"}))
        yield Hostile(f"made unless {name}", "POST", "Basic", b'{"resourceType":"Basic","code":{"text":"x"}}',
                      headers={"If-None-Exist": urlencode({name: "a\0b"})})  # fmt: skip
        yield Hostile(f"removed by {name}", "DELETE", "Basic", query=urlencode({name: "a\0b"}))
    yield _search("Observation", _id=",".join(f"i{n}" for n in range(10_000)))
    yield _search("Observation", _count="1" + "0" * 90)
    yield Hostile("conditions", "POST", "Observation/_search", b"code=x&" * 900 + b"code=x", FORM)
    yield Hostile("fields", "POST", "Observation/_search", b"a&" * 50_000 + b"a", FORM)
    yield Hostile("all round", "GET", "CarePlan", query="_include:iterate=*&_revinclude:iterate=*&_count=200")  # fmt: skip
    for kind, chain in (("List", "item.subject.subject.subject._id"), ("Composition", "entry.subject.subject.subject._id"),
                        ("Basic", "subject.subject.subject.subject._id"), ("List", "item.item.item.item.item._id")):  # fmt: skip
        yield Hostile(f"chain {chain}", "GET", kind, query=f"{chain}=x")


def _search(kind: str, **given: str) -> Hostile:
    name, value = next(iter(given.items()))
    body = urlencode({name: value.encode("utf-8", "surrogatepass")}).encode()
    return Hostile(f"{kind}?{name}={value[:20]!r}", "POST", f"{kind}/_search", body, FORM)


# ── addresses and headers ──


def addresses() -> Iterator[Hostile]:
    """Places that are none, and methods that nobody knows."""
    for path in ("\0", "Patient/\0", "Patient/a\nb", "Patient\n", "metadata\n", "/", "Patient//", "Patient/../x", "Patient/å", "Patient/\xff", "Patient/" + "a" * 7_000, "$", "$nosuch",
                 "Patient/x/$nosuch", "Patient/x/_history/" + "9" * 99, "Patient/x/_history/x", "*", "Patient/x/*/y", "Resource", "__class__", "patient", "$export-job/../x",
                 "Subscription/x/$events"):  # fmt: skip
        for method in (
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "PATCH",
            "DELETE",
            "TRACE",
            "CONNECT",
            "PROPFIND",
            "get",
            "",
            "X" * 900,
        ):
            yield Hostile(f"{method[:9]} {path[:30]!r}", method, path, b"{}" if method[:1] == "P" else b"")  # fmt: skip


def headers() -> Iterator[Hostile]:
    """What stands in headers goes nowhere by itself."""
    odd = ("a" * 30_000, "\xff\xfe\0", "a\r\nX: y", "*", "", "," * 9_000, '"' * 9_000, 'W/"' + "9" * 300 + '"', ";" * 9_000, "-1",
           "Thu, 99 Jan 99999 00:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 GMT")  # fmt: skip
    for name in (
        "If-Match",
        "If-None-Match",
        "If-Modified-Since",
        "If-None-Exist",
        "Prefer",
        "Accept",
        "Accept-Language",
        "Accept-Encoding",
        "Host",
        "X-Forwarded-For",
        "Range",
        "Origin",
    ):
        for value in odd:
            for method, path, body in (
                ("GET", "Patient/{patient}", b""),
                ("PUT", "Patient/{patient}", b'{"resourceType":"Patient","id":"{patient}"}'),
            ):
                yield Hostile(f"{method} {name}: {value[:20]!r}", method, path, body, headers={name: value})  # fmt: skip
    for media in ("", "x", f"{JSON};", f"{JSON}; charset=nosuch", "\xff", f"{FORM}; charset=utf-7", "multipart/form-data", "multipart/form-data; boundary=", "a" * 9_000):  # fmt: skip
        for method, path in (
            ("POST", "Basic"),
            ("POST", "Observation/_search"),
            ("PATCH", "Patient/{patient}"),
            ("POST", ""),
        ):
            yield Hostile(
                f"{method} {media[:30]!r}", method, path, b'{"resourceType":"Basic"}', media
            )


# ── operations ──


def operations() -> Iterator[Hostile]:
    """Expressions that never end, and addresses inside our walls."""
    for words in ("%patient.descendants().descendants().descendants()", "%patient.repeat(children()).repeat(children())", "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('(a+)+$')", "iif(" * 200,
                  "1" + "+1" * 2_000, "(1|2|3|4|5|6|7|8|9)" + ".select(1|2|3|4|5|6|7|8|9)" * 6, "2.power(1000000000)", "%patient" + ".select(%patient|%patient.name)" * 20, "1/0", "\0"):  # fmt: skip
        yield Hostile(f"populate {words[:30]!r}", "POST", "Questionnaire/$populate", _json(_populate(words)))  # fmt: skip
    for criteria in (
        "Observation?code=" + "x," * 5_000,
        "'; DROP",
        "?",
        "Nosuch?x=1",
        "Observation?subject.name=x",
        "Observation?code=\0",
        "*",
        "",
    ):
        for channel in ({"type": "websocket"}, {"type": "rest-hook", "endpoint": "http://127.0.0.1/"}, {"type": "rest-hook", "endpoint": "file:///etc/passwd"},
                        {"type": "rest-hook", "endpoint": "https://a.example/", "header": ["a\r\nb: c"]}):  # fmt: skip
            sent = {
                "resourceType": "Subscription",
                "status": "requested",
                "reason": "x",
                "criteria": criteria,
                "channel": channel,
            }
            yield Hostile(f"subscription {criteria[:20]!r}", "POST", "Subscription", _json(sent))
    for name in ("$everything", "$summary", "$meta"):
        for query in (
            "_since=x",
            "_count=" + "9" * 90,
            "_type=' OR 1=1",
            "start=0001&end=9999",
            "_since=9999-12-31T23:59:59-14:00",
            "x=%ff%00",
        ):
            yield Hostile(f"{name}?{query[:20]}", "GET", f"Patient/{{patient}}/{name}", query=query)


def _populate(words: str) -> dict[str, Any]:
    expression = {
        "url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression",
        "valueExpression": {"language": "text/fhirpath", "expression": words},
    }
    item = {"linkId": "1", "type": "string", "extension": [expression]}
    asked = {"resourceType": "Questionnaire", "status": "active", "item": [item]}
    subject = {"reference": "Patient/{patient}"}
    given = [
        {"name": "questionnaire", "resource": asked},
        {"name": "subject", "valueReference": subject},
    ]
    return {"resourceType": "Parameters", "parameter": given}


def _bundle(kind: Any, entries: list[Any]) -> bytes:
    return _json({"resourceType": "Bundle", "type": kind, "entry": entries})


def _json(sent: Any) -> bytes:
    return json.dumps(sent).encode()
