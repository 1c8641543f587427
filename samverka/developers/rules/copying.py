"""One request in the words of curl, Python and JavaScript. The access token is always taken from the surroundings: `TOKEN`."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass

from samverka.developers.rules.requests import Request


@dataclass(frozen=True, slots=True)
class Copy:
    """A text to copy.

    Attributes:
        key: a short word for it in the page.
        needs: what must be there to run it.
    """

    key: str
    name: str
    needs: str
    text: str


def copies(request: Request, base: str) -> tuple[Copy, ...]:
    """The request, thrice."""
    return (
        Copy("curl", "curl", "", curl(request, base)),
        Copy("python", "Python", "pip install requests", python(request, base)),
        Copy("javascript", "JavaScript", "node 18+", javascript(request, base)),
    )


def curl(request: Request, base: str) -> str:
    """For a shell."""
    parts = [f"curl -sS {_globbed(request)}{shlex.quote(request.whole(base))}"]
    if request.method != "GET":
        parts.append(f"-X {request.method}")
    parts += [f"-H {shlex.quote(f'{name}: {value}')}" for name, value in request.headers]
    parts.append('-H "Authorization: Bearer $TOKEN"')
    if request.body:
        parts.append(f"--data-binary {shlex.quote(request.body)}")
    return " \\\n  ".join(parts)


def _globbed(request: Request) -> str:
    """curl gives brackets a meaning of its own."""
    return "--globoff " if set("[]{}") & set(request.address) else ""


def python(request: Request, base: str) -> str:
    """For Python with the library `requests`."""
    lines = [
        "import os",
        "",
        "import requests",
        "",
        "answer = requests.request(",
        f"    {_text(request.method)},",
        f"    {_text(request.whole(base))},",
        "    headers={",
        *(f"        {_text(name)}: {_text(value)}," for name, value in request.headers),
        """        "Authorization": f"Bearer {os.environ['TOKEN']}",""",
        "    },",
    ]
    if request.body:
        lines.append(f"    data={_python_body(request.body)}.encode(),")
    return "\n".join(
        [*lines, "    timeout=30,", ")", "print(answer.status_code)", "print(answer.text)"]
    )


def _text(value: str) -> str:
    """A text in quotes; JSON's are right in Python and JavaScript alike."""
    return json.dumps(value, ensure_ascii=False)


def _python_body(body: str) -> str:
    """As it was written where that can be, so that 72.50 stays 72.50 and can be read."""
    if '"""' in body or body.endswith(('"', "\\")):
        return _text(body)
    return f'r"""{body}"""'


def javascript(request: Request, base: str) -> str:
    """For Node, or a page's own script with the token in hand."""
    lines = [
        f"const answer = await fetch({_text(request.whole(base))}, {{",
        f"  method: {_text(request.method)},",
        "  headers: {",
        *(f"    {_text(name)}: {_text(value)}," for name, value in request.headers),
        "    Authorization: `Bearer ${process.env.TOKEN}`,",
        "  },",
    ]
    if request.body:
        lines.append(f"  body: {_javascript_body(request.body)},")
    return "\n".join(
        [*lines, "});", "console.log(answer.status);", "console.log(await answer.text());"]
    )


def _javascript_body(body: str) -> str:
    if "`" in body or "${" in body or body.endswith("\\"):
        return _text(body)
    return f"String.raw`{body}`"


# ── a token ──


def token_command(address: str, folder: str) -> str:
    """How one gets a token in the demo: one line.

    Args:
        folder: the data folder, where it is not the usual one.
    """
    before = f"SAMVERKA_DATA={shlex.quote(folder)} " if folder else ""
    return f"export TOKEN=$({before}.venv/bin/samverka token --address {shlex.quote(address)})"


def token_script(token_address: str, client_id: str, key_file: str, part: str = "") -> str:
    """How a system proves who it is and gets a token (SMART Backend Services), in Python.

    Args:
        client_id: what one was given when one was let in.
        key_file: where the secret key is, as a JWK.
        part: the name under which the key lies in the file; "" when it is the whole.
    """
    place = f"[{_text(part)}]" if part else ""
    return f"""\
import json
import time
import uuid

import requests
from joserfc import jwt
from joserfc.jwk import ECKey

TOKEN_ADDRESS = {_text(token_address)}
CLIENT = {_text(client_id)}

with open({_text(key_file)}) as file:
    key = ECKey.import_key(json.load(file){place})

assertion = jwt.encode(
    {{"alg": "ES384", "kid": key.kid}},
    {{
        "iss": CLIENT,
        "sub": CLIENT,
        "aud": TOKEN_ADDRESS,
        "exp": int(time.time()) + 240,
        "jti": str(uuid.uuid4()),
    }},
    key,
    algorithms=["ES384"],
)
answer = requests.post(
    TOKEN_ADDRESS,
    data={{
        "grant_type": "client_credentials",
        "scope": "system/*.rs",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": assertion,
    }},
    timeout=30,
)
answer.raise_for_status()
print(answer.json()["access_token"])"""
