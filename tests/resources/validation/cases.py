"""Small resources that are wrong in one place each: what is wrong, where, of which sort; and right ones beside them."""

from __future__ import annotations

from samverka.resources.rules.lines import Sort

RIGHT: dict[str, str] = {
    "Patient": '{"resourceType":"Patient"%s}',
    "Observation": '{"resourceType":"Observation","status":"final","code":{"text":"Vikt"}%s}',
    "CarePlan": '{"resourceType":"CarePlan","status":"active","intent":"plan",'
    '"subject":{"reference":"Patient/1"}%s}',
    "Goal": '{"resourceType":"Goal","lifecycleStatus":"active","description":{"text":"Gå"},'
    '"subject":{"reference":"Patient/1"}%s}',
    "Task": '{"resourceType":"Task","status":"requested","intent":"order"%s}',
    "Appointment": '{"resourceType":"Appointment","status":"booked","start":"2026-05-04T10:00:00Z",'
    '"end":"2026-05-04T11:00:00Z","participant":[{"actor":{"reference":"Patient/1"},'
    '"status":"accepted"}]%s}',
    "Questionnaire": '{"resourceType":"Questionnaire","status":"active","item":[{"linkId":"1",'
    '"type":"string"%s}]}',
    "Bundle": '{"resourceType":"Bundle","type":"collection"%s}',
    "Organization": '{"resourceType":"Organization","name":"Vårdcentralen"%s}',
    "Consent": '{"resourceType":"Consent","status":"active","scope":{"text":"s"},'
    '"category":[{"text":"k"}],"policy":[{"uri":"urn:p"}]%s}',
    "List": '{"resourceType":"List","status":"current","mode":"working"%s}',
    "RiskAssessment": '{"resourceType":"RiskAssessment","status":"final",'
    '"subject":{"reference":"Patient/1"}%s}',
    "Condition": '{"resourceType":"Condition","subject":{"reference":"Patient/1"}%s}',
    "CareTeam": '{"resourceType":"CareTeam"%s}',
    "ServiceRequest": '{"resourceType":"ServiceRequest","status":"active","intent":"order",'
    '"subject":{"reference":"Patient/1"}%s}',
    "MedicationRequest": '{"resourceType":"MedicationRequest","status":"active","intent":"order",'
    '"medicationCodeableConcept":{"text":"m"},"subject":{"reference":"Patient/1"}%s}',
    "AuditEvent": '{"resourceType":"AuditEvent","type":{"code":"rest"},'
    '"recorded":"2026-05-04T10:00:00Z","agent":[{"requestor":true}],'
    '"source":{"observer":{"display":"s"}}%s}',
    "AllergyIntolerance": '{"resourceType":"AllergyIntolerance","clinicalStatus":{"coding":[{'
    '"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",'
    '"code":"active"}]},"patient":{"reference":"Patient/1"}%s}',
    "QuestionnaireResponse": '{"resourceType":"QuestionnaireResponse","status":"completed"%s}',
    "Parameters": '{"resourceType":"Parameters"%s}',
}
"""Type -> a right one, with room for more."""

_DIV = ',"text":{"status":"generated","div":"%s"}'
_XHTML = "<div xmlns='http://www.w3.org/1999/xhtml'>%s</div>"


ENTRY = '"resource":{"resourceType":"Patient","id":"1"}'
"""What stands for @ in an entry of a Bundle."""


def told(inner: str) -> str:
    """A narrative."""
    return _DIV % (_XHTML % inner).replace('"', '\\"')


Case = tuple[str, str, str, Sort]
"""(type, what is added, where it is wrong, of which sort)."""

