"""A resource gone through once, by the plans of its types: every fault, every reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from samverka.resources.rules import definitions
from samverka.resources.rules.lines import Fault
from samverka.resources.rules.paths import Path, fhirpath
from samverka.resources.rules.validation import targets, words
from samverka.resources.rules.validation.narrative import told
from samverka.resources.rules.validation.plans import Field, Form, Plan, plan_of
from samverka.resources.rules.validation.primitives import unfit
from samverka.resources.rules.validation.words import Words

MAX_DEPTH = 60
"""Deepest nesting of objects; the official examples need less than half."""

MAX_FAULTS = 10
"""So many lines for one resource at most: the first ones tell enough."""

_NO_NAMES: Mapping[str, str] = {}


@dataclass(slots=True)
class Visit:
    """What was found on the way.

    Attributes:
        into_entries: whether the resources of a Bundle are gone through too.
        references: each Reference and where it stands.
        contained: id -> type of what lies in the resource that is gone through.
        names: fullUrl -> type, in a Bundle.
    """

    into_entries: bool = True
    limit: int = MAX_FAULTS
    faults: list[Fault] = field(default_factory=list)
    references: list[tuple[Path, dict[str, Any]]] = field(default_factory=list)
    contained: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def resource(self, value: object, path: Path, depth: int = 0) -> None:
        """A resource that stands by itself: the outermost one, or one in a Bundle."""
        plan = self._kind(value, path)
        if plan is None or not isinstance(value, dict):
            return
        before = self.contained, self.names
        self.contained = targets.contained_types(value)
        if plan.name == "Bundle":
            self.names = targets.entry_types(value)
        self._object(value, plan, path, depth)
        for at in targets.unreferenced(value) if self.contained else ():
            self.fault(((path, "contained"), at), targets.ALONE)
        self.contained, self.names = before

    def _kind(self, value: object, path: Path) -> Plan | None:
        if not isinstance(value, dict):
            self.fault(path, words.expected(dict, value))
            return None
        kind = value.get("resourceType")
        if not isinstance(kind, str) or not kind:
            self.fault(path, words.NO_TYPE)
        elif kind not in definitions.RESOURCE_TYPES:
            self.fault(path, words.NO_SUCH_TYPE)
        else:
            return plan_of(kind)
        return None

    def _object(self, value: dict[str, Any], plan: Plan, path: Path, depth: int) -> None:
        """An object: its names, what must be there, what must hold."""
        fields = plan.fields
        chosen = ""
        for name, inner in value.items():
            one = fields.get(name)
            if one is None:
                self.fault((path, name), words.UNKNOWN)
                continue
            if one.choice:
                chosen = self._choice(one, chosen, path)
            if one.many:
                self._list(value, one, inner, path, depth)
            elif one.form == Form.PRIMITIVE:
                if not one.fits(inner):
                    self._unfit(value, one, inner, (path, one.name))
                elif one.kind == "xhtml":
                    self._narrative(inner, (path, name))
            else:
                self._single(one, inner, (path, one.name), depth)
        self._whole(value, plan, path)

    def _choice(self, one: Field, chosen: str, path: Path) -> str:
        """Of a choice only one type: `chosen` says which was met before, of which choice."""
        found = f" {one.choice}:{one.name.removeprefix('_')} "
        if f" {one.choice}:" in chosen and found not in chosen:
            self.fault((path, one.choice), words.TYPES)
        return chosen + found

    def _whole(self, value: dict[str, Any], plan: Plan, path: Path) -> None:
        for names in plan.required:
            if names[0] not in value and not any(name in value for name in names[1:]):
                stem = plan.fields[names[0]].choice or names[0]
                self.fault((path, stem), words.MISSING)
        for rule in plan.rules:
            broken = rule(value)
            if broken is not None:
                self.fault((path, broken[0]) if broken[0] else path, broken[1])
        if not value or (len(value) == 1 and "id" in value and not plan.may_be_bare):
            self.fault(path, words.EMPTY_OBJECT)

    def _unfit(self, value: dict[str, Any], one: Field, inner: object, path: Path) -> None:
        if inner is None and f"_{one.name}" in value:
            return  # an extension stands in its place
        self.fault(path, unfit(one.kind, inner, one.codes))

    def _narrative(self, text: str, path: Path) -> None:
        found = told(text)
        if found is not None:
            self.fault(path, found)

    def _single(self, one: Field, inner: object, path: Path, depth: int) -> None:
        if type(inner) is not dict:
            if not (inner is None and one.form == Form.SHADOW):
                self.fault(path, words.NULL if inner is None else words.expected(dict, inner))
        elif depth >= MAX_DEPTH:
            self.fault(path, words.TOO_DEEP)
        elif one.form == Form.RESOURCE:
            self._inner_resource(inner, path, depth)
        else:
            if one.kind == "Reference":
                self._reference(one, inner, path)
            self._object(inner, one.plan, path, depth + 1)
            if one.sets is not None:
                self._bound(one, inner, path)
            elif one.simple and "comparator" in inner:
                self.fault((path, "comparator"), words.COMPARED)

    def _inner_resource(self, inner: dict[str, Any], path: Path, depth: int) -> None:
        """A contained resource shares the names of the one around it; one in a Bundle does not."""
        above = path[0]
        if above is not None and above[1] == "contained":
            if "contained" in inner:
                self.fault((path, "contained"), words.NESTED)
            plan = self._kind(inner, path)
            if plan is not None:
                self._object(inner, plan, path, depth + 1)
        elif self.into_entries:
            self.resource(inner, path, depth + 1)

    def _list(
        self, value: dict[str, Any], one: Field, inner: object, path: Path, depth: int
    ) -> None:
        if type(inner) is not list:
            self.fault(
                (path, one.name), words.NULL if inner is None else words.expected(list, inner)
            )
            return
        here: Path = (path, one.name)
        if not inner:
            self.fault(here, words.EMPTY_LIST)
        elif one.form == Form.PRIMITIVE:
            for at, each in enumerate(inner):
                if not one.fits(each):
                    self._unfit_in_list(value, one, each, here, at)
        elif one.form == Form.SHADOW:
            self._shadows(value, one, inner, here, depth)
        else:
            for at, each in enumerate(inner):
                self._single(one, each, (here, at), depth)

    def _unfit_in_list(
        self, value: dict[str, Any], one: Field, each: object, here: Path, at: int
    ) -> None:
        if each is None:
            beside = value.get(f"_{one.name}")
            if not (isinstance(beside, list) and at < len(beside) and beside[at] is not None):
                self.fault((here, at), words.LONE_NULL)
            return
        self.fault((here, at), unfit(one.kind, each, one.codes))

    def _shadows(
        self, value: dict[str, Any], one: Field, inner: list[object], here: Path, depth: int
    ) -> None:
        """`_given` beside `given`: as long, null where there is nothing to say."""
        values = value.get(one.name.removeprefix("_"))
        if isinstance(values, list) and len(values) != len(inner):
            self.fault(here, words.LENGTHS)
        for at, each in enumerate(inner):
            if each is not None:
                self._single(one, each, (here, at), depth)
            elif not isinstance(values, list):
                self.fault((here, at), words.LONE_NULL)

    def _reference(self, one: Field, inner: dict[str, Any], path: Path) -> None:
        self.references.append((path, inner))
        found = targets.misled(inner, one.targets, self.contained, self.names)
        if found is not None:
            self.fault((path, found[0]), found[1])

    def _bound(self, one: Field, inner: dict[str, Any], path: Path) -> None:
        """A Coding, or one of a concept's, must be of the value set."""
        codings = inner.get("coding", []) if one.kind == "CodeableConcept" else [inner]
        if not isinstance(codings, list) or one.sets is None:
            return
        if not any(targets.is_of(each, one.sets) for each in codings):
            codes = frozenset(code for each in one.sets.values() for code in each)
            self.fault(path, words.not_bound(codes))

    def fault(self, path: Path, found: Words) -> None:
        """One more fault, as long as there are few."""
        if len(self.faults) < self.limit:
            sort, message, mend = found
            self.faults.append(Fault(fhirpath(path), message, mend, sort))
