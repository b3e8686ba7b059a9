"""Builds the web application: `build` for the server, and `Doorstep`, how the server's sockets are to behave."""

from services.gateway.app.doorstep import Doorstep
from services.gateway.app.gateway import Gateway, build

__all__ = ["Doorstep", "Gateway", "build"]
