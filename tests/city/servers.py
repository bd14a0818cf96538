"""Serve maps on this machine, answering as servers of OpenStreetMap data do."""

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from city.tiny import STEP, osm_text

HOME = {"highway": "residential"}
NODES = {i: (60.17 + i * STEP, 24.94) for i in range(1, 5)}
MAP = osm_text(NODES, {1: ((1, 2, 3), HOME), 2: ((2, 4), HOME)}).encode()


@dataclass
class Play:
    """Hold what a server answers, one after the other (the last for ever), and what it heard."""

    answers: dict[str, list[tuple[int, dict[str, str], bytes]]]
    heard: list[tuple[str, str, dict[str, list[str]], str]] = field(default_factory=list)
    url: str = ""


@contextmanager
def serving(**answers):
    play = Play(answers)

    class Handler(BaseHTTPRequestHandler):
        def answer(self, asked):
            name = urlsplit(self.path).path.strip("/").replace("-", "_").split(".")[0]
            play.heard.append((self.command, name, asked, self.headers["User-Agent"]))
            waiting = play.answers[name]
            code, headers, content = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            self.send_response(code)
            for key, value in headers.items():
                self.send_header(key, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_GET(self):
            self.answer(parse_qs(urlsplit(self.path).query))

        def do_POST(self):
            self.answer(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    play.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield play
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ok(content, **headers):
    return (200, headers, content)