WRONG: tuple[Case, ...] = (
    # structure
    ("Patient", ',"nickname":"E"', "Patient.nickname", Sort.STRUCTURE),
    ("Patient", ',"name":{"text":"E"}', "Patient.name", Sort.STRUCTURE),
    ("Patient", ',"birthDate":["2020-01-01"]', "Patient.birthDate", Sort.STRUCTURE),
    ("Patient", ',"active":"true"', "Patient.active", Sort.STRUCTURE),
    ("Patient", ',"name":["Ek"]', "Patient.name[0]", Sort.STRUCTURE),
    ("Patient", ',"name":[]', "Patient.name", Sort.STRUCTURE),
    ("Patient", ',"name":[{}]', "Patient.name[0]", Sort.STRUCTURE),
    ("Patient", ',"name":[{"id":"a"}]', "Patient.name[0]", Sort.STRUCTURE),
    ("Patient", ',"name":[{"period":{}}]', "Patient.name[0].period", Sort.STRUCTURE),
    ("Patient", ',"gender":null', "Patient.gender", Sort.STRUCTURE),
    ("Patient", ',"meta":null', "Patient.meta", Sort.STRUCTURE),
    ("Patient", ',"_name":[{"id":"a"}]', "Patient.name", Sort.STRUCTURE),
    ("Patient", ',"active":true,"active":true', "Patient.active", Sort.STRUCTURE),
    ("Patient", ',"name":[{"given":["A",null]}]', "Patient.name[0].given[1]", Sort.STRUCTURE),
    ("Patient", ',"name":[{"given":["A"],"_given":[null,{"id":"b"}]}]', "Patient.name[0].given",
     Sort.STRUCTURE),
    ("Patient", ',"deceasedBoolean":true,"deceasedDateTime":"2020"', "Patient.deceased",
     Sort.STRUCTURE),
    ("Patient", ',"deceasedString":"ja"', "Patient.deceasedString", Sort.STRUCTURE),
    ("Bundle", ',"entry":[{"resource":{"resourceType":"Plan"}}]', "Bundle.entry[0].resource",
     Sort.STRUCTURE),
    ("Bundle", ',"entry":[{"resource":{"id":"1"}}]', "Bundle.entry[0].resource", Sort.STRUCTURE),
    ("Patient", (',"managingOrganization":{"reference":"#a"},"contained":[{"resourceType":'
     '"Organization","id":"a","name":"x","contained":[]}]'),
     "Patient.contained[0].contained", Sort.STRUCTURE),
    # how many
    ("Observation", ',"component":[{"valueString":"x"}]', "Observation.component[0].code",
     Sort.REQUIRED),
    ("Patient", ',"link":[{"type":"seealso"}]', "Patient.link[0].other", Sort.REQUIRED),
    ("Patient", ',"communication":[{"preferred":true}]', "Patient.communication[0].language",
     Sort.REQUIRED),
    ("Patient", ',"extension":[{"valueString":"x"}]', "Patient.extension[0].url", Sort.REQUIRED),
    ("CarePlan", ',"activity":[{"detail":{"description":"x"}}]', "CarePlan.activity[0].detail.status",
     Sort.REQUIRED),
    ("Task", ',"input":[{"type":{"text":"x"}}]', "Task.input[0].value", Sort.REQUIRED),
    # forms of primitives
    ("Patient", ',"id":"å b"', "Patient.id", Sort.VALUE),
    ("Patient", ',"birthDate":"2026-5-4"', "Patient.birthDate", Sort.VALUE),
    ("Patient", ',"birthDate":"2026-02-30"', "Patient.birthDate", Sort.VALUE),
    ("Patient", ',"birthDate":"2026-05-04T10:00:00Z"', "Patient.birthDate", Sort.VALUE),
    ("Observation", ',"effectiveDateTime":"2026-05-04T10:00:00"', "Observation.effective",
     Sort.VALUE),
    ("Observation", ',"effectiveDateTime":"2026-05-04T25:00:00Z"', "Observation.effective",
     Sort.VALUE),
    ("Observation", ',"issued":"2026-05-04"', "Observation.issued", Sort.VALUE),
    ("Observation", ',"valueTime":"24:00:00"', "Observation.value", Sort.VALUE),
    ("Observation", ',"valueInteger":1.0', "Observation.value", Sort.VALUE),
    ("Observation", ',"valueInteger":2147483648', "Observation.value", Sort.VALUE),
    ("Observation", ',"valueQuantity":{"value":"72.5"}', "Observation.value.value", Sort.STRUCTURE),
    ("Observation", ',"valueQuantity":{"value":1e999}', "Observation.value.value", Sort.VALUE),
    ("Patient", ',"telecom":[{"rank":0}]', "Patient.telecom[0].rank", Sort.VALUE),
    ("Patient", ',"photo":[{"contentType":"image/png","data":"a"}]', "Patient.photo[0].data",
     Sort.VALUE),
    ("Patient", ',"implicitRules":"a b"', "Patient.implicitRules", Sort.VALUE),
    ("Patient", ',"name":[{"text":""}]', "Patient.name[0].text", Sort.VALUE),
    ("Patient", ',"name":[{"text":"\\u0000"}]', "Patient.name[0].text", Sort.VALUE),
    ("Patient", ',"name":[{"text":"\\u0007"}]', "Patient.name[0].text", Sort.INVARIANT),
    ("Patient", ',"language":" sv"', "Patient.language", Sort.VALUE),
    # required codes
    ("Patient", ',"gender":"kvinna"', "Patient.gender", Sort.CODE),
    ("Patient", ',"name":[{"use":"hemma"}]', "Patient.name[0].use", Sort.CODE),
    ("Observation", ',"valueQuantity":{"comparator":"="}', "Observation.value.comparator",
     Sort.CODE),
    ("Condition", ',"clinicalStatus":{"coding":[{"system":"urn:x","code":"active"}]}',
     "Condition.clinicalStatus", Sort.CODE),
    ("Condition", ',"clinicalStatus":{"text":"aktiv"}', "Condition.clinicalStatus", Sort.CODE),
    ("CarePlan", ',"activity":[{"detail":{"status":"klar"}}]', "CarePlan.activity[0].detail.status",
     Sort.CODE),
    # references
    ("CarePlan", ',"encounter":{"reference":"Patient/1"}', "CarePlan.encounter.reference",
     Sort.INVARIANT),
    ("CarePlan", ',"encounter":{"reference":"https://a.test/fhir/Patient/1"}',
     "CarePlan.encounter.reference", Sort.INVARIANT),
    ("CarePlan", ',"encounter":{"type":"Patient","display":"x"}', "CarePlan.encounter.type",
     Sort.INVARIANT),
    ("CarePlan", ',"author":{"reference":"Patient/1","type":"Device"}', "CarePlan.author.type",
     Sort.INVARIANT),
    ("CarePlan", ',"author":{"reference":"#a"}', "CarePlan.author.reference", Sort.VALUE),
    ("CarePlan", (',"contained":[{"resourceType":"Goal","id":"a","lifecycleStatus":"active",'
     '"description":{"text":"x"},"subject":{"reference":"Patient/1"}}],"author":{"reference":"#a"}'),
     "CarePlan.author.reference", Sort.INVARIANT),
    ("Patient", ',"contained":[{"resourceType":"Group","id":"a","type":"person","actual":true}]',
     "Patient.contained[0]", Sort.INVARIANT),
    ("Patient", (',"managingOrganization":{"reference":"#a"},"contained":[{"resourceType":'
     '"Organization","id":"a","name":"x","meta":{"versionId":"1"}}]'), "Patient.contained",
     Sort.INVARIANT),
    # invariants of datatypes
    ("Patient", ',"extension":[{"url":"urn:x"}]', "Patient.extension[0]", Sort.INVARIANT),
    ("Patient", (',"extension":[{"url":"urn:x","valueString":"x","extension":[{"url":"urn:y",'
     '"valueString":"y"}]}]'), "Patient.extension[0]", Sort.INVARIANT),
    ("Patient", ',"name":[{"period":{"start":"2026","end":"2024"}}]', "Patient.name[0].period",
     Sort.VALUE),
    ("Patient", ',"telecom":[{"value":"08"}]', "Patient.telecom[0].system", Sort.INVARIANT),
    ("Patient", ',"photo":[{"data":"aaaa"}]', "Patient.photo[0].contentType", Sort.INVARIANT),
    ("Observation", ',"valueQuantity":{"value":1,"code":"kg"}', "Observation.value.system",
     Sort.INVARIANT),
    ("Observation", ',"valueRange":{"low":{"value":2},"high":{"value":1}}', "Observation.value",
     Sort.INVARIANT),
    ("Observation", ',"valueRange":{"low":{"value":2,"comparator":"<"}}',
     "Observation.value.low.comparator", Sort.INVARIANT),
    ("Observation", ',"valueRatio":{"numerator":{"value":1}}', "Observation.value", Sort.INVARIANT),
    ("Condition", ',"onsetAge":{"value":0,"system":"http://unitsofmeasure.org","code":"a"}',
     "Condition.onset.value", Sort.INVARIANT),
    ("MedicationRequest", ',"dosageInstruction":[{"timing":{"repeat":{"period":1}}}]',
     "MedicationRequest.dosageInstruction[0].timing.repeat.periodUnit", Sort.INVARIANT),
    ("MedicationRequest", (',"dosageInstruction":[{"timing":{"repeat":{"duration":-1,'
     '"durationUnit":"h"}}}]'), "MedicationRequest.dosageInstruction[0].timing.repeat.duration",
     Sort.INVARIANT),
    ("MedicationRequest", ',"dosageInstruction":[{"timing":{"repeat":{"offset":5,"when":["CM"]}}}]',
     "MedicationRequest.dosageInstruction[0].timing.repeat.offset", Sort.INVARIANT),
    # invariants of resources
    ("CarePlan", ',"activity":[{"reference":{"reference":"Task/1"},"detail":{"status":"unknown"}}]',
     "CarePlan.activity[0].detail", Sort.INVARIANT),
    ("CareTeam", (',"participant":[{"member":{"reference":"Patient/1"},"onBehalfOf":{"reference":'
     '"Organization/1"}}]'), "CareTeam.participant[0].onBehalfOf", Sort.INVARIANT),
    ("Goal", ',"target":[{"detailString":"x"}]', "Goal.target[0].measure", Sort.INVARIANT),
    ("Task", ',"authoredOn":"2026-05-04","lastModified":"2026-05-01"', "Task.lastModified",
     Sort.INVARIANT),
    ("Appointment", ',"cancelationReason":{"text":"x"}', "Appointment.cancelationReason",
     Sort.INVARIANT),
    ("Observation", ',"valueString":"x","dataAbsentReason":{"text":"x"}',
     "Observation.dataAbsentReason", Sort.INVARIANT),
    ("Observation", ',"referenceRange":[{"type":{"text":"x"}}]', "Observation.referenceRange[0]",
     Sort.INVARIANT),
    ("Patient", ',"contact":[{"gender":"male"}]', "Patient.contact[0]", Sort.INVARIANT),
    ("Organization", ',"telecom":[{"system":"phone","value":"08","use":"home"}]',
     "Organization.telecom", Sort.INVARIANT),
    ("List", ',"entry":[{"deleted":true,"item":{"display":"x"}}]', "List.entry", Sort.INVARIANT),
    ("RiskAssessment", ',"prediction":[{"probabilityDecimal":100.5}]',
     "RiskAssessment.prediction[0].probability", Sort.INVARIANT),
    ("RiskAssessment", (',"prediction":[{"probabilityRange":{"low":{"value":1,"code":"%%",'
     '"system":"urn:x"}}}]'), "RiskAssessment.prediction[0].probability", Sort.INVARIANT),
    ("Condition", ',"abatementString":"i maj"', "Condition.clinicalStatus", Sort.INVARIANT),
    ("Condition", ',"evidence":[{"id":"a","extension":[{"url":"urn:x","valueString":"x"}]}]',
     "Condition.evidence[0]", Sort.INVARIANT),
    ("ServiceRequest", ',"orderDetail":[{"text":"x"}]', "ServiceRequest.code", Sort.INVARIANT),
    ("AuditEvent", ',"entity":[{"name":"x","query":"aaaa"}]', "AuditEvent.entity[0].name",
     Sort.INVARIANT),
    ("AllergyIntolerance", (',"verificationStatus":{"coding":[{"system":'
     '"http://terminology.hl7.org/CodeSystem/allergyintolerance-verification",'
     '"code":"entered-in-error"}]}'), "AllergyIntolerance.clinicalStatus", Sort.INVARIANT),
    ("Parameters", ',"parameter":[{"name":"x"}]', "Parameters.parameter[0]", Sort.INVARIANT),
    # forms
    ("Questionnaire", '},{"linkId":"1","type":"string"', "Questionnaire.item", Sort.INVARIANT),
    ("Questionnaire", '},{"linkId":"2","type":"group"', "Questionnaire.item[1].item",
     Sort.INVARIANT),
    ("Questionnaire", '},{"linkId":"2","type":"display","required":true',
     "Questionnaire.item[1].required", Sort.INVARIANT),
    ("Questionnaire", ',"enableWhen":[{"question":"2","operator":"exists","answerString":"x"}]',
     "Questionnaire.item[0].enableWhen[0].answer", Sort.INVARIANT),
    ("Questionnaire", ',"initial":[{"valueString":"a"},{"valueString":"b"}]',
     "Questionnaire.item[0].initial", Sort.INVARIANT),
    ("QuestionnaireResponse", (',"item":[{"linkId":"1","item":[{"linkId":"2"}],"answer":[{'
     '"valueString":"x"}]}]'), "QuestionnaireResponse.item[0].answer", Sort.INVARIANT),
    # bundles
    ("Bundle", ',"total":1', "Bundle.total", Sort.INVARIANT),
    ("Bundle", ',"entry":[{"request":{"method":"GET","url":"Patient"}}]', "Bundle.entry",
     Sort.INVARIANT),
    ("Bundle", ',"entry":[{"search":{"mode":"match"},@}]', "Bundle.entry", Sort.INVARIANT),
    ("Bundle", ',"entry":[{"fullUrl":"urn:uuid:1"}]', "Bundle.entry[0]", Sort.INVARIANT),
    ("Bundle", ',"entry":[{"fullUrl":"urn:x",@},{"fullUrl":"urn:x",@}]',
     "Bundle.entry", Sort.INVARIANT),
    ("Bundle", ',"entry":[{"fullUrl":"http://a.test/Patient/1/_history/2",@}]',
     "Bundle.entry[0].fullUrl", Sort.INVARIANT),
    ("Bundle", ',"entry":[{"resource":{"resourceType":"Patient","gender":"f"}}]',
     "Bundle.entry[0].resource.gender", Sort.CODE),
    ("Bundle", (',"entry":[{"fullUrl":"urn:uuid:a",@},{"resource":{"resourceType":"Flag","status":'
     '"active","code":{"text":"x"},"subject":{"display":"x"},"encounter":{"reference":"urn:uuid:a"}}}]'), "Bundle.entry[1].resource.encounter.reference", Sort.INVARIANT),
    # narrative
    ("Patient", told("<script>x()</script>"), "Patient.text.div", Sort.SECURITY),
    ("Patient", told("<p onclick='x()'>a</p>"), "Patient.text.div", Sort.SECURITY),
    ("Patient", told("<a href=' java&#10;script:x()'>a</a>"), "Patient.text.div", Sort.SECURITY),
    ("Patient", told("<img src='data:text/html,x' alt=''/>"), "Patient.text.div", Sort.SECURITY),
    ("Patient", told("<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>"), "Patient.text.div",
     Sort.SECURITY),
    ("Patient", told("<p style='width:expression(x())'>a</p>"), "Patient.text.div", Sort.SECURITY),
    ("Patient", told("<br><img src=x onerror=x()>"), "Patient.text.div", Sort.SECURITY),
    ("Patient", _DIV % "<!DOCTYPE d [<!ENTITY a 'b'>]><div>&a;</div>", "Patient.text.div",
     Sort.SECURITY),
    ("Patient", told("<p>Ek & son</p>"), "Patient.text.div", Sort.INVARIANT),
    ("Patient", told("<marquee>a</marquee>"), "Patient.text.div", Sort.INVARIANT),
    ("Patient", told("<p contenteditable='true'>a</p>"), "Patient.text.div", Sort.INVARIANT),
    ("Patient", _DIV % "<p xmlns='http://www.w3.org/1999/xhtml'>a</p>", "Patient.text.div",
     Sort.INVARIANT),
    ("Patient", told(""), "Patient.text.div", Sort.INVARIANT),
)  # fmt: skip

