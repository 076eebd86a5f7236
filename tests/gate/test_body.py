"""The names of fields in multipart bodies: what browsers and clients send is read, what readers could differ on is not."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from troth.gate.body import Rejected, fields

TYPE = "multipart/form-data; boundary=B"


def part(name: bytes, value: bytes, more: bytes = b"") -> bytes:
    """One part of a form, without the boundary before it."""
    return b'\r\nContent-Disposition: form-data; name="' + name + b'"' + more + b"\r\n\r\n" + value + b"\r\n"


def form(*parts: bytes, boundary: bytes = b"B") -> bytes:
    """A whole form."""
    mark = b"--" + boundary
    return b"".join(mark + one for one in parts) + mark + b"--\r\n"


EMAIL, AGE = part(b"email", b"ann@shop.example"), part(b"age", b"30")
WEBKIT = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
GUID = "8a3ee3d4-4a3a-4c39-9d4e-30e9ba1f39a2"
BINARY = bytes(range(256)) + b"\n--\r--\r\n\r\n--b\r\n\n"
LEGITIMATE = [
    (TYPE, form(EMAIL), {"email": True}),
    (TYPE, form(EMAIL).removesuffix(b"\r\n"), {"email": True}),
    (TYPE, b"\r\n" + form(EMAIL) + b"\r\n", {"email": True}),
    (TYPE, form(), {}),
    (TYPE + ";", form(EMAIL), {"email": True}),
    ("Multipart/Form-Data;charset=utf-8 ; Boundary=B ", form(EMAIL), {"email": True}),
    (f'multipart/form-data; boundary="{GUID}"', form(EMAIL, boundary=GUID.encode()), {"email": True}),
    ('multipart/form-data; boundary="=_a:b/c"', form(EMAIL, boundary=b"=_a:b/c"), {"email": True}),
    (  # a browser, with a file of any bytes and an empty file
        f"multipart/form-data; boundary={WEBKIT}",
        form(
            part("größe".encode(), b""),
            part(b"photo", BINARY, b'; filename="a b; \xc3\xa4.png"\r\nContent-Type: image/png'),
            part(b"other", b"", b'; filename=""\r\nContent-Type: application/octet-stream'),
            boundary=WEBKIT.encode(),
        ),
        {"größe": False, "photo": True, "other": False},
    ),
    (  # curl
        "multipart/form-data; boundary=------------------------d74496d66958873e",
        form(
            part(b"note", b"two\nlines\n"),
            part(b"file", BINARY, b'; filename="a.txt"\r\nContent-Type: text/plain'),
            boundary=b"------------------------d74496d66958873e",
        ),
        {"note": True, "file": True},
    ),
    (  # requests and httpx
        "multipart/form-data; boundary=0f8fad5bd9cb469fa16570867728950e",
        form(
            b'\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n'
            b"Content-Type: application/octet-stream\r\n\r\n" + BINARY + b"\r\n",
            boundary=b"0f8fad5bd9cb469fa16570867728950e",
        ),
        {"file": True},
    ),
    (  # a client that says how long a part is
        TYPE,
        form(part(b"email", b"a", b"\r\nContent-Transfer-Encoding: binary\r\nContent-Length: 1")),
        {"email": True},
    ),
]


@pytest.mark.parametrize("number", range(len(LEGITIMATE)))
def test_what_clients_send(number: int) -> None:
    """A form as browsers and common clients send it is read, whatever bytes its files hold."""
    kind, body, expected = LEGITIMATE[number]
    assert fields(kind, "", body, "") == expected


INNER = b"x\r\n--A" + AGE + b"--A--\r\n"
DIFFERENT = [
    (TYPE, form(part(b"email", b"a\n--B" + AGE.removesuffix(b"\r\n")))),
    (TYPE, form(part(b"email", b"a\r--B" + AGE.removesuffix(b"\r\n")))),
    (TYPE, form(part(b"email", b"a--B" + AGE.removesuffix(b"\r\n")))),
    (TYPE, form(EMAIL).removesuffix(b"\r\n") + b"\n--B" + AGE + b"--B--\r\n"),
    (TYPE, form(EMAIL) + form(AGE)),
    (TYPE, form(EMAIL) + b"more"),
    (TYPE, form(EMAIL).removesuffix(b"\r\n") + b"x\r\n"),
    (TYPE, b"before\r\n" + form(EMAIL)),
    (TYPE, b"\n" + form(EMAIL)),
    (TYPE, b"--B \r\n" + form(EMAIL)[5:]),
    (TYPE, form(EMAIL).replace(b"\r\n", b"\n")),
    (TYPE, form(part(b"email", b"a", b'\r\nX: y\nContent-Disposition: form-data; name="age"'))),
    (TYPE, form(part(b"email", b"a", b'\nContent-Disposition: form-data; name="age"'))),
    (TYPE, form(part(b"email", b"a", b'\rContent-Disposition: form-data; name="age"'))),
    (TYPE, form(b'\r\nX: y\nContent-Disposition: form-data; name="age"\n\n1' + EMAIL)),
    (TYPE, form(b"\r\n" + EMAIL)),
    (TYPE, form(part(b"email", b"a", b'\r\nX: y\r\n\tContent-Disposition: form-data; name="age"'))),
    (TYPE, form(part(b"email", b"a", b'\r\nContent-Disposition: form-data; name="age"'))),
    (TYPE, form(part(b"email", b"a", b'\r\nContent-Disposition : form-data; name="age"'))),
    (TYPE, form(part(b"email", b"YQ==", b"\r\nContent-Transfer-Encoding: base64"))),
    (TYPE, form(part(b"email", b"a", b"; name*=utf-8''age"))),
    (TYPE, form(part(b"em\x00ail", b"a"))),
    (TYPE, form(part(b"email", b"a", b"\r\nX: y\xc2\x85Z: z"))),
    (TYPE, form(part(b"email", b"a", b'; filename="\xe2\x80\xa8Content-Disposition: form-data; name=age"'))),
    (TYPE, form(part(b"email", b"a", b"\r\nX: \x85"))),
    ("multipart/form-data; boundary=B; boundary=A", form(part(b"email", INNER))),
    ("multipart/form-data; boundary=A; Boundary=B", form(part(b"email", INNER))),
    ("multipart/form-data; boundary=B; boundary*=utf-8''A", form(part(b"email", INNER))),
    ("multipart/form-data; boundary=B; boundary*0=A", form(part(b"email", INNER))),
    ('multipart/form-data; boundary=A; foo="\\"; boundary=B; x="', form(part(b"email", INNER))),
    ("multipart/form-data; boundary=B, boundary=A", form(part(b"email", INNER))),
    ("multipart/form-data, text/plain; boundary=B", form(EMAIL)),
    ("multipart/form-data; boundary='B'", form(EMAIL, boundary=b"'B'")),
    ('multipart/form-data; boundary="B"A', form(EMAIL)),
    ("multipart/form-data; boundary = B", form(EMAIL)),
    ("multipart/form-data; boundary=B\x0b; x=y", form(EMAIL)),
    ("multipart/form-data; boundary=\u00df", form(EMAIL)),
    ("application/json; charset=utf-8; charset=utf-16", b'{"email": 1}'),
    ("application/x-www-form-urlencoded", b"email=a;age=3"),
    ("application/x-www-form-urlencoded", b"email=a&name=b;age=3"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(DIFFERENT)))
def test_what_readers_differ_on(number: int) -> None:
    """What one reader could take for another field, another part or another boundary is refused."""
    kind, body = DIFFERENT[number]
    with pytest.raises(Rejected) as caught:
        fields(kind, "", body, "")
    assert caught.value.status == 400
    assert caught.value.hint


def test_no_boundary() -> None:
    """A multipart body whose boundary is missing, empty or too long is not looked into."""
    for kind in ("", '; boundary=""', "; boundary=" + "x" * 71):
        with pytest.raises(Rejected) as caught:
            fields("multipart/form-data" + kind, "", form(EMAIL), "")
        assert caught.value.status == 415


def lax(body: bytes) -> set[bytes]:
    """The fields as the most forgiving reader finds them: every end of a line counts, and every boundary anywhere."""
    found = set()
    for piece in body.split(b"--B"):
        for line in re.split(
            rb"[\r\n]+", re.split(rb"\r\n\r\n|\n\n|\r\r", piece.lstrip(b"\r\n"), maxsplit=1)[0]
        ):
            named = re.match(rb'[ \t]*content-disposition[ \t]*:.*?\bname="([^"]*)"', line, re.IGNORECASE)
            if named:
                found.add(named[1])
    return found


scraps = st.sampled_from(
    (b"\r\n", b"\n", b"\r", b"--B", b"--B--", b"--", b" ", b"x", b"X: y", b"\r\n\r\n", b"\r\n--B\r\n", EMAIL, AGE,
     b'Content-Disposition: form-data; name="age"')
)  # fmt: skip


@given(st.lists(scraps, max_size=8).map(b"".join), st.lists(scraps, max_size=4).map(b"".join))
@example(b"\n--B" + AGE, b"")
@example(b"\r\n--B" + AGE + b"x", b"\r\n")
def test_the_most_forgiving_reader_finds_no_more(middle: bytes, end: bytes) -> None:
    """What is let in holds no field that a reader finds who takes every end of a line and every boundary."""
    body = b"--B" + part(b"email", b"a" + middle).removesuffix(b"\r\n") + b"\r\n--B--" + end
    try:
        found = fields(TYPE, "", body, "")
    except Rejected:
        return
    assert {name.encode() for name in found} == lax(body)


def test_large_bodies_are_read_at_once() -> None:
    """Long lines and many parts take time in proportion to their length only."""
    spaces = form(part(b"email", b"a", b"\r\nX: " + b" " * 900_000 + b"\x01"))
    for kind, body in (
        (TYPE, spaces),
        ("multipart/form-data; boundary=B" + "; " * 50_000 + "x", form(EMAIL)),
    ):
        with pytest.raises(Rejected):
            fields(kind, "", body, "")
    many = form(*(part(b"email", b"-" * 900) for _ in range(990)))
    assert fields(TYPE, "", many, "") == {"email": True}
