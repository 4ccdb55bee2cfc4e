"""What goes in and out of the writing door: the form that was posted, the answer of one that failed."""

from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive

BODY_LIMIT = 1_000_000
"""Bytes of a request body; no form of this site comes near."""


async def read_form(request: Request) -> FormData:
    """The fields of the form; 413 beyond the limit, whether the length was announced or not."""
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > BODY_LIMIT:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return await Request(request.scope, _limited(request.receive)).form(max_files=0, max_fields=200)


def _limited(receive: Receive) -> Receive:
    """Counts what arrives: a body of unknown length is not read beyond the limit either."""
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > BODY_LIMIT:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return message

    return counted


class Failed(Exception):
    """The answer of a POST that commits nothing: 400 or more that a page gave without raising, or where else one is sent."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response
