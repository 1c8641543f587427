"""Room `rivta`: what the national services ask for by RIV-TA (SOAP), and what the engagement index is told."""
