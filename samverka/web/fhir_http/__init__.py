"""FHIR R4 over HTTP. Here is only HTTP: who owns which type is said above (ADR 0008).

`addresses` leads a request by its address and method, `asking` makes plain values of it, `answering` an answer of what
came of it. One who is logged in by the browser's session sends its token against forged requests (`X-CSRFToken`)
with all that writes.
"""
