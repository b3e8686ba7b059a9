"""Stands for a process of the platform: the gateway says that it is ready, any other waits."""

import http.server
import sys
import time


class Ready(http.server.BaseHTTPRequestHandler):
    """Answers whatever is asked."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")


if __name__ == "__main__":
    name, port = sys.argv[1:]
    if name == "gateway":
        http.server.HTTPServer(("127.0.0.1", int(port)), Ready).serve_forever()
    time.sleep(600)