GOOD: tuple[tuple[str, str], ...] = (
    ("Patient", ',"birthDate":"2024-02-29"'),
    ("Patient", ',"birthDate":"2024"'),
    ("Patient", ',"_birthDate":{"extension":[{"url":"urn:x","valueString":"okänd"}]}'),
    ("Patient", ',"_gender":{"id":"a"},"gender":"female"'),
    ("Patient", ',"name":[{"given":[null,"B"],"_given":[{"id":"a"},null]}]'),
    ("Patient", ',"name":[{"_given":[{"id":"a"}]}]'),
    ("Patient", ',"name":[{"text":": \\"Ek\\": \\u0022"}]'),
    ("Patient", ',"telecom":[{"system":"phone","value":"08\\t1\\n"}]'),
    ("Patient", ',"photo":[{"contentType":"image/png","data":"aa aa\\nbbb="}]'),
    ("Patient", ',"photo":[{"contentType":"application/x-any","url":"urn:x"}]'),
    ("Patient", ',"managingOrganization":{"reference":"urn:uuid:9"}'),
    ("Patient", ',"managingOrganization":{"identifier":{"value":"1"},"type":"Organization"}'),
    ("Patient", (',"contained":[{"resourceType":"Organization","id":"o","name":"x"}],'
     '"managingOrganization":{"reference":"#o"}')),
    ("Patient", (',"contained":[{"resourceType":"Flag","id":"f","status":"active",'
     '"code":{"text":"x"},"subject":{"reference":"#"}}]')),
    ("Patient", told("<h2 class='a'>Ek</h2><a href='https://a.test/x?y=1:2'>b</a><img src='#i' alt='x'/>")),
    ("Patient", told("<a name='on'>onclick=1</a><a href='Patient/1'>x</a>")),
    ("Observation", ',"valueQuantity":{"value":72.50}'),
    ("Observation", ',"valueQuantity":{"value":-1E-7,"unit":"g"}'),
    ("Observation", ',"valueBoolean":false'),
    ("Observation", (',"valueRange":{"low":{"value":2,"code":"g","system":"urn:x"},'
     '"high":{"value":1,"code":"kg","system":"urn:x"}}')),
    ("Observation", ',"effectiveInstant":"2016-12-31T23:59:60.715+14:00"'),
    ("CarePlan", ',"activity":[{"detail":{"_status":{"id":"a"}}}]'),
    ("CarePlan", ',"encounter":{"display":"besöket i maj"}'),
    ("CarePlan", ',"author":{"reference":"http://a.test/x","display":"y"}'),
    ("Bundle", ',"entry":[{"fullUrl":"urn:x",@},{"fullUrl":"urn:y",@}]'),
    ("Condition", (',"clinicalStatus":{"coding":[{"system":"urn:x","code":"a"},{"system":'
     '"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"resolved"}]},'
     '"abatementString":"i maj"')),
    ("Questionnaire", ',"maxLength":7,"answerOption":[{"valueString":"a"}]'),
)  # fmt: skip
"""What only looks odd."""
