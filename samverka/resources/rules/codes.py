"""Codes that R4 binds as required: the only ones that may stand in these elements.

Taken from the value sets of FHIR R4 4.0.1 (HL7, CC0). Left out: open or very large sets (media
types, currencies, languages) and elements that repeat in depth. No room may meet a status
that it does not know, so a resource with another code is refused.
"""

from __future__ import annotations

VALUE_SETS: dict[str, str] = {
    "action-cardinality-behavior": "single multiple",
    "action-condition-kind": "applicability start stop",
    "action-grouping-behavior": "visual-group logical-group sentence-group",
    "action-precheck-behavior": "yes no",
    "action-relationship-type": (
        "before-start before before-end concurrent-with-start concurrent concurrent-with-end "
        "after-start after after-end"
    ),
    "action-required-behavior": "must could must-unless-documented",
    "action-selection-behavior": "any all all-or-none exactly-one at-most-one one-or-more",
    "administrative-gender": "male female other unknown",
    "allergy-intolerance-category": "food medication environment biologic",
    "allergy-intolerance-criticality": "low high unable-to-assess",
    "allergy-intolerance-type": "allergy intolerance",
    "appointmentstatus": (
        "proposed pending booked arrived fulfilled cancelled noshow entered-in-error "
        "checked-in waitlist"
    ),
    "audit-event-action": "C R U D E",
    "audit-event-outcome": "0 4 8 12",
    "bundle-type": (
        "document message transaction transaction-response batch batch-response history "
        "searchset collection"
    ),
    "care-plan-activity-kind": (
        "Appointment CommunicationRequest DeviceRequest MedicationRequest NutritionOrder Task "
        "ServiceRequest VisionPrescription"
    ),
    "care-plan-activity-status": (
        "not-started scheduled in-progress on-hold completed cancelled stopped unknown "
        "entered-in-error"
    ),
    "care-plan-intent": "proposal plan order option",
    "care-team-status": "proposed active suspended inactive entered-in-error",
    "clinicalimpression-status": "in-progress completed entered-in-error",
    "composition-attestation-mode": "personal professional legal official",
    "composition-status": "preliminary final amended entered-in-error",
    "consent-data-meaning": "instance related dependents authoredby",
    "consent-provision-type": "deny permit",
    "consent-state-codes": "draft proposed active rejected inactive entered-in-error",
    "days-of-week": "mon tue wed thu fri sat sun",
    "detectedissue-severity": "high moderate low",
    "detectedissue-status": "preliminary final entered-in-error mitigated",
    "device-nametype": (
        "udi-label-name user-friendly-name patient-reported-name manufacturer-name model-name other"
    ),
    "device-statement-status": "active completed entered-in-error intended stopped on-hold",
    "device-status": "active inactive entered-in-error unknown",
    "diagnostic-report-status": (
        "registered partial preliminary final amended corrected appended cancelled "
        "entered-in-error unknown"
    ),
    "document-reference-status": "current superseded entered-in-error",
    "document-relationship-type": "replaces transforms signs appends",
    "encounter-location-status": "planned active reserved completed",
    "encounter-status": (
        "planned arrived triaged in-progress onleave finished cancelled entered-in-error unknown"
    ),
    "episode-of-care-status": "planned waitlist active onhold finished cancelled entered-in-error",
    "event-status": (
        "preparation in-progress not-done on-hold stopped completed entered-in-error unknown"
    ),
    "flag-status": "active inactive entered-in-error",
    "goal-status": (
        "proposed planned accepted active on-hold completed cancelled entered-in-error rejected"
    ),
    "group-type": "person animal practitioner device medication substance",
    "history-status": "partial completed entered-in-error health-unknown",
    "identity-assuranceLevel": "level1 level2 level3 level4",
    "immunization-status": "completed entered-in-error not-done",
    "item-type": (
        "group display question boolean decimal integer date dateTime time string text url "
        "choice open-choice attachment reference quantity"
    ),
    "link-type": "replaced-by replaces refer seealso",
    "list-mode": "working snapshot changes",
    "list-status": "current retired entered-in-error",
    "location-mode": "instance kind",
    "location-status": "active suspended inactive",
    "medication-admin-status": (
        "in-progress not-done on-hold completed entered-in-error stopped unknown"
    ),
    "medication-statement-status": (
        "active completed entered-in-error intended stopped on-hold unknown not-taken"
    ),
    "medication-status": "active inactive entered-in-error",
    "medicationdispense-status": (
        "preparation in-progress cancelled on-hold completed entered-in-error stopped "
        "declined unknown"
    ),
    "medicationrequest-intent": (
        "proposal plan order original-order reflex-order filler-order instance-order option"
    ),
    "medicationrequest-status": (
        "active on-hold cancelled completed entered-in-error stopped draft unknown"
    ),
    "network-type": "1 2 3 4 5",
    "observation-status": (
        "registered preliminary final amended corrected cancelled entered-in-error unknown"
    ),
    "participantrequired": "required optional information-only",
    "participationstatus": "accepted declined tentative needs-action",
    "publication-status": "draft active retired unknown",
    "questionnaire-answers-status": "in-progress completed amended entered-in-error stopped",
    "questionnaire-enable-behavior": "all any",
    "questionnaire-enable-operator": "exists = != > < >= <=",
    "reaction-event-severity": "mild moderate severe",
    "request-intent": (
        "proposal plan directive order original-order reflex-order filler-order "
        "instance-order option"
    ),
    "request-priority": "routine urgent asap stat",
    "request-status": "draft active on-hold revoked completed entered-in-error unknown",
    "slotstatus": "busy free busy-unavailable busy-tentative entered-in-error",
    "supplyrequest-status": "draft active suspended cancelled completed entered-in-error unknown",
    "task-intent": (
        "unknown proposal plan order original-order reflex-order filler-order instance-order option"
    ),
    "task-status": (
        "draft requested received accepted rejected ready cancelled in-progress on-hold "
        "failed completed entered-in-error"
    ),
    "udi-entry-type": "barcode rfid manual card self-reported unknown",
    "v3-ConfidentialityClassification": "U L M N R V",
}
"""Codes of each value set, by its last name in the standard."""

