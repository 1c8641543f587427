"""Addresses of the room. It comes before `web` in `config/urls`, so that those below `/fhir/` are its own."""

from __future__ import annotations

from django.urls import path

from samverka.connections.pages import asking, clients, mine, protocol

app_name = "connections"

urlpatterns = [
    path("fhir/R4/.well-known/smart-configuration", protocol.smart_configuration, name="smart"),
    path(".well-known/openid-configuration", protocol.openid_configuration, name="openid"),
    path("oauth/authorize", protocol.authorize, name="authorize"),
    path("oauth/token", protocol.token, name="token"),
    path("oauth/introspect", protocol.introspect, name="introspect"),
    path("oauth/revoke", protocol.revoke, name="revoke"),
    path("oauth/jwks", protocol.keys, name="keys"),
    path("appar/fraga/<str:key>/", asking.ask, name="ask"),
    path("appar/mina/", mine.mine, name="mine"),
    path("appar/mina/<uuid:connection_id>/ta-tillbaka/", mine.take_back, name="take_back"),
    path("appar/anmal/", clients.ask_to_be_registered, name="request"),
    path("appar/", clients.clients, name="clients"),
    path("appar/ny/", clients.new_client, name="new_client"),
    path("appar/<uuid:client_id>/", clients.client, name="client"),
    path("appar/<uuid:client_id>/andra/", clients.change_client, name="change_client"),
    path("appar/<uuid:client_id>/slapp-in/", clients.let_in, name="let_in"),
    path("appar/<uuid:client_id>/stang-av/", clients.switch_off, name="switch_off"),
    path("appar/<uuid:client_id>/hemlighet/", clients.secret, name="secret"),
    path("personer/<uuid:person_id>/oppna-i-app/", mine.open_in, name="open_in"),
]
