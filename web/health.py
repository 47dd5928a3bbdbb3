"""``/healthz``: whether this process can serve people, for a load balancer."""

from starlette.requests import Request
from starlette.responses import JSONResponse

from programme import health


def healthz(request: Request) -> JSONResponse:
    """200 when the database answers and is migrated, else 503; which of the two in JSON."""
    found = health.check()
    return JSONResponse(
        {
            "status": "ok" if found.well else "unavailable",
            "database": "reachable" if found.database else "unreachable",
            "revision": found.revision,
        },
        status_code=200 if found.well else 503,
        headers={"Cache-Control": "no-store"},
    )
