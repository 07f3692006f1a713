"""Switches for the tests, beside the emulated services: POST {"name": value, …} sets, the answer is the state."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SETTABLE = ("delivery", "reverse_order", "reverse_rollback", "enforce_iam")


def serve(port, plugin, service, clock, documents):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            wanted = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
            released = 0
            for name, value in wanted.items():
                if name == "release":
                    released = plugin.release(value)
                elif name == "forget_requests":
                    plugin.requests.clear()
                elif name == "scheduler_time":
                    clock.advance(value)
                elif name == "forget_calls":
                    clock.calls.clear()
                elif name in ("page_size", "throttled", "replace_enables"):
                    setattr(service, name, value)
                elif name in SETTABLE:
                    setattr(plugin, name, value)
                else:
                    self.send_error(400, f"unknown switch {name}")
                    return
            state = {"requests": plugin.requests, "held": len(plugin.deliveries), "released": released,
                     "started": plugin.started, "running": plugin.running, "calls": clock.calls, "documents": documents.contents}
            body = json.dumps(state).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
