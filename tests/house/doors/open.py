"""Addresses that ask for no record: anyone, the log-in library, a choice, anyone who is logged in."""

from __future__ import annotations

PUBLIC: dict[str, str] = {
    "web:help": "help must be found by one who cannot log in",
    "web:accessibility": "the law asks for the statement (lag 2018:1937)",
    "web:preference": "size of text and colours, in a cookie",
    "web:language": "language, in a cookie",
    "web:session": "how long the session lasts; nothing of anyone",
    "web:fhir-metadata": "what a FHIR client can do here, before it is let in; nothing of anyone",
    "web:fhir-openapi": "the same as `metadata`, for tools that read OpenAPI",
    "web:alive": "for those who watch over the servers",
    "web:ready": "for those who watch over the servers",
    "indicators:published": "a figure that its county has published, for other sites; else not there",
    "transition:public_rounds": "published status reports: nothing of anyone",
    "transition:public_round": "the summary of a published round",
    "transition:public_file": "the same as a file",
    "transition:public_report": "a locked report of a published round, signed to be read",
    "connections:smart": "what an app must know before it begins",
    "connections:openid": "what an app must know before it begins",
    "connections:authorize": "an app begins here; what it asks is asked on a page after log-in",
    "connections:token": "programs prove who they are in what they send",
    "connections:introspect": "programs prove who they are in what they send",
    "connections:revoke": "programs prove who they are in what they send",
    "connections:keys": "public keys",
    "connections:request": "a developer asks to be let in; an administrator answers",
    "demo:entrance": "the demo's log-in page; does not exist outside the demo",
}

CHOICE: dict[str, str] = {
    "organisations:choose": "choose which assignment to work under",
    "connections:ask": "as whom one answers an app is chosen there",
}

LIBRARY = [
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_email",
    "account_email_verification_sent",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_confirm_login_code",
    "account_confirm_email",
    "account_reset_password_from_key_done",
    "account_reset_password_from_key",
    "account_reset_password_done",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "mfa_login_webauthn",
]

ANYONE: dict[str, str] = {
    "web:gallery": "components with made-up words",
    "web:drafts": "one's own unsaved text",
    "web:throw-draft": "one's own unsaved text; another's is not there",
    "web:session-go-on": "keeps the own session",
    "connections:mine": "one's own apps",
    "contract:start": "each comes to the own start page",
}
