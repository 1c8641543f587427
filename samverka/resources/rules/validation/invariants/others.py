"""Invariants of types that are only kept: what the few shapes can say of them."""

from __future__ import annotations

from samverka.resources.rules.validation.invariants.kit import (
    Rule,
    apart,
    asked_by,
    needs,
    never_for,
    one_of,
    only_for,
    some,
)

RULES: dict[str, tuple[Rule, ...]] = {
    "CapabilityStatement": (
        some("cpb-1", "rest", "messaging", "document"),
        some("cpb-2", "description", "software", "implementation"),
        asked_by("cpb-14", "implementation", "kind", "instance"),
        never_for("cpb-15", "implementation", "kind", "capability requirements"),
        asked_by("cpb-15", "software", "kind", "capability"),
        never_for("cpb-16", "software", "kind", "requirements"),
    ),
    "ConceptMap.group.element.target": (
        asked_by("cmd-1", "comment", "equivalence", "narrower inexact"),
    ),
    "ConceptMap.group.unmapped": (
        asked_by("cmd-2", "code", "mode", "fixed"),
        asked_by("cmd-3", "url", "mode", "other-map"),
    ),
    "CoverageEligibilityResponse.insurance.item": (
        one_of("ces-1", "category", "productOrService"),
    ),
    "ElementDefinition": (
        apart("eld-8", "pattern[x]", "fixed[x]"),
        apart("eld-15", "defaultValue[x]", "meaningWhenMissing"),
        needs("eld-22", "sliceIsConstraining", "sliceName"),
    ),
    "ElementDefinition.slicing": (some("eld-1", "discriminator", "description"),),
    "ImmunizationRecommendation.recommendation": (some("imr-1", "vaccineCode", "targetDisease"),),
    "InsurancePlan": (some("ipn-1", "identifier", "name"),),
    "MeasureReport": (never_for("mrp-1", "group", "type", "data-collection"),),
    "OperationDefinition.parameter": (
        some("opd-1", "type", "part"),
        only_for("opd-2", "searchType", "type", "string"),
        only_for("opd-3", "targetProfile", "type", "Reference canonical"),
    ),
    "SearchParameter": (
        needs("spd-1", "xpath", "xpathUsage"),
        only_for("spd-2", "chain", "type", "reference"),
    ),
    "StructureDefinition": (some("sdf-6", "snapshot", "differential"),),
    "StructureDefinition.mapping": (some("sdf-2", "name", "uri"),),
    "StructureMap.group.rule.target": (
        needs("smp-1", "element", "context"),
        needs("smp-2", "context", "contextType"),
    ),
    "TestReport.setup.action": (one_of("inv-1", "operation", "assert"),),
    "TestReport.test.action": (one_of("inv-2", "operation", "assert"),),
    "TestScript.setup.action": (one_of("tst-1", "operation", "assert"),),
    "TestScript.test.action": (one_of("tst-2", "operation", "assert"),),
    "ValueSet.compose.include": (
        some("vsd-1", "valueSet", "system"),
        needs("vsd-2", "concept", "system"),
        needs("vsd-2", "filter", "system"),
        apart("vsd-3", "concept", "filter"),
    ),
    "ValueSet.expansion.contains": (
        some("vsd-6", "code", "display"),
        needs("vsd-10", "code", "system"),
    ),
}
"""Type or part -> its invariants."""