BOUND: dict[str, str] = {
    "AllergyIntolerance.category": "allergy-intolerance-category",
    "AllergyIntolerance.criticality": "allergy-intolerance-criticality",
    "AllergyIntolerance.reaction.severity": "reaction-event-severity",
    "AllergyIntolerance.type": "allergy-intolerance-type",
    "Appointment.participant.required": "participantrequired",
    "Appointment.participant.status": "participationstatus",
    "Appointment.status": "appointmentstatus",
    "AppointmentResponse.participantStatus": "participationstatus",
    "AuditEvent.action": "audit-event-action",
    "AuditEvent.agent.network.type": "network-type",
    "AuditEvent.outcome": "audit-event-outcome",
    "Bundle.type": "bundle-type",
    "CarePlan.activity.detail.kind": "care-plan-activity-kind",
    "CarePlan.activity.detail.status": "care-plan-activity-status",
    "CarePlan.intent": "care-plan-intent",
    "CarePlan.status": "request-status",
    "CareTeam.status": "care-team-status",
    "ClinicalImpression.status": "clinicalimpression-status",
    "Communication.priority": "request-priority",
    "Communication.status": "event-status",
    "CommunicationRequest.priority": "request-priority",
    "CommunicationRequest.status": "request-status",
    "Composition.attester.mode": "composition-attestation-mode",
    "Composition.confidentiality": "v3-ConfidentialityClassification",
    "Composition.relatesTo.code": "document-relationship-type",
    "Composition.section.mode": "list-mode",
    "Composition.status": "composition-status",
    "Consent.provision.data.meaning": "consent-data-meaning",
    "Consent.provision.type": "consent-provision-type",
    "Consent.status": "consent-state-codes",
    "DetectedIssue.severity": "detectedissue-severity",
    "DetectedIssue.status": "detectedissue-status",
    "Device.deviceName.type": "device-nametype",
    "Device.status": "device-status",
    "Device.udiCarrier.entryType": "udi-entry-type",
    "DeviceRequest.intent": "request-intent",
    "DeviceRequest.priority": "request-priority",
    "DeviceRequest.status": "request-status",
    "DeviceUseStatement.status": "device-statement-status",
    "DiagnosticReport.status": "diagnostic-report-status",
    "DocumentReference.docStatus": "composition-status",
    "DocumentReference.relatesTo.code": "document-relationship-type",
    "DocumentReference.status": "document-reference-status",
    "Encounter.location.status": "encounter-location-status",
    "Encounter.status": "encounter-status",
    "Encounter.statusHistory.status": "encounter-status",
    "EpisodeOfCare.status": "episode-of-care-status",
    "EpisodeOfCare.statusHistory.status": "episode-of-care-status",
    "FamilyMemberHistory.status": "history-status",
    "Flag.status": "flag-status",
    "Goal.lifecycleStatus": "goal-status",
    "Group.type": "group-type",
    "HealthcareService.availableTime.daysOfWeek": "days-of-week",
    "Immunization.status": "immunization-status",
    "List.mode": "list-mode",
    "List.status": "list-status",
    "Location.hoursOfOperation.daysOfWeek": "days-of-week",
    "Location.mode": "location-mode",
    "Location.status": "location-status",
    "Media.status": "event-status",
    "Medication.status": "medication-status",
    "MedicationAdministration.status": "medication-admin-status",
    "MedicationDispense.status": "medicationdispense-status",
    "MedicationRequest.intent": "medicationrequest-intent",
    "MedicationRequest.priority": "request-priority",
    "MedicationRequest.status": "medicationrequest-status",
    "MedicationStatement.status": "medication-statement-status",
    "NutritionOrder.intent": "request-intent",
    "NutritionOrder.status": "request-status",
    "Observation.status": "observation-status",
    "Patient.contact.gender": "administrative-gender",
    "Patient.gender": "administrative-gender",
    "Patient.link.type": "link-type",
    "Person.gender": "administrative-gender",
    "Person.link.assurance": "identity-assuranceLevel",
    "Practitioner.gender": "administrative-gender",
    "PractitionerRole.availableTime.daysOfWeek": "days-of-week",
    "Procedure.status": "event-status",
    "Questionnaire.item.enableBehavior": "questionnaire-enable-behavior",
    "Questionnaire.item.enableWhen.operator": "questionnaire-enable-operator",
    "Questionnaire.item.type": "item-type",
    "Questionnaire.status": "publication-status",
    "QuestionnaireResponse.status": "questionnaire-answers-status",
    "RelatedPerson.gender": "administrative-gender",
    "RequestGroup.action.cardinalityBehavior": "action-cardinality-behavior",
    "RequestGroup.action.condition.kind": "action-condition-kind",
    "RequestGroup.action.groupingBehavior": "action-grouping-behavior",
    "RequestGroup.action.precheckBehavior": "action-precheck-behavior",
    "RequestGroup.action.priority": "request-priority",
    "RequestGroup.action.relatedAction.relationship": "action-relationship-type",
    "RequestGroup.action.requiredBehavior": "action-required-behavior",
    "RequestGroup.action.selectionBehavior": "action-selection-behavior",
    "RequestGroup.intent": "request-intent",
    "RequestGroup.priority": "request-priority",
    "RequestGroup.status": "request-status",
    "RiskAssessment.status": "observation-status",
    "ServiceRequest.intent": "request-intent",
    "ServiceRequest.priority": "request-priority",
    "ServiceRequest.status": "request-status",
    "Slot.status": "slotstatus",
    "SupplyRequest.priority": "request-priority",
    "SupplyRequest.status": "supplyrequest-status",
    "Task.intent": "task-intent",
    "Task.priority": "request-priority",
    "Task.status": "task-status",
}
"""Element -> its value set."""
