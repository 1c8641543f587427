"""Fields of the log, access, the web, notices, the shelf, organisations and persons."""

from __future__ import annotations

from samverka.config.fields.kinds import HELD, WITHHELD, FieldClass, table

FLOOR: dict[str, dict[str, FieldClass]] = {
    # ── floor ──
    "audit.Event": table(
        identity="person_id",
        health="object_type object_ids ground detail",
        staff="actor_kind actor_id actor_name actor_role",
        plain="id at action mode outcome unit_id unit_name provider_id provider_name purpose request_id",
    ),
    "audit.Batch": table(plain="number sealed_at count previous root signature"),
    "audit.Leaf": table(plain="event_id batch_number hash"),
    "access.Account": table(
        identity="username email name person_id password last_login",
        plain="id is_active large_text language",
    ),
    "access.Subject": table(
        identity="person_id birth_date protection",
        health="capacity capacity_reason attitude_known",
        staff="capacity_assessed_by",
    ),
    "access.Relation": table(
        identity="person_id",
        health="kind reason unit_id provider_id since until",
        plain="id",
    ),
    "access.Consent": table(
        identity="person_id given_by withdrawn_by",
        health="kind reader_providers plan_id covers not_covered form since until withdrawn_at",
        staff="taken_by",
        plain="id taken_at_provider_id",
    ),
    "access.Block": table(
        identity="person_id asked_by",
        health="kind provider_id unit_id since until",
        staff="removed_by",
        plain="id",
    ),
    "access.Opening": table(
        identity="person_id",
        health="kind target_unit_id reason since until",
        staff="account_id unit_id",
        plain="id",
    ),
    "access.Disclosure": table(
        identity="person_id",
        health="object_id object_type version through content provider_id consent_id at stopped_at",
        staff="by",
        plain="id digest",
    ),
    "access.Grant": table(
        identity="person_id",
        health="object_id object_type unit_id provider_id reason section since until",
        plain="id",
    ),
    "access.CountySetting": table(staff="set_by reason", plain="id key value valid_from set_at"),
    "access.Proxy": table(
        identity="person_id proxy_person_id proxy_name kind granted_by ended_by",
        health="withheld_reason",
        plain="id scopes since until",
    ),
    "web.Draft": table(identity="account_id", health="path fields", plain="id at"),
    # ── notices ──
    "notices.Task": table(
        identity="person_id",
        health=f"object_type object_id key kind status verb address handed_reason before {WITHHELD}",
        staff="seen_by taken_by taken_by_id handed_by ended_by stepped_by_id",
        plain="id branch published provider_id unit_id home_unit_id opened_at due_at escalate_at "
        "escalated_at manager_at level shown_at seen_at taken_at ended_at stepped_at",
    ),
    "notices.News": table(identity="person_id", health="sentence", plain="id at read_at"),
    "notices.UnitSettings": table(
        staff="emails hours changed_by",
        plain="unit_id provider_id stand_in_id fallback_id digest_hour version changed_at",
    ),
    "notices.Mailing": table(
        identity="receiver_id", plain="id day state tries claimed_at sent_at fault"
    ),
    # ── shelf ──
    "resources.Resource": table(
        identity="person_id local_id key full_url",
        health=f"kind status reason {WITHHELD}",
        plain=f"{HELD.replace('provider', 'provider_id').replace('unit', 'unit_id')} id address source room_id "
        "pending handed indexed version versions digest last_updated version_id received_at run_id",
    ),
    "resources.Version": table(
        identity="person_id",
        health="text",
        plain="id resource number digest last_updated version_id received_at run_id passed_over",
    ),
    "resources.Reference": table(identity="person_id key target", plain="id resource path"),
    "resources.Wanted": table(identity="person_id key target party", plain="id resource"),
    "resources.Identifier": table(identity="person_id system value", plain="id resource"),
    "resources.TokenValue": table(
        identity="person_id code words",
        health="system sort",
        plain="resource parameter number part place",
    ),
    "resources.PointerValue": table(
        identity="person_id target key url value",
        health="kind system",
        plain="resource parameter number part place",
    ),
    "resources.SpanValue": table(
        identity="person_id low high", plain="resource parameter number part place"
    ),
    "resources.AmountValue": table(
        identity="person_id",
        health="low high system code unit base base_low base_high",
        plain="resource parameter number part place",
    ),
    "resources.WordsValue": table(
        identity="person_id exact plain", plain="resource parameter number part place"
    ),
    "resources.AddressValue": table(
        identity="person_id uri version", plain="resource parameter number part place"
    ),
    "resources.Run": table(
        staff="actor_id actor_name",
        plain="id source unit_id started_at state files counts lines",
    ),
    "resources.RunLine": table(
        health="params message mend",
        plain="id run file entry kind weight path",
    ),
    "subscriptions.Subscription": table(
        identity="account_id",
        health="criteria filters reason narrowing fault",
        staff="name",
        plain="id assignment_id unit_id unit_name provider_id purpose state topic kinds "
        "channel endpoint headers header_names level media heartbeat timeout end_at version made_at "
        "changed_at events failures rest_until said_at told_at",
    ),
    "subscriptions.Happening": table(
        identity="person_id key", health="kind cause providers", plain="id resource_id number at"
    ),
    "subscriptions.Notice": table(
        identity="person_id key",
        health="kind cause providers",
        plain="id subscription number at state tries due_at taken_until ended_at",
    ),
    "subscriptions.Host": table(staff="allowed_by reason", plain="name allowed_at"),
    "resources.BulkExport": table(
        identity="wanted request",
        staff="account_id assignment_id actor_name",
        plain="id unit_id purpose narrowing state asked_at ended_at place tries",
    ),
    "resources.BulkImport": table(
        staff="account_id assignment_id actor_name",
        health="wanted request",
        plain="id unit_id purpose narrowing state asked_at ended_at place tries run_id",
    ),
    # ── who ──
    "organisations.Organisation": table(
        plain="id name kind organisation_number municipality_code county_code"
    ),
    "organisations.Provider": table(plain="id organisation name branch hsa_id connected"),
    "organisations.Unit": table(
        plain="id provider name kind hsa_id municipality_code town phone phone_hours email closed "
        "successor"
    ),
    "organisations.Staff": table(staff="given_name family_name hsa_id account", plain="id"),
    "organisations.Assignment": table(staff="staff profession roles", plain="id unit since until"),
    "people.Listing": table(
        identity="person",
        health="unit since until special_reason",
        staff="noted_by",
        plain="id",
    ),
    "people.Person": table(
        identity="id given_name family_name called_name middle_name search_name sort_name birth_date "
        "gender deceased_on protection county_code municipality_code street postal_code town country "
        "address_kind phone email",
        health="language interpreter care_language listed_unit",
        plain="version updated_at",
    ),
    "rivta.IndexTask": table(identity="person_id", plain="id at tries due_at"),
    "people.Identity": table(identity="person kind value domain", plain="id current since"),
    "people.Relative": table(
        identity="person name kind phone relative_person_id",
        health="note",
        plain="id first_contact ended_at",
    ),
    # ── let in ──
    "connections.Client": table(
        staff="contact registered_by keys scopes",
        plain="id name about maker kind status unit redirects launch_address secret_digest roles purposes "
        "registered_at last_used_at",
    ),
    "connections.Connection": table(
        identity="account person",
        health="scopes",
        staff="assignment",
        plain="id client purpose given_at until ended_at ended last_used_at",
    ),
    "connections.Code": table(
        identity="connection",
        plain="digest redirect challenge nonce made_at expires_at used_at",
    ),
    "connections.Token": table(
        identity="connection",
        health="scopes",
        plain="digest refreshes purpose made_at expires_at ended_at",
    ),
    "connections.Launch": table(
        identity="account person",
        staff="assignment",
        plain="digest client made_at expires_at used_at",
    ),
    "connections.Assertion": table(plain="id client digest expires_at"),
}
