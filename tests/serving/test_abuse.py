"""Floods, large and slow bodies, files, scripts, tricks: nothing is lost, nobody is shown anything, no traceback."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.types import Message

from linkage.serving.app import make_app
from linkage.serving.rates import AtOnce, Rates, asker
from linkage.serving.server import config, listening
from linkage.serving.settings import Rate, configured
from linkage.store import Store
from linkage.store.quarantine import items
from tests.serving.conftest import Served, served_on, settings
from tests.serving.test_api import REPORT
from tests.serving.test_pages import sent

NASTY = [
    "<script>alert(1)</script>", "'; DROP TABLE quarantine; --", "\x00\x01\x1b[31m", "{{ 7*7 }}{% raw %}",
    "=cmd|' /C'!A0", "\u202egnp.exe", "a" * 300, "../../etc/passwd", "\r\nSet-Cookie: x=1", "٣٤٥ 漢字 \U0001f4a3",
]  # fmt: skip


@pytest.mark.parametrize("words", NASTY, ids=range(len(NASTY)))
def test_nasty_words_in_every_field_are_kept_as_words_and_shown_as_words(served: Served, words: str) -> None:
    every = dict.fromkeys(("make", "model", "colour", "body", "registration", "features"), words)
    body = REPORT | {"narrative": words, "vehicles": [every], "offences": [words], "speech": [words]}
    receipt = served.ask("POST", "/reports", json=body).json()
    assert items(served.store)[0].values["vehicles"] == [every]
    page = sent(served, "/told", {"number": receipt["number"], "code": receipt["code"]})
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "49" not in page.text.split("<main", 1)[1].split("</main", 1)[0].replace(receipt["number"], "")
    assert "set-cookie: x" not in str(page.headers).lower()


RAW = {
    "no JSON": b"{",
    "deep": b'{"report_type": "full", "narrative": ' + b"[" * 60_000 + b"]" * 60_000 + b"}",
    "deep objects": b'{"a":' * 30_000 + b"1" + b"}" * 30_000,
    "long number": b'{"report_type": "full", "narrative": ' + b"9" * 50_000 + b"}",
    "half a pair": b'{"report_type": "full", "narrative": "\\ud800"}',
    "no UTF-8": b'{"report_type": "full", "narrative": "\xff\xfe"}',
    "not a number": b'{"report_type": "full", "narrative": NaN}',
    "a list": b"[]",
    "nothing": b"",
}


@pytest.mark.parametrize("name", RAW)
def test_a_body_that_cannot_be_read_is_a_problem_and_no_fault(
    served: Served, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = served.ask("POST", "/reports", content=RAW[name], headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert "Traceback" not in answer.text + capsys.readouterr().err
    assert items(served.store) == []


def asgi(served: Served, receive: Any, headers: list[tuple[bytes, bytes]], **own: Any) -> tuple[int, int]:
    """Status of a request that is sent by hand, and how many pieces of its body were taken."""
    taken, found = 0, list[Message]()

    async def counted() -> Message:
        nonlocal taken
        taken += 1
        message: Message = await receive()
        return message

    async def send(message: Message) -> None:
        found.append(message)

    scope = {"type": "http", "method": "POST", "path": "/reports", "query_string": b"", "headers": headers,
             "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "scheme": "http", "root_path": "",
             "http_version": "1.1", "raw_path": b"/reports"}  # fmt: skip
    asyncio.run(make_app(served.store, settings(**own))(scope, counted, send))  # type: ignore[arg-type]
    return int(found[0]["status"]), taken


def test_a_gigabyte_is_refused_before_it_is_read(served: Served) -> None:
    async def endless() -> Message:
        return {"type": "http.request", "body": b"x" * 65_536, "more_body": True}

    assert asgi(served, endless, [(b"content-length", str(2**30).encode())]) == (413, 0)
    assert asgi(served, endless, []) == (413, 7)  # where it does not say how long it is: no more than the limit
    for told in (b"-1", b"1e9", b"9" * 500):
        assert asgi(served, endless, [(b"content-length", told)])[0] == 413


def test_a_body_that_never_comes_is_given_up(served: Served) -> None:
    async def slow() -> Message:
        await asyncio.sleep(0.05)
        return {"type": "http.request", "body": b"{", "more_body": True}

    assert asgi(served, slow, [], body_seconds=0.2)[0] == 408


@pytest.mark.parametrize(("path", "said"), [("/reports", b"send it again when"), ("/report", b"Please wait")])
def test_slow_bodies_of_one_address_shut_nobody_else_out(served: Served, path: str, said: bytes) -> None:
    guarded = make_app(served.store, settings(connections_each=2))

    async def asked(who: str, body: asyncio.Event) -> list[Message]:
        sent_back = list[Message]()

        async def receive() -> Message:
            await body.wait()
            return {"type": "http.request", "body": b"{}", "more_body": False}

        async def send(message: Message) -> None:
            sent_back.append(message)

        scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": [],
                 "client": (who, 1), "server": ("127.0.0.1", 80), "scheme": "http", "root_path": "",
                 "http_version": "1.1", "raw_path": path.encode()}  # fmt: skip
        await guarded(scope, receive, send)
        return sent_back

    async def flood() -> tuple[list[Message], list[Message], list[list[Message]]]:
        never, now = asyncio.Event(), asyncio.Event()
        now.set()
        slow = [asyncio.create_task(asked("192.0.2.1", never)) for _ in range(2)]
        await asyncio.sleep(0)
        third, other = await asked("192.0.2.1", never), await asked("192.0.2.2", now)
        never.set()
        return third, other, [*await asyncio.gather(*slow), await asked("192.0.2.1", now)]

    third, other, later = asyncio.run(flood())
    assert third[0]["status"] == 429
    assert said in third[1]["body"]
    assert dict(third[0]["headers"])[b"connection"] == b"close"
    assert 429 not in {one[0]["status"] for one in [other, *later]}


def test_a_body_that_is_compressed_or_a_file_is_refused(served: Served) -> None:
    packed = served.ask("POST", "/reports", content=b"x", headers={"Content-Encoding": "gzip"})
    assert packed.status_code == 415
    for path in ("/report", "/more", "/told", "/join"):
        assert served.client.post(path, files={"narrative": ("a.exe", b"MZ")}).status_code == 415
        many = "&".join(f"a{number}=1" for number in range(500))
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        assert served.client.post(path, content=many, headers=headers).status_code == 400


PATHS = [
    "/../etc/passwd", "/style.css/../../settings.py", "/%2e%2e/%2e%2e/etc/passwd", "/messages/en.toml", "/static/",
    "/feeds/..%2f..%2fetc%2fpasswd", "/leave/../../x", "/docs", "/redoc", "/confirm//", "/\x00", "//evil.example/",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out(served: Served, path: str) -> None:
    answer = served.ask("GET", path.replace("\x00", "%00"))
    assert answer.status_code in (200, 404, 422)
    assert "root:" not in answer.text
    assert "checked =" not in answer.text
    assert "location" not in answer.headers


def test_headers_are_no_way_in(served: Served) -> None:
    tricks = {"X-Forwarded-For": "8.8.8.8", "X-HTTP-Method-Override": "DELETE", "Host": "evil.example",
              "X-Original-URL": "/series", "Accept-Language": "q=" * 500, "Cookie": "form=" + "a" * 5000}  # fmt: skip
    page = served.client.get("/report", headers=tricks)
    assert page.status_code == 200
    assert "evil.example" not in page.text
    for token in ("Bearer", "Bearer x", "Basic eDp4", "Bearer " + "x" * 5000, "Bearer \xff"):
        assert served.client.get("/alerts", headers={"Authorization": token.encode("latin-1")}).status_code == 401
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"):
        assert served.ask(method, "/reports").status_code == 405


def test_a_flood_is_told_to_wait_and_what_was_kept_stays(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path}/linkage.db", who="tester") as store:
        few = {"report_token": {"requests": 5, "seconds": 600}, "report": {"requests": 2, "seconds": 600}}
        flooded = served_on(store, tmp_path, settings(rates=few))
        answers = [flooded.ask("POST", "/reports", json=REPORT) for _ in range(20)]
        assert [one.status_code for one in answers] == [201] * 5 + [429] * 15
        assert int(answers[-1].headers["retry-after"]) > 0
        assert {one.json()["number"] for one in answers[:5]} == {one.number for one in items(store)}
        pages = [sent(flooded, "/report", {"narrative": f"He ran <{number}>"}) for number in range(4)]
        assert [page.status_code for page in pages] == [200, 200, 429, 429]
        assert "He ran &lt;3&gt;" in pages[-1].text  # what was typed is still there
        assert len(items(store)) == 7
        assert store.verify(deep=True) == []


def test_nobody_tries_codes_for_long(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path}/linkage.db", who="tester") as store:
        slow = served_on(store, tmp_path, settings(rates={"code": {"requests": 3, "seconds": 600}}))
        number = slow.ask("POST", "/reports", json=REPORT).json()["number"]
        tries = [sent(slow, "/told", {"number": number, "code": f"{at:05}-22222"}).status_code for at in range(6)]
        assert tries == [404, 404, 404, 429, 429, 429]


def test_a_bucket_fills_again_and_a_network_is_one_asker() -> None:
    now = [0.0]
    rates = Rates({"all": Rate(requests=2, seconds=10)}, lambda: now[0])
    assert [rates.wait("all", "a") for _ in range(3)] == [0, 0, 5]
    assert rates.wait("all", "b") == 0
    now[0] = 5
    assert [rates.wait("all", "a"), rates.wait("all", "a")] == [0, 5]
    assert asker("2001:db8::1") == asker("2001:db8::2") != asker("2001:db8:0:1::1")
    assert asker(None) == asker("nonsense") == "unknown"
    assert asker("::ffff:192.0.2.1") == "192.0.2.1"


def test_an_address_has_its_share_at_once_and_this_machine_is_nobody() -> None:
    at_once = AtOnce(1)
    with at_once.counted("192.0.2.1") as first, at_once.counted("::ffff:192.0.2.1") as second:
        assert (first, second) == (True, False)
        with at_once.counted("192.0.2.2") as other:
            assert other
    with at_once.counted("192.0.2.1") as again:
        assert again
    for here in ("127.0.0.1", "::1", "::ffff:127.0.0.1"):
        with at_once.counted(here) as one, at_once.counted(here) as more:
            assert one
            assert more


def test_a_fault_inside_tells_nobody_outside(
    served: Served, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Quackenbush at /home/secret")

    monkeypatch.setattr("linkage.serving.api.quarantine.keep", broken)
    answer = served.ask("POST", "/reports", json=REPORT)
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert json.loads(answer.text)["detail"] == "The server failed at this request. It can be sent again."
    assert "Quackenbush" not in answer.text + capsys.readouterr().err


def test_the_shipped_settings_are_those_of_the_file() -> None:
    assert configured(None).body_bytes == 400_000


def test_connections_that_ask_nothing_shut_nobody_out(served: Served) -> None:
    most = 4

    async def asked_beside(idle: int, begun: bytes) -> tuple[bytes, int]:
        """The answer to a request while others keep idle connections, and how many of these are still open."""
        running = uvicorn.Server(config(served.store, settings(connections=most, head_seconds=60), "127.0.0.1", 0))
        sockets = listening("127.0.0.1", 0)
        place = sockets[0].getsockname()
        serving = asyncio.create_task(running.serve(sockets))
        others = [await asyncio.open_connection(*place) for _ in range(idle)]
        for _, writer in others:
            writer.write(begun)
        await asyncio.sleep(0.1)
        reader, asking = await asyncio.open_connection(*place)
        asking.write(b"GET /exit HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        answer = await reader.readline()
        left = sum([not await closes(reader) for reader, _ in others])
        for one in [asking, *(writer for _, writer in others)]:
            one.close()
        running.should_exit = True
        await serving
        return answer, left

    async def closes(reader: asyncio.StreamReader) -> bool:
        with suppress(TimeoutError, ConnectionError):
            return await asyncio.wait_for(reader.read(), 0.05) == b""
        return False

    for begun in (b"", b"GET / HTTP/1.1\r\nHost:"):
        assert asyncio.run(asked_beside(10, begun)) == (b"HTTP/1.1 200 OK\r\n", most - 1)
