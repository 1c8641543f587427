"""Addresses of the person, about the own data."""

from __future__ import annotations

from tests.house.doors.kinds import Door, patient

OWN: dict[str, Door] = {
    "contract:my_page": Door(patient),
    "contract:my_consents": Door(patient),
    "contract:my_blocks": Door(patient),
    "contract:my_proxies": Door(patient),
    "contract:my_log": Door(patient),
    "contract:my_times": Door(patient),
    "guarantee:mine": Door(patient),
    "discharge:mine": Door(patient, body={"keys": "ja"}),
    "discharge:mine_paper": Door(patient),
    "contract:my_facts": Door(patient),
    "contract:my_all_news": Door(patient),
    "contract:my_paper": Door(patient),
    "contract:my_wish": Door(patient),
    "contract:my_news": Door(patient),
    "contract:my_words": Door(
        patient, body={"words": "Jag undrar en sak"}, form_at="contract:my_page"
    ),
    "contract:my_withdraw": Door(patient),
    "careplans:request_withdraw": Door(patient),
    "careplans:consent_answer": Door(patient, body={"svar": "nej"}, form_at="careplans:consent"),
    "careplans:consent_back": Door(patient),
    "careplans:preparation_send": Door(patient),
    "contract:my_unblock": Door(patient),
    "connections:take_back": Door(patient),
    "contract:my_end_proxy": Door(patient),
}
