"""How a route gets the toolbox."""

from typing import Annotated

from fastapi import Depends, Request

from api.connectors.registry import Toolbox


def _tools(request: Request) -> Toolbox:
    toolbox: Toolbox = request.app.state.tools
    return toolbox


Tools = Annotated[Toolbox, Depends(_tools)]
